"""Write the documents of a feature, or of every feature of a project, as a tree of files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from projects.access import features
from projects.exporters.archive import FORMATS, tree
from projects.management.design_command import (
    DesignCommand,
    Problems,
    WrongUse,
    find_feature,
    find_project,
    refuse_revision,
    write_whole,
)
from projects.models import Feature
from projects.snapshot.current import current_design
from projects.workflow.records import draft_record


class Command(DesignCommand):
    help = "Write the documents of a feature, or of every feature of a project, as a tree of files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PROJECT[/EPIC/FEATURE]")
        parser.add_argument("--out", metavar="DIR", required=True)
        parser.add_argument("--format", default="md", metavar=",".join(FORMATS), help="md where not given")
        parser.add_argument("--revision", metavar="N", help="a number, approved or draft; the draft otherwise")
        parser.add_argument("--into", action="store_true", help="merge into specification files that are there")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["into"]:
            raise WrongUse("--into merges project documents into files; this version writes no project documents yet.")
        formats = _formats(options["format"])
        found = _features(options["path"], options["revision"])
        out = Path(options["out"])
        number = 0
        for feature in found:
            for path, content in tree(current_design(feature).design, draft_record(feature), formats).items():
                write_whole(out / path, content)
                number += 1
        self.stdout.write(f"{number} files written to {out}.")


def _formats(text: str) -> tuple[str, ...]:
    formats = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [each for each in formats if each not in FORMATS]
    if unknown or not formats:
        raise WrongUse(f"“{text}” is no list of formats. Choose from {', '.join(FORMATS)}.")
    return formats


def _features(path: str, revision: str | None) -> list[Feature]:
    if "/" in path.strip("/"):
        feature = find_feature(path)
        refuse_revision(revision, path)
        return [feature]
    project = find_project(path.strip("/"))
    if revision is not None and revision.isdigit():
        raise WrongUse("A revision's number belongs to one feature. Write PROJECT/EPIC/FEATURE with it.")
    refuse_revision(revision, project.key)
    found = list(features().filter(epic__project=project).order_by("epic__key", "key"))
    if not found:
        raise Problems(f"{project.key} has no features yet, so there is nothing to write.")
    return found
