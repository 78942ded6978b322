"""Small PDFs, written by hand: with text, without, and locked."""

import io

from pypdf import PdfReader, PdfWriter


def written_pdf(*pages: str) -> bytes:
    """One page for each text, in a font that every reader has."""
    count = len(pages)
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(count))
    font = 3 + 2 * count
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>".encode()]
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode() if text else b""
        place = f"/Contents {4 + 2 * number} 0 R/Resources<</Font<</F1 {font} 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]{place}>>".encode())
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream))
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    return _file(objects)


def _file(objects: list[bytes]) -> bytes:
    content, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(content)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        content + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    )


def blank_pdf() -> bytes:
    return written_pdf("")


def encrypted_pdf() -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(written_pdf("secret"))))
    writer.encrypt("a password", algorithm="RC4-128")
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()
