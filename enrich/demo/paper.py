"""PDFs of our own making: a page or two of plain text, with what a test or the demo needs said in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

_LINE_PT: Final = 14
_FONT: Final = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
# A user password that nobody knows: 40-bit RC4 of ISO 32000-1, 7.6.3, with values that fit no key.
_LOCK: Final = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'5a' * 32}> /U <{'a5' * 32}> >>"


def paper(
    *pages: Sequence[str], info: Mapping[str, str] | None = None, padding: int = 0, locked: bool = False
) -> bytes:
    """Return a PDF with the given lines on its pages (Latin letters); `info` is its metadata.

    A page without lines is one without text, as a scanned one is. `padding` bytes make the file larger;
    `locked` asks a reader for a password.
    """
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        _FONT,
    ]
    for index, lines in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            f" /Contents {5 + 2 * index} 0 R >>"
        )
        objects.append(_stream(_shown(lines)))
    objects.append(
        "<< " + " ".join(f"/{key} ({_escaped(text)})" for key, text in (info or {}).items()) + " >>"
    )
    lock = f" /Encrypt {len(objects) + 1} 0 R /ID [<00> <00>]" if locked else ""
    if locked:
        objects.append(_LOCK)
    if padding:
        objects.append(_stream("%" * padding))
    return _file(objects, f"/Root 1 0 R /Info {4 + 2 * len(pages)} 0 R{lock}")


def _shown(lines: Sequence[str]) -> str:
    if not lines:
        return ""
    text = f" 0 -{_LINE_PT} Td\n".join(f"({_escaped(line)}) Tj" for line in lines)
    return f"BT /F1 10 Tf 50 780 Td\n{text}\nET"


def _stream(content: str) -> str:
    return f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: Sequence[str], trailer: str) -> bytes:
    data = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + content.encode("cp1252") + b"\nendobj\n"
    table = len(data)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode()
    data += f"trailer\n<< /Size {len(objects) + 1} {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(data)
