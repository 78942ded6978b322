"""Bring a design file into the feature that it names."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from projects.importers.design_archive import ARCHIVE_BYTES, DesignArchive, is_archive, read_design_archive
from projects.importers.design_file import read_design_file
from projects.management.design_command import DesignCommand, find_actor, find_feature, read_file
from projects.models import Conventions, Project
from projects.snapshot.policies import policies_of
from projects.workflow.apply_import import apply_import
from projects.workflow.counted import counted
from projects.workflow.create_path import create_path
from projects.workflow.editing import editing
from projects.workflow.stored_files import keep_file


class Command(DesignCommand):
    help = "Bring a design file (JSON, or a ZIP, as export_design writes them) into the feature that it names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--project", metavar="KEY", help="another project than the one that the file names")
        parser.add_argument("--create", action="store_true", help="make what is missing of project, epic and feature")
        parser.add_argument("--replace", action="store_true", help="in place of everything in that feature")
        self.add_actor(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        actor, now = find_actor(options["actor"]), timezone.now()
        archive = _read(options["file"])
        design = archive.design
        identity = design.identity
        if options["project"]:
            title = Project.objects.filter(key=options["project"]).values_list("title", flat=True).first()
            identity = identity.model_copy(
                update={"project_key": options["project"], "project_title": title or identity.project_title}
            )
        with transaction.atomic():
            if options["create"]:
                feature = create_path(
                    identity, actor=actor, now=now, conventions=design.conventions, policies=design.policies
                )
            else:
                feature = find_feature(identity.path)
            applied = apply_import(
                feature, design, actor=actor, now=now, replace=options["replace"], source=Path(options["file"]).name
            )
            if archive.files:
                with editing(feature, actor=actor, now=now) as door:
                    for document in archive.files:
                        keep_file(door, document)
        self.stdout.write(f"{identity.path}: {counted(applied.counts.items()) or 'nothing to bring in'}.")
        for note in applied.notes:
            self.stdout.write(note)
        if conventions_differ(feature.epic.project, design.conventions):
            self.stdout.write("The file has other naming conventions than the project; the project's stay.")
        if policies_of(feature.epic.project) != design.policies:
            self.stdout.write("The file has other policies than the project; the project's stay.")


def _read(path: str) -> DesignArchive:
    with Path(path).open("rb") as file:
        is_zip = is_archive(file.read(4))
    if is_zip:
        return read_design_archive(read_file(path, ARCHIVE_BYTES))
    return DesignArchive(read_design_file(read_file(path)))


def conventions_differ(project: Project, wanted: Any) -> bool:
    there = Conventions.objects.get(project=project)
    return any(getattr(there, name) != getattr(wanted, name) for name in type(wanted).model_fields)
