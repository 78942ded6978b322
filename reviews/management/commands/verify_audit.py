"""Verify the history of a project, and what its revisions and decisions say."""

import json
from argparse import ArgumentParser
from collections.abc import Collection, Iterator
from typing import Any

from projects.importers.source_text import MAX_BYTES
from projects.management.design_command import DesignCommand, Problems, WrongUse, find_project, read_file
from projects.models import Event, Project
from projects.workflow.counted import counted
from projects.workflow.events import broken_links
from reviews.workflow.verifying import ALL, CHECKS, QUICK, wrong_documents

# An export holds what a deletion took, so it may be larger than a file to import.
EXPORT_BYTES = 40 * MAX_BYTES


class Command(DesignCommand):
    help = (
        "Verify that no event of a project was changed, taken away or moved since it was written, and that revisions, "
        "and all that was said of them, are as the events tell."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", metavar="PROJECT", nargs="?")
        parser.add_argument("--all", action="store_true", help="every project")
        parser.add_argument(
            "--pdf",
            action="store_true",
            help="also print the PDFs of approved revisions anew to compare them: a second or more for each",
        )
        parser.add_argument(
            "--against",
            metavar="FILE",
            help="a history exported as JSON before: what it has must still be there, under the same hashes",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["project"]) == options["all"] or (options["all"] and options["against"]):
            raise WrongUse("Write PROJECT, with --against FILE or without, or --all.")
        projects = Project.objects.order_by("key") if options["all"] else [find_project(options["project"])]
        problems: list[str] = []
        forms = ALL if options["pdf"] else QUICK
        for project in projects:
            found = [
                *_of_project(project, forms),
                *(_against(project, options["against"]) if options["against"] else ()),
            ]
            prefix = f"{project.key}: " if options["all"] else ""
            problems += [prefix + each for each in found]
            if not found:
                number = Event.objects.filter(project=project).count()
                self.stdout.write(f"{prefix}{counted([('events', number)])}, unchanged since written.")
        if problems:
            raise Problems(*problems)


def _of_project(project: Project, forms: Collection[str]) -> Iterator[str]:
    for sequence in broken_links(project):
        yield f"Event {sequence} is not as it was written."
    for check in CHECKS:
        yield from check(project)
    yield from wrong_documents(project, forms)


def _against(project: Project, path: str) -> Iterator[str]:
    """What an earlier export has and the database has not: a chain that was made anew from some event on."""
    known = _hashes(project, path)
    kept = dict(Event.objects.filter(project=project).values_list("sequence", "hash"))
    for sequence, hash_then in sorted(known.items()):
        if kept.get(sequence) != hash_then:
            yield f"Event {sequence} is another than in {path}, so are perhaps those after it."
            return


def _hashes(project: Project, path: str) -> dict[int, str]:
    try:
        content = json.loads(read_file(path, EXPORT_BYTES))
        if content["project"]["id"] != project.pk:
            raise WrongUse(f"{path} is the history of another project.")
        return {event["covered"]["sequence"]: event["hash"] for event in content["events"]}
    except (ValueError, KeyError, TypeError) as error:
        raise WrongUse(f"{path} is no history exported as JSON.") from error
