"""Backups of databases and files, and how schemas and rows move from one version to the next."""

from collections.abc import Iterator

from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.exporters.answers import Part, answer
from projects.exporters.blocks import Block, Heading
from projects.exporters.data_management.section import entries, section
from projects.exporters.policies import migration
from projects.exporters.policies.backup import backups_of_features, database_backups, replication
from projects.exporters.policies.databases import migrations_by_environment
from projects.exporters.policies.features import with_derived


def backup_and_recovery(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, "Backup & Recovery")
    yield from section(Title.BACKUPS, _backups(project))
    yield from section(Title.VERSIONING, _versioning(project))


def _backups(project: ProjectDesign) -> Iterator[Part]:
    yield from database_backups(project)
    yield from entries(project, Title.BACKUPS).rest()
    yield from backups_of_features(project)
    yield replication(project)


def _versioning(project: ProjectDesign) -> Iterator[Part]:
    policy, written = project.handbook.policies.migration, entries(project, Title.VERSIONING)
    yield from migration.changing(policy)
    yield from migration.going_back(policy)
    yield answer("Zero downtime", policy.zero_downtime)
    yield from migration.plans_of_features(project)
    yield from with_derived(written.take("data-migrations"), migration.data_migrations(project).blocks)
    yield from with_derived(written.take("environment-synchronization"), migration.seeding(project).blocks)
    yield migrations_by_environment(project)
    yield from written.rest()
