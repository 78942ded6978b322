"""What helps to choose where data is kept: when each kind of store fits, what it costs, and what the project runs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from projects.design.tree import DatabaseProfile
from projects.design.vocabulary import StoreKind
from projects.models import Feature, Store


@dataclass(frozen=True)
class Guide:
    """Advice on one kind of store; `holds` says what step 3 describes of it."""

    kind: StoreKind
    fits: str
    costs: str
    holds: str
    systems: tuple[str, ...]


GUIDES = (
    Guide(
        StoreKind.RELATIONAL,
        "Facts that refer to each other, must stay true together and will be asked in ways nobody has thought of yet. "
        "The first choice when nothing speaks against it.",
        "The shape is agreed beforehand and changed by migrations; writes go to one server until the data is split.",
        "tables with keys, checks and references",
        ("PostgreSQL", "MySQL", "MariaDB", "SQLite", "SQL Server", "Oracle"),
    ),
    Guide(
        StoreKind.DOCUMENT,
        "Whole things that are read and written in one piece, nested, each a little different from the next: "
        "catalogue entries, forms, content.",
        "References between documents are the application's to keep; what is asked across documents needs copies that "
        "have to be kept up to date.",
        "collections with nested paths",
        ("MongoDB", "Couchbase", "Amazon DocumentDB", "Azure Cosmos DB", "Firestore"),
    ),
    Guide(
        StoreKind.KEY_VALUE,
        "Values found by one key that is known in advance, very often and very fast: sessions, counters, flags, locks.",
        "Nothing can be found but by its key, so each further question needs keys of its own; memory is dear.",
        "key spaces with their TTL",
        ("Redis", "Valkey", "Amazon DynamoDB", "etcd", "RocksDB"),
    ),
    Guide(
        StoreKind.FILE,
        "Large things that are handed out whole: uploads, pictures, reports, exports, backups.",
        "Files and the rows that speak of them can drift apart; there are no transactions and no search within.",
        "file layouts: directories, formats, names",
        ("Amazon S3", "MinIO", "Azure Blob Storage", "Google Cloud Storage", "Local disk"),
    ),
    Guide(
        StoreKind.TIME_SERIES,
        "Measured values that arrive in order of time, are hardly ever changed and are asked by period: "
        "metrics, sensor readings, prices.",
        "Late or changed points are awkward, and many different tag values make it slow; plan how to thin them.",
        "measurements with time, tags and values",
        ("TimescaleDB", "InfluxDB", "Prometheus", "VictoriaMetrics", "QuestDB"),
    ),
    Guide(
        StoreKind.VECTOR,
        "Finding what means something similar, not what reads the same: semantic search, recommendations, "
        "context for a language model.",
        "Answers are near, not exact; another model means computing every vector anew; memory grows with dimensions.",
        "vector collections with model, dimensions and filters",
        ("pgvector", "Qdrant", "Milvus", "Weaviate", "Pinecone"),
    ),
    Guide(
        StoreKind.GRAPH,
        "Questions that follow connections over many steps: who knows whom, what depends on what, what leads where.",
        "Few people know the query languages; sums over everything are slow; a graph is hard to split over servers.",
        "node types and edge types",
        ("Neo4j", "Memgraph", "Amazon Neptune", "ArangoDB", "JanusGraph"),
    ),
    Guide(
        StoreKind.SEARCH,
        "Searching words in long texts, with spelling mistakes, ranking and facets, beside the store that holds the "
        "truth.",
        "It lags behind what it is built from and has to be rebuilt when an analyser changes; never the only copy.",
        "search indexes with analysers and weights",
        ("Elasticsearch", "OpenSearch", "Apache Solr", "Meilisearch", "Typesense"),
    ),
    Guide(
        StoreKind.CACHE,
        "Answers that are asked far more often than they change, where a moment's old value does no harm.",
        "Someone has to say when an entry is out of date; everything must also work, if slowly, when it is empty.",
        "what it holds, in step 8",
        ("Redis", "Valkey", "Memcached", "Varnish", "In the application"),
    ),
)


@dataclass(frozen=True)
class Used:
    """A system that other features of the project keep data in."""

    kind: StoreKind
    system: str
    features: int

    @property
    def name(self) -> str:
        return self.system or "system not named yet"


@dataclass(frozen=True)
class Advice:
    """The guides, that of the chosen kind first in mind, with what the project uses already."""

    chosen: str
    used: tuple[Used, ...]
    profiles: tuple[DatabaseProfile, ...] = ()

    @property
    def guides(self) -> list[tuple[Guide, list[Used]]]:
        return [(guide, [used for used in self.used if used.kind == guide.kind]) for guide in GUIDES]

    @property
    def systems(self) -> list[tuple[str, str]]:
        """Systems to propose with their kind in words.

        Those of the project's database profiles first, then those in use, those of the chosen kind, and all others.
        """
        ordered = sorted(GUIDES, key=lambda guide: guide.kind != self.chosen)
        profiles = sorted(self.profiles, key=lambda profile: profile.kind != self.chosen)
        known = [(profile.full_name, profile.kind.label) for profile in profiles]
        known += [(used.system, used.kind.label) for used in self.used if used.system]
        return list(dict.fromkeys([*known, *((name, guide.kind.label) for guide in ordered for name in guide.systems)]))


def advise(feature: Feature, chosen: str, profiles: tuple[DatabaseProfile, ...] = ()) -> Advice:
    return Advice(chosen, tuple(_merged(_used_beside(feature))), profiles)


def _used_beside(feature: Feature) -> Iterable[Used]:
    stores = Store.objects.filter(feature__epic__project=feature.epic.project_id).exclude(feature=feature)
    counted = stores.values("kind", "system").annotate(features=Count("feature", distinct=True))
    for row in counted.order_by("-features", "system"):
        yield Used(StoreKind(row["kind"]), row["system"], row["features"])


def _merged(rows: Iterable[Used]) -> Iterable[Used]:
    """One line for each system, however its name was written."""
    seen: dict[tuple[str, str], Used] = {}
    for row in rows:
        key = (row.kind, row.system.casefold().strip())
        known = seen.get(key)
        seen[key] = Used(row.kind, known.system, known.features + row.features) if known else row
    return sorted(seen.values(), key=lambda used: -used.features)
