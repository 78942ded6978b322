"""Write the design file of a feature."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from projects.design.digest import design_json
from projects.management.design_command import DesignCommand, find_feature, refuse_revision, write_whole
from projects.snapshot.current import current_design


class Command(DesignCommand):
    help = "Write the design of a feature as a file (JSON) that import_design reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PROJECT/EPIC/FEATURE")
        parser.add_argument("--revision", metavar="N", help="a number, approved or draft; the draft otherwise")
        parser.add_argument("--out", metavar="FILE", help="standard output otherwise")

    def handle(self, *args: Any, **options: Any) -> None:
        feature = find_feature(options["path"])
        refuse_revision(options["revision"], options["path"])
        text = design_json(current_design(feature).design)
        if options["out"]:
            write_whole(Path(options["out"]), text.encode())
        else:
            self.stdout.write(text)
