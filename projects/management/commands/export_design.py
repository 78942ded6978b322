"""Write the design file of a feature."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from projects.design.digest import design_json
from projects.exporters.archive import design_archive
from projects.management.design_command import DesignCommand, WrongUse, find_feature
from projects.management.revisions import HELP, find_revision
from projects.management.writing import write_whole
from projects.snapshot.current import current_design
from projects.snapshot.revisions import frozen
from projects.workflow.stored_files import contents_of


class Command(DesignCommand):
    help = "Write the design of a feature for import_design: as JSON, or as a ZIP with the files of its sources."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PROJECT/EPIC/FEATURE")
        parser.add_argument("--revision", metavar="N", help=f"{HELP}; the draft otherwise")
        parser.add_argument("--out", metavar="FILE", help="standard output otherwise")
        parser.add_argument("--archive", action="store_true", help="a ZIP with the files of the sources; needs --out")

    def handle(self, *args: Any, **options: Any) -> None:
        feature = find_feature(options["path"])
        revision = find_revision(feature, options["revision"], options["path"])
        if options["archive"] and not options["out"]:
            raise WrongUse("An archive goes into a file. Say which with --out FILE.")
        design = (frozen(revision) if revision else current_design(feature)).design
        # What was frozen is written as it was, byte for byte: its sha256 is the content digest.
        text = revision.text if revision else design_json(design)
        if options["archive"]:
            files = contents_of(design, feature.epic.project)
            write_whole(Path(options["out"]), design_archive(design, text, files))
        elif options["out"]:
            write_whole(Path(options["out"]), text.encode())
        else:
            self.stdout.write(text)
