"""Features with a design each, for tests of what they are together. Names make uids, so two may hold copies."""

from typing import Any

from projects.design.project import Included
from projects.design.review_record import ReviewRecord
from projects.design.tree import Entity
from projects.design.vocabulary import DesignState
from tests.projects.checks.builders import IDENTITY, make_design, make_entity

PAYMENTS, REFUNDS, ORDERS = "billing/payments", "billing/refunds", "shop/orders"


def feature(path: str, *entities: Entity, revision: int | None = None, **parts: Any) -> Included:
    epic, key = path.split("/")
    named = IDENTITY.with_values(epic_key=epic, epic_title=epic, feature_key=key, feature_title=key)
    state = DesignState.DRAFT if revision is None else DesignState.APPROVED
    design = make_design(identity=named, entities=entities, **parts)
    return Included(design, ReviewRecord(state=state, revision=revision))


def payments(kind: str = "bigint", **facts: Any) -> Entity:
    return make_entity("payments", "id uuid", f"amount_minor {kind}", **facts)


def reused(entity: Entity, owner: str = PAYMENTS) -> Entity:
    return entity.with_values(reused_from=owner, store=None)
