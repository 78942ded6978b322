"""The renderer asks nobody for anything: a server on this machine, named in every field, sees no request."""

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pypdf import PdfReader
from weasyprint import CSS, HTML

from projects.exporters.paper import STYLE_ADDRESSES, OwnFilesOnly
from projects.exporters.pdf import document_pdf
from tests.projects.exporters.designs import DRAFT
from tests.projects.exporters.sized_designs import design_full_of


class Server(HTTPServer):
    """Answers everybody and remembers what was asked."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        self.server.requests.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


WAYS = [
    "{0}/plain",
    "![image]({0}/image.png)",
    "<img src='{0}/tag.png'><link rel=stylesheet href={0}/x.css><link rel=attachment href={0}/attached>",
    "<style>@import url({0}/import.css); body {{ background: url({0}/background.png) }}</style>",
    "@import '{0}/bare.css'; @font-face {{ src: url({0}/font.woff) }}",
    "<svg><image href='{0}/svg.png'/><use href='{0}/use.svg#a'/></svg>",
    "<object data={0}/object></object><iframe src={0}/frame></iframe><embed src={0}/embed>",
    "<base href={0}/base/><meta http-equiv=refresh content='0;url={0}/refresh'>",
    "[link]({0}/link) <{0}/auto>",
    "url({0}/name.png)",
    "file:///etc/passwd ![x](file:///etc/passwd) <img src=file:///etc/passwd>",
]


@pytest.mark.parametrize("first", [0, 5])
def test_no_text_in_a_design_makes_the_renderer_fetch(server: Server, first: int) -> None:
    ways = [way.format(server.address) for way in WAYS[first:] + WAYS[:first]]
    pdf = document_pdf(design_full_of(*ways), DRAFT)
    assert server.requests == []
    assert PdfReader(io.BytesIO(pdf)).attachments == {}


def test_links_stay_links_to_where_they_say(server: Server) -> None:
    pdf = document_pdf(design_full_of(f"[a]({server.address}/a) [b](javascript:x) [c](file:///c) [d](../d)"), DRAFT)
    notes = [note.get_object() for page in PdfReader(io.BytesIO(pdf)).pages for note in page.get("/Annots", [])]
    assert {note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})} == {f"{server.address}/a"}


def test_even_markup_of_ours_could_fetch_nothing(server: Server, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    fetcher = OwnFilesOnly()
    page = f'<img src="{server.address}/a.png"><link rel="attachment" href="{secret.as_uri()}"><p>text</p>'
    style = CSS(
        string=f'@import "{server.address}/b.css"; p {{ background: url({server.address}/c.png) }}', url_fetcher=fetcher
    )
    pdf = HTML(string=page, url_fetcher=fetcher).write_pdf(stylesheets=[style])
    assert server.requests == []
    assert PdfReader(io.BytesIO(pdf)).attachments == {}


def test_only_our_own_static_files_are_handed_out() -> None:
    fetcher = OwnFilesOnly()
    assert [fetcher.fetch(address).read()[:2] for address in STYLE_ADDRESSES] == [b"/*", b"/*"]
    with pytest.raises(ValueError, match="our own files only"):
        fetcher.fetch("static:../../pyproject.toml")


def test_the_server_of_this_test_would_see_a_request(server: Server) -> None:
    HTML(string=f'<img src="{server.address}/seen.png">').write_pdf()
    assert server.requests == ["/seen.png"]
