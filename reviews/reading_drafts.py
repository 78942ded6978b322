"""What a person drafted on a revision, never published, and a newer revision overtook."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from projects.models import Revision
from reviews.models import DraftVerdict, ItemVerdict
from reviews.reading import light
from reviews.rules.terms import Verdict

Unsent = dict[int, DraftVerdict]


def unsent_drafts(heads: Sequence[Revision], person: int) -> defaultdict[int, Unsent]:
    """By the primary key of each head, and by item: the newest of the person's drafts on earlier revisions, with its
    revision, unless they said something of the item since, or drafted it anew. One query.
    """
    looked_at = Q(carried_from=None) | Q(is_confirmed=True)
    since = ItemVerdict.objects.filter(
        looked_at,
        reviewer=person,
        item=OuterRef("item"),
        revision__feature=OuterRef("revision__feature"),
        revision__number__gt=OuterRef("revision__number"),
    )
    features = {each.feature_id: each.pk for each in heads}
    standing = ItemVerdict.objects.filter(
        reviewer=person, item=OuterRef("item"), revision__in=heads, revision__feature=OuterRef("revision__feature")
    )
    # To take a verdict back where none came along is to say nothing.
    is_empty = Q(verdict=Verdict.NONE, comment="") & ~Exists(standing)
    mine = DraftVerdict.objects.filter(reviewer=person, revision__feature__in=features)
    rows = mine.filter(~Exists(since)).exclude(is_empty)
    ordered = light(rows.select_related("revision"), "revision").order_by("revision__number", "item")
    newest = {(row.revision.feature_id, row.item): row for row in ordered}
    found: defaultdict[int, Unsent] = defaultdict(dict)
    for (feature, item), row in newest.items():
        if row.revision_id != features[feature]:
            found[features[feature]][item] = row
    return found
