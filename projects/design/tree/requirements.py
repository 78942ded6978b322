"""Steps 1 and 2: what must be kept, who asks for it, and where it is kept."""

from uuid import UUID

from projects.design.tree.node import Line, Name, Node, Prose, Thing
from projects.design.vocabulary import AccessProfile, DemandKind, SourceKind, SourceStatus, StoreKind


class Requirements(Node):
    """Step 1 in prose: what the sources say about the data as a whole."""

    access_profile: AccessProfile | None = None
    access_notes: Prose = ""
    retention: Prose = ""
    volume: Prose = ""
    project_context: Prose = ""


class Source(Thing):
    """A document that the design was made from: a link, or an uploaded file, known by its sha256."""

    kind: SourceKind
    title: Line = ""
    location: Line = ""
    status: SourceStatus = SourceStatus.NOT_STARTED
    file_name: Line = ""
    file_digest: Line = ""


class Quote(Thing):
    """Words of a source that a fact rests on; `about` is the uid of the thing that states the fact."""

    source: UUID
    text: Prose
    place: Line = ""
    about: UUID | None = None


class Component(Thing):
    """A part of the system, named by the backend design, that reads or writes the data."""

    name: Name
    description: Prose = ""


class Endpoint(Thing):
    """What the backend design offers, like `POST /refunds`, and the operation of step 4 that serves it."""

    name: Name
    description: Prose = ""
    query: UUID | None = None


class Demand(Thing):
    """What the contracts or the backend design ask of the data; rules and caches say which demand they answer."""

    kind: DemandKind
    text: Prose
    source: UUID | None = None


class DataElement(Thing):
    """A thing the feature must keep, in the words of the requirements."""

    name: Name
    description: Prose = ""
    reason: Prose = ""
    size_estimate: Line = ""
    store: UUID | None = None
    access_pattern: Line = ""
    note: Prose = ""
    retention_rule: Line = ""
    kept_for: Line = ""
    afterwards: Line = ""
    departure: Prose = ""


class Store(Thing):
    """Where data is kept, and the four parts of why."""

    name: Name
    kind: StoreKind
    system: Line = ""
    project_patterns: Prose = ""
    feature_requirements: Prose = ""
    performance_needs: Prose = ""
    team_expertise: Prose = ""
