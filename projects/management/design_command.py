"""What the commands share: one line on standard error for each problem, exit codes, who acts, and which feature."""

import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from projects.access import features
from projects.design.vocabulary import KEY_PATTERN
from projects.importers.source_text import MAX_BYTES, Unreadable
from projects.models import Feature, Project, User
from projects.models.base import valid_key
from projects.snapshot.revisions import NotIntact
from projects.workflow.apply_import import ImportRefused
from projects.workflow.editing import NotAllowed

FINDINGS_OR_REFUSAL = 1
WRONG_USE = 2


class Problems(CommandError):
    """Ends the command; every line is one problem."""

    def __init__(self, *lines: str, returncode: int = FINDINGS_OR_REFUSAL) -> None:
        super().__init__("\n".join(lines), returncode=returncode)
        self.lines = lines


class WrongUse(Problems):
    def __init__(self, *lines: str) -> None:
        super().__init__(*lines, returncode=WRONG_USE)


class DesignCommand(BaseCommand):
    """Turns refusals from below into problems, and prints problems as they are, without Django's prefix."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return self._refusing(*args, **options)
        except Problems as problems:
            if not self._called_from_command_line:  # type: ignore[attr-defined]  # set by BaseCommand
                raise
            for line in problems.lines:
                self.stderr.write(line)
            sys.exit(problems.returncode)

    def _refusing(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except ImportRefused as refusal:
            raise Problems(*refusal.problems) from refusal
        except (NotAllowed, PermissionDenied, Unreadable, NotIntact) as refusal:
            raise Problems(str(refusal)) from refusal
        except ValidationError as refusal:
            raise Problems(*refusal.messages) from refusal
        except OSError as error:
            raise WrongUse(f"{error.filename or 'A file'}: {error.strerror or error}.") from error

    def problem(self, line: str) -> None:
        self.stderr.write(line)

    def add_actor(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as", dest="actor", metavar="E-MAIL", help="who does this; the command line otherwise")


def find_actor(email: str | None) -> User | None:
    if not email:
        return None
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise WrongUse(f"Nobody here has the e-mail address {email}.")
    return found


def keys_of(path: str) -> tuple[str, str, str]:
    keys = path.strip("/").split("/")
    if len(keys) != 3 or not all(keys):
        raise WrongUse(f"“{path}” is not the path of a feature. Write PROJECT/EPIC/FEATURE.")
    if wrong := next((key for key in keys if not re.fullmatch(KEY_PATTERN, key)), None):
        raise WrongUse(f"“{wrong}” is no key. {valid_key.message}")
    return keys[0], keys[1], keys[2]


def find_feature(path: str) -> Feature:
    """The feature at this path; a key from before a renaming finds it too."""
    project, epic, key = keys_of(path)
    there = features().filter(epic__project=find_project(project))
    for epic_name in ("epic__key", "epic__aliases__key"):
        for name in ("key", "aliases__key"):
            if found := there.filter(**{epic_name: epic, name: key}).first():
                return found
    raise WrongUse(f"There is no feature {path}.")


def find_project(key: str) -> Project:
    found = Project.objects.filter(key=key).first() or Project.objects.filter(aliases__key=key).first()
    if found is None:
        raise WrongUse(f"There is no project {key}.")
    return found


def read_file(path: str, limit: int = MAX_BYTES) -> bytes:
    size = Path(path).stat().st_size
    if size > limit:
        raise Problems(f"{path} has {size / 1_048_576:.1f} MB; at most {limit // 1_048_576} MB can be read.")
    return Path(path).read_bytes()
