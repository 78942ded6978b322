"""Write the documents of a project with those of its features, or of one feature, as a tree of files."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils import timezone

from projects.design.project import ProjectDesign
from projects.exporters.archive import FORMATS, tree
from projects.exporters.into import CannotMerge, merge, repeated
from projects.exporters.project_documents import PROJECT_DOCUMENTS
from projects.management.design_command import (
    DesignCommand,
    Problems,
    WrongUse,
    find_feature,
    find_project,
)
from projects.management.revisions import find_effective, find_revision, project_revision
from projects.management.writing import find_target, write_tree
from projects.snapshot.current import current_design
from projects.workflow.project_design import current_project
from projects.workflow.records import draft_record
from projects.workflow.revision_documents import revision_tree, whole_tree


class Command(DesignCommand):
    help = "Write the documents of a project with those of its features, or of one feature, as a tree of files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PROJECT[/EPIC/FEATURE]")
        parser.add_argument("--out", metavar="DIR", required=True)
        parser.add_argument("--format", default="md", metavar=",".join(FORMATS), help="md where not given")
        parser.add_argument(
            "--revision",
            metavar="N",
            help="approved: leave drafts out; draft: the draft of every feature; a number, for one feature; "
            "otherwise what is approved, and the draft of a feature where nothing is",
        )
        parser.add_argument(
            "--into",
            action="store_true",
            help="of the project's documents that are in DIR already, replace our sections and nothing else; md only",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        formats = _formats(options["format"])
        if not options["out"].strip():
            raise WrongUse("--out is empty. Write the folder, or . for the one you are in.")
        if options["into"] and formats != ("md",):
            raise WrongUse("--into merges Markdown alone. Export the other formats without it, into another folder.")
        path, out = options["path"].strip("/"), Path(options["out"])
        if "/" in path:
            files = _feature_files(path, options, formats)
        else:
            current = current_project(find_project(path), project_revision(options["revision"]))
            files = whole_tree(current, formats, timezone.now())
            if options["into"]:
                files |= self._merged(current.project, out, files)
        written = write_tree(out, files)
        unchanged = f" {len(files) - written} were as they should be." if written < len(files) else ""
        self.stdout.write(f"{written} files written to {out}.{unchanged}")

    def _merged(self, project: ProjectDesign, out: Path, paths: Iterable[str]) -> dict[str, bytes]:
        """The Markdown of the project's documents that are there already, with our sections as they are now."""
        merged, problems = {}, []
        for document in PROJECT_DOCUMENTS:
            target = find_target(out, document.path)
            if document.path not in paths or not target.exists():
                continue
            existing, sections = target.read_bytes(), document.markdown_sections(project)
            try:
                merged[document.path] = merge(existing, sections)
            except CannotMerge as refusal:
                problems.append(f"{out / document.path} {refusal}. Nothing was written.")
                continue
            for heading in repeated(existing, sections):
                self.stdout.write(f"{document.path} has “{heading}” more than once: the first is ours.")
            if _is_of_another_state(document.markdown_facts(project), existing.decode()):
                self.stdout.write(f"{document.path} keeps the table under its title, of an earlier state.")
        if problems:
            raise Problems(*problems)
        return merged


def _is_of_another_state(facts: str, existing: str) -> bool:
    """Whether the file was made by us once, and says so with what it was made from then."""
    head, *rest = facts.splitlines()
    lines = existing.splitlines()
    return head in lines and not set(rest) <= set(lines)


def _formats(text: str) -> tuple[str, ...]:
    formats = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [each for each in formats if each not in FORMATS]
    if unknown or not formats:
        raise WrongUse(f"“{text}” is no list of formats. Choose from {', '.join(FORMATS)}.")
    return formats


def _feature_files(path: str, options: dict[str, Any], formats: tuple[str, ...]) -> dict[str, bytes]:
    if options["into"]:
        raise WrongUse("--into merges the documents of a project. Write PROJECT alone with it.")
    feature, asked = find_feature(path), options["revision"]
    revision = find_revision(feature, asked, path) if asked else find_effective(feature)
    if revision:
        return revision_tree(revision, formats, timezone.now())
    return tree(current_design(feature).design, draft_record(feature), formats)
