"""Read SQL definitions into a feature."""

import json
from argparse import ArgumentParser
from typing import Any

from django.db import transaction
from django.utils import timezone

from projects.importers.dialects import Dialect
from projects.importers.sql import SchemaImport, read_schema
from projects.management.design_command import DesignCommand, find_actor, find_feature, keys_of, read_file
from projects.models import Feature, User
from projects.snapshot.take import identity
from projects.workflow.apply_schema import apply_schema, replace_schema
from projects.workflow.counted import counted
from projects.workflow.create_path import create_path, identity_at

COUNTED = ("tables", "columns", "foreign_keys", "indexes", "checks")


class Command(DesignCommand):
    help = "Read SQL definitions (PostgreSQL, MySQL, SQLite) into the entities, relationships and indexes of a feature."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PROJECT/EPIC/FEATURE")
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--dialect", choices=[each.value for each in Dialect], help="recognised where not given")
        parser.add_argument("--replace", action="store_true", help="in place of the data model that is there")
        parser.add_argument("--create", action="store_true", help="make what is missing of project, epic and feature")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        self.add_actor(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        actor = find_actor(options["actor"])
        content = read_file(options["file"])
        keys = keys_of(options["path"])
        feature = None if options["create"] else find_feature(options["path"])
        read = read_schema(
            content, identity=identity(feature) if feature else identity_at(*keys), dialect=options["dialect"]
        )
        with transaction.atomic():
            feature = feature or create_path(read.design.identity, actor=actor, now=timezone.now())
            notes = self._apply(feature, read, actor, replace=options["replace"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_json(read, notes), ensure_ascii=False, indent=2))
        else:
            self._report(read, notes)

    def _apply(self, feature: Feature, read: SchemaImport, actor: User | None, *, replace: bool) -> list[str]:
        verb = replace_schema if replace else apply_schema
        label = Dialect(read.dialect).label
        applied = verb(feature, read.design, actor=actor, now=timezone.now(), label=label)
        return [*read.notes, *applied.notes]

    def _report(self, read: SchemaImport, notes: list[str]) -> None:
        counts = [(name.replace("_", " "), getattr(read, name)) for name in COUNTED]
        self.stdout.write(f"Read as {Dialect(read.dialect).label}: {counted(counts)}.")
        self.stdout.write(f"{read.taken} of {read.statements} statements taken, {len(read.skipped)} skipped.")
        for note in notes:
            self.stdout.write(note)
        for skipped in (*read.skipped, *read.left_out):
            self.problem(f"line {skipped.line}: {skipped.reason} {skipped.statement}")


def as_json(read: SchemaImport, notes: list[str]) -> dict[str, Any]:
    listed = {
        name: [{"line": each.line, "reason": each.reason, "statement": each.statement} for each in getattr(read, name)]
        for name in ("skipped", "left_out")
    }
    return {name: getattr(read, name) for name in COUNTED} | listed | {"dialect": read.dialect, "notes": notes}
