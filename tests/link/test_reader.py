from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from enrich.demo.paper import paper
from enrich.link.reader import PdfReader, own_text
from enrich.model.identifier import Doi

GOOD = paper(
    ["A good paper", "doi:10.5555/good"], info={"Title": "A  good\npaper", "doi": "doi:10.5555/GOOD"}
)


def worker(tmp_path: Path, body: str) -> tuple[str, ...]:
    """Return a command that runs a worker of our own, which may treat one file as it likes."""
    file = tmp_path / "worker.py"
    file.write_text(f"import sys, time, os\nfrom enrich.link.worker import read, serve\n{body}\n")
    return (sys.executable, str(file))


async def test_a_file_is_read_in_another_process() -> None:
    async with PdfReader() as reader:
        content = await reader.read(GOOD, "v1")

    assert content.version == "v1"
    assert content.title == "A good paper"
    assert content.dois == (Doi("10.5555/good"),)
    assert "doi:10.5555/good" in content.text
    assert content.problem == ""


async def test_many_files_are_read_one_after_the_other_by_one_worker() -> None:
    async with PdfReader() as reader:
        papers = [paper([f"Paper {number}"]) for number in range(12)]
        said = await asyncio.gather(*(reader.read(data, str(n)) for n, data in enumerate(papers)))

    assert [content.text for content in said] == [f"Paper {number}" for number in range(12)]
    assert [content.version for content in said] == [str(number) for number in range(12)]


async def test_a_worker_that_crashes_costs_one_file(tmp_path: Path) -> None:
    crashing = worker(
        tmp_path,
        "size = int.from_bytes(sys.stdin.buffer.read(8), 'big'); data = sys.stdin.buffer.read(size)\n"
        "if b'crash' in data: os.abort()\n"
        "import io; serve(io.BytesIO(size.to_bytes(8, 'big') + data), sys.stdout.buffer)\n"
        "serve(sys.stdin.buffer, sys.stdout.buffer)",
    )
    async with PdfReader(command=crashing) as reader:
        bad = await reader.read(b"crash", "1")
        good = await reader.read(GOOD, "2")

    assert bad.problem == "it makes the reader crash"
    assert good.problem == ""


async def test_a_file_that_takes_too_long_is_left(tmp_path: Path) -> None:
    hanging = worker(tmp_path, "time.sleep(60)")
    async with PdfReader(limit_s=0.2, command=hanging) as reader:
        content = await reader.read(GOOD, "1")

    assert content.problem == "reading it takes more than 0.2 s"


async def test_a_worker_that_talks_nonsense_is_as_good_as_dead(tmp_path: Path) -> None:
    for said in ("'not JSON'", "'[1]'", "'x' * 2_000_000"):
        async with PdfReader(
            command=worker(tmp_path, f"print({said}, flush=True); time.sleep(60)")
        ) as reader:
            assert (await reader.read(GOOD)).problem == "it makes the reader crash"


async def test_memory_has_a_limit(tmp_path: Path) -> None:
    small = worker(
        tmp_path,
        "from enrich.link.worker import limit\nlimit(1 << 27); serve(sys.stdin.buffer, sys.stdout.buffer)",
    )
    async with PdfReader(command=small) as reader:
        large = await reader.read(b"%PDF-1.4\n" + bytes(150_000_000))
        good = await reader.read(GOOD)

    assert large.problem
    assert good.problem == ""


async def test_who_stops_waiting_leaves_no_answer_for_the_next() -> None:
    async with PdfReader() as reader:
        task = asyncio.ensure_future(reader.read(paper(["first"])))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

        assert (await reader.read(paper(["second"]))).text == "second"


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "REFERENCES",
        "7. References:",
        "Literature Cited",
        "R\u00e9f\u00e9rences",
        "Bibliography",
        "[References]",
    ],
)
def test_a_list_of_references_is_not_the_papers_own_text(heading: str) -> None:
    assert (
        own_text(f"A title\r\nText.\r\n{heading}\r\n1. Smith J. Another title. doi:10.1000/2")
        == "A title\r\nText.\r\n"
    )


def test_the_word_in_a_sentence_is_no_heading() -> None:
    text = "For references see below.\nReferences to sheep abound."

    assert own_text(text) == text


def test_words_torn_at_a_lines_end_are_whole_again() -> None:
    assert own_text("osteo\ufffe\r\nporosis in sel\u00adenium") == "osteoporosis in selenium"


def test_a_long_text_is_cut() -> None:
    assert len(own_text("x" * 100_000)) == 8_000
