"""A design with every fact that a step asks for, to be changed in a single place by the tests of completeness."""

from typing import Any

from projects.design.tree import (
    BackupSchedule,
    Consistency,
    DataElement,
    Design,
    Endpoint,
    Exemption,
    ItemNote,
    Lifecycle,
    Migration,
    Optimization,
    Recovery,
    Replication,
    Requirements,
    Source,
    ValidationRule,
)
from projects.design.vocabulary import (
    AccessProfile,
    ConsistencyLevel,
    DtoDirection,
    PointInTime,
    ReplicationStrategy,
    RuleLevel,
    SourceKind,
    StepName,
)
from tests.projects.checks.builders import make, make_dto, make_dto_field, make_store, make_volume, uid_of
from tests.projects.checks.designs import finished_design

SAID = "It is said."
STORE = make_store()
ELEMENT = make(
    DataElement,
    "Refund",
    description=SAID,
    reason=SAID,
    size_estimate="3 GB",
    store=STORE.uid,
    access_pattern=SAID,
    kept_for="10 years",
)


def whole_design(**changed: Any) -> Design:
    design = finished_design()
    parts: dict[str, Any] = {
        "requirements": Requirements(
            access_profile=AccessProfile.MIXED, retention=SAID, volume=SAID, project_context=SAID
        ),
        "sources": (make(Source, "PRD", kind=SourceKind.PRD, title="PRD"),),
        "endpoints": (make(Endpoint, "GET /refunds/{id}", query=uid_of("query Get a refund")),),
        "data_elements": (ELEMENT,),
        "stores": (STORE,),
        "entities": tuple(_described(entity) for entity in design.entities),
        "queries": tuple(_with(query, pattern=SAID, purpose=SAID, reason=SAID) for query in design.queries),
        "consistency": Consistency(
            **dict.fromkeys(set(Consistency.model_fields) - {"level"}, SAID), level=ConsistencyLevel.EVENTUAL
        ),
        "validation_rules": (
            make(ValidationRule, "limit", rule=SAID, level=RuleLevel.RECORD, entity=uid_of("refunds"), in_logic=True),
        ),
        "migration": Migration(**dict.fromkeys(Migration.model_fields, SAID)),
        "volumes": tuple(make_volume(e.name, "1000", "100 / day", "1 million") for e in design.own_entities),
        "optimization": Optimization(**dict.fromkeys(Optimization.model_fields, SAID)),
        "lifecycle": Lifecycle(**dict.fromkeys(Lifecycle.model_fields, SAID)),
        "recoveries": (
            make(
                Recovery,
                "main",
                store=STORE.uid,
                rto="4 h",
                rpo="1 day",
                restore_tests="weekly",
                point_in_time=PointInTime.NONE,
                procedure=SAID,
                disaster_recovery=SAID,
            ),
        ),
        "backup_schedules": (
            make(BackupSchedule, "full", store=STORE.uid, frequency="daily", retention="30 days", location="Dublin"),
        ),
        "replications": (make(Replication, "main", store=STORE.uid, strategy=ReplicationStrategy.NONE),),
        "dtos": (
            make_dto(
                "Refund",
                make_dto_field("Refund.currency", "string", "refunds.currency", is_required=True),
                direction=DtoDirection.RESPONSE,
            ),
        ),
        "item_notes": tuple(make(ItemNote, str(number), item=number, text=SAID) for number in (16, 23)),
    }
    return finished_design(**parts | changed)


def _described(entity: Any) -> Any:
    fields = tuple(_with(field, description=SAID) for field in entity.fields)
    return _with(entity, fields=fields, purpose=entity.purpose or SAID, no_index_reason=SAID, data_element=None)


def _with(thing: Any, **facts: Any) -> Any:
    """Made anew, as a copy would keep what the old one has computed of itself."""
    return type(thing)(**{name: getattr(thing, name) for name in type(thing).model_fields} | facts)


def exempted(step: StepName, reason: str = "There is nothing to do here.") -> Exemption:
    return make(Exemption, step.value, step=step, reason=reason)
