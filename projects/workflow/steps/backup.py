"""The step “Backup & recovery”."""

from projects.workflow.steps.step import Step, never

STEP = Step(
    slug="backup",
    title="Backup & recovery",
    group="Operate",
    summary="This step will hold schedules, retention, RTO, RPO and replication.",
    progress=never,
    sections=("Backup & Recovery",),
    later="This step holds nothing yet in this version. Its sections stand in the document as “Not specified yet.”",
)
