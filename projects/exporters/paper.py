"""Prints a page of HTML as PDF with nothing but our own files. Only this module knows the renderer."""

import logging
from typing import cast

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from projects.exporters.html import STYLE_SHEETS

# Our style sheets speak to browsers too: what the renderer does not know of it is nothing to warn about.
logging.getLogger("weasyprint").setLevel(logging.ERROR)

STYLE_ADDRESSES = {f"static:{path.name}": path for path in STYLE_SHEETS}


class OwnFilesOnly(URLFetcher):
    """Hands the renderer our own static files by name, and refuses any other address before it is opened."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url not in STYLE_ADDRESSES:
            raise ValueError(f"documents are made from our own files only, not from {url}")
        return URLFetcherResponse(url, STYLE_ADDRESSES[url].read_bytes(), {"Content-Type": "text/css"})


def printed(page: str, identifier: bytes) -> bytes:
    """The page as PDF/UA; equal input gives equal bytes."""
    fetcher = OwnFilesOnly()
    # A style sheet has a fetcher of its own: an @import in one would go out through the renderer's.
    styles = [CSS(url=address, url_fetcher=fetcher) for address in STYLE_ADDRESSES]
    document = HTML(string=page, url_fetcher=fetcher)
    return cast(bytes, document.write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1", pdf_identifier=identifier))
