from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.demo.paper import paper
from enrich.link.worker import read, serve

XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta>'
    b"<prism:doi>10.5555/in.xmp</prism:doi><pdfx:doi> doi:10.5555/in.pdfx </pdfx:doi></x:xmpmeta>"
)


def test_two_pages_and_the_metadata_are_read() -> None:
    said = read(paper(["First page"], ["Second"], ["Third"], info={"Title": "A title", "doi": "10.5555/x"}))

    assert said == {"title": "A title", "dois": ["10.5555/x"], "text": "First page\fSecond", "problem": ""}


def test_dois_are_found_in_xmp_and_in_a_subject() -> None:
    data = paper(["x"], info={"Subject": "J. Bones 2020, doi:10.5555/in.subject"}) + XMP

    assert read(data)["dois"] == ["10.5555/in.xmp", "doi:10.5555/in.pdfx", "10.5555/in.subject"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (paper([]), "scanned: there is no text in it"),
        (paper(["secret"], locked=True), "encrypted"),
        (b"", "damaged: a reader cannot open it"),
        (b"%PDF-1.4\nnothing more", "damaged: a reader cannot open it"),
        (b"<html></html>", "damaged: a reader cannot open it"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, problem: str) -> None:
    assert read(data)["problem"] == problem


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_is_read_or_told(data: st.DataObject) -> None:
    whole = bytearray(paper(["A title"], ["More"], info={"Title": "x"}))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))

    assert json.dumps(read(bytes(whole)))


def test_questions_are_answered_in_order_until_they_end() -> None:
    files = [paper(["one"]), b"junk", paper(["three"])]
    answers = io.BytesIO()

    serve(io.BytesIO(b"".join(len(file).to_bytes(8, "big") + file for file in files)), answers)

    said = [json.loads(line) for line in answers.getvalue().splitlines()]
    assert [each.get("text", "") for each in said] == ["one", "", "three"]


def test_the_process_lives_under_limits() -> None:
    script = (
        "import resource; from enrich.link.worker import limit, MEMORY_BYTES; limit();"
        "print(*(resource.getrlimit(kind)[0] for kind in"
        " (resource.RLIMIT_AS, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)), MEMORY_BYTES)"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env=os.environ)
    memory, size, core, most = map(int, out.stdout.split())

    assert (memory, size, core) == (most, 0, 0)
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 0
