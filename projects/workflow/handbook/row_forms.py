"""The forms of the handbook's lists: one form for each row."""

from typing import Any

from projects.design.quantities import read_count
from projects.models import AccessRole, DatabaseProfile, Environment, Metric, PolicySchedule, Protection, RetentionRule
from projects.workflow.handbook.base_form import HandbookForm
from projects.workflow.quantity_cells import COUNT, DURATION, INTERVAL, RETENTION


class DatabaseProfileForm(HandbookForm):
    quantities = {"pool_minimum": COUNT, "pool_maximum": COUNT, "pool_idle_timeout": DURATION}

    class Meta:
        model = DatabaseProfile
        fields = [
            *("system", "system_version", "kind", "is_primary", "hosting", "access_patterns"),
            *("pool_minimum", "pool_maximum", "pool_idle_timeout", "pool_reuse"),
        ]
        help_texts = {
            "is_primary": "The one that is meant where none is named.",
            "hosting": "Who runs it, and where: a managed service and its region, or machines of our own.",
            "access_patterns": "What reads and writes here, how much of each, and when it peaks.",
            "pool_minimum": "Connections kept open.",
            "pool_maximum": "Connections at the same time.",
            "pool_reuse": "When a connection is given back, and to whom.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        least, most = (read_count(cleaned.get(name) or "") for name in ("pool_minimum", "pool_maximum"))
        if least is not None and most is not None and least > most:
            self.add_error("pool_maximum", "The pool holds at most fewer connections than at least.")
        return cleaned


class EnvironmentForm(HandbookForm):
    class Meta:
        model = Environment
        fields = ["name", "connection", "migrations"]
        help_texts = {"connection": "Host, port and database, or the name of a variable; never a password."}


class PolicyScheduleForm(HandbookForm):
    quantities = {"frequency": INTERVAL, "retention": RETENTION}

    class Meta:
        model = PolicySchedule
        fields = ["kind", "frequency", "retention", "location", "automation"]


class RetentionRuleForm(HandbookForm):
    quantities = {"kept_for": RETENTION}

    class Meta:
        model = RetentionRule
        fields = ["name", "kept_for", "afterwards"]


class ProtectionForm(HandbookForm):
    class Meta:
        model = Protection
        fields = ["classification", "protection"]
        error_messages = {"classification": {"required": "Choose the class of data that is protected this way."}}


class AccessRoleForm(HandbookForm):
    class Meta:
        model = AccessRole
        fields = ["name", "rights", "used_by"]


class MetricForm(HandbookForm):
    class Meta:
        model = Metric
        fields = ["name", "threshold", "note"]
