"""The demonstration's PDF against WeasyPrint alone on the same HTML, in a process of its own, whose memory counts."""

import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from weasyprint import CSS, HTML

from measures.table import Goal, Row
from projects.design.review_record import ReviewRecord
from projects.exporters import DOCUMENTS
from projects.exporters.document import Document
from projects.exporters.html import STYLE_SHEETS
from projects.exporters.pdf import document_pdf, print_page
from projects.workflow.demonstration import designs

ROUNDS = 3


def spent(work: Callable[[], Any]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def most_memory_mb() -> float:
    # Not getrusage: there, a process begins with what its parent held.
    found = re.search(r"^VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def printed() -> dict[str, Any]:
    """For each document: seconds of ours and of WeasyPrint's, in turn; and what the process needed."""
    found: dict[str, Any] = {"documents": {each.file_name: figures(each) for each in DOCUMENTS}}
    return found | {"memory_mb": most_memory_mb()}


def figures(document: Document) -> dict[str, float]:
    design, record = designs()[-1], ReviewRecord()
    page = print_page(design, record, document)
    styles = [path.read_text(encoding="utf-8") for path in STYLE_SHEETS]

    def alone() -> bytes:
        sheets = [CSS(string=style) for style in styles]
        pdf: bytes = HTML(string=page).write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1")
        return pdf

    pdf = document_pdf(design, record, document)
    rounds = [(spent(lambda: document_pdf(design, record, document)), spent(alone)) for _ in range(ROUNDS)]
    return {
        "seconds": statistics.median(ours for ours, _ in rounds),
        "ratio": statistics.median(ours / theirs for ours, theirs in rounds),
        "pages": len(PdfReader(BytesIO(pdf)).pages),
    }


def measure() -> Iterator[Row]:
    command = [sys.executable, str(Path(__file__).resolve().parent.parent / "bench.py"), "--print-only"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(done.stdout)
    for name, each in found["documents"].items():
        yield Row(f"{name} of the demonstration as PDF, warm", each["seconds"], Goal(2.0, None, "s"), pages(each))
        yield Row("the same against WeasyPrint alone", each["ratio"], Goal(1.1, 1.1, "×"))
    yield Row("memory of the process that prints", found["memory_mb"], Goal(130, None, "MB"), "most it held at once")


def pages(figures: dict[str, float]) -> str:
    return f"{figures['pages']:.0f} pages"
