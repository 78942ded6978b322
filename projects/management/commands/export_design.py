"""Write the design file of a feature."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from projects.design.digest import design_json
from projects.exporters.archive import design_archive
from projects.management.design_command import DesignCommand, WrongUse, find_feature, refuse_revision
from projects.management.writing import write_whole
from projects.snapshot.current import current_design
from projects.workflow.stored_files import contents_of


class Command(DesignCommand):
    help = "Write the design of a feature for import_design: as JSON, or as a ZIP with the files of its sources."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PROJECT/EPIC/FEATURE")
        parser.add_argument("--revision", metavar="N", help="a number, approved or draft; the draft otherwise")
        parser.add_argument("--out", metavar="FILE", help="standard output otherwise")
        parser.add_argument("--archive", action="store_true", help="a ZIP with the files of the sources; needs --out")

    def handle(self, *args: Any, **options: Any) -> None:
        feature = find_feature(options["path"])
        refuse_revision(options["revision"], options["path"])
        if options["archive"] and not options["out"]:
            raise WrongUse("An archive goes into a file. Say which with --out FILE.")
        design = current_design(feature).design
        if options["archive"]:
            write_whole(Path(options["out"]), design_archive(design, contents_of(feature)))
            return
        text = design_json(design)
        if options["out"]:
            write_whole(Path(options["out"]), text.encode())
        else:
            self.stdout.write(text)
