from __future__ import annotations

import asyncio
import gzip
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from enrich.model.outcome import CitationOutcome, PageOutcome, Report
from enrich.report.html import page
from enrich.service.history import Begun, Ending, History, Run
from enrich.service.views import Views

SUN = CitationOutcome("10.1000/sun", "10.1000/sun", 3, "suspect", "another title")
WORDS = CitationOutcome("Words of one", "10.1000/words", 4, "suggested", in_words=True)
REPORT = Report(False, 1.0, (PageOutcome("content/<b>.md", "unchanged", citations=(SUN, WORDS)),), (), ())


def ended(history: History, number: int, ending: Ending = "done", *, dry_run: bool = False) -> Run:
    begun = Begun(f"20270115T08{number:02d}00Z", "schedule", dry_run, 1_800_000_000.0 + 60 * number)
    run = Run(begun, 1.0, ending, 0)
    history.add(run)
    history.write(run, replace(REPORT, dry_run=dry_run))
    return run


async def html(views: Views, run: Run | None, notice: str = "", *, is_open: bool = True) -> str:
    view = await views.view(run, is_open=is_open)
    return gzip.decompress(await views.html(view, notice)).decode()


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path, 30)


async def test_the_last_run_that_came_to_its_end_shows_how_the_site_stands(history: History) -> None:
    views = Views(history)
    assert views.latest() is None
    ended(history, 0, "failed")
    assert views.latest() is None
    cut = ended(history, 1, "interrupted")
    assert views.latest() == cut
    done = ended(history, 2, "incomplete")
    ended(history, 3, "interrupted")
    ended(history, 4, "failed")
    assert views.latest() == done


async def test_a_page_has_forms_where_it_is_the_latest_and_anything_may_change(history: History) -> None:
    old, new = ended(history, 0), ended(history, 1)
    views = Views(history)
    assert 'action="/decisions"' in await html(views, new)
    assert 'action="/decisions"' not in await html(views, old)
    assert 'action="/decisions"' not in await html(views, new, is_open=False)
    assert "form-action 'self'" in (await views.view(new, is_open=True)).policy
    assert "form-action 'none'" in (await views.view(old, is_open=True)).policy


async def test_a_page_leads_to_the_other_runs_and_speaks_of_the_one_before(history: History) -> None:
    old, _dry, new = ended(history, 0), ended(history, 1, dry_run=True), ended(history, 2)
    views = Views(history)
    shown = await html(views, new)
    assert f'href="/runs/{old.id}"' in shown
    assert f'href="/runs/{new.id}"' not in shown
    assert "2027-01-15T08:01:00Z: done, dry run" in shown
    assert 'id="since"' in shown
    assert 'id="since"' not in await html(views, old)


async def test_a_notice_stands_in_its_place_and_is_escaped(history: History) -> None:
    run = ended(history, 0)
    views = Views(history)
    plain = await html(views, run)
    assert '<p class="notice">' not in plain
    noticed = await html(views, run, "<script>alert(1)</script>")
    assert noticed.replace('<p class="notice">&lt;script&gt;alert(1)&lt;/script&gt;</p>', "") == plain
    assert noticed.index('<p class="notice">') < noticed.index("<main")


async def test_questions_are_those_that_a_form_asks(history: History) -> None:
    view = await Views(history).view(ended(history, 0), is_open=True)
    assert view.questions == {
        ("content/<b>.md", "", "10.1000/sun"),
        ("content/<b>.md", "Words of one", "10.1000/words"),
    }


async def test_without_any_run_there_is_a_page_all_the_same(history: History) -> None:
    assert "0 of 0 pages" in await html(Views(history), None)


async def test_a_page_is_made_once_and_anew_after_the_next_run(history: History) -> None:
    made: list[str] = []

    def counted(*arguments: Any, **more: Any) -> str:
        made.append("")
        return page.render(*arguments, **more)

    views, run = Views(history, counted), ended(history, 0)
    await asyncio.gather(*(html(views, run) for _ in range(3)))
    assert len(made) == 1
    ended(history, 1)
    await html(views, run)
    assert len(made) == 2


async def test_a_report_that_is_gone_or_damaged_is_an_empty_page(history: History, tmp_path: Path) -> None:
    run, after = ended(history, 0), ended(history, 1)
    (tmp_path / "runs" / run.id / "values.json.gz").write_bytes(b"damaged")
    (tmp_path / "runs" / run.id / "report.json.gz").write_bytes(b"damaged")
    assert "0 of 0 pages" in await html(Views(history), run)
    assert 'id="since"' not in await html(Views(history), after)


async def test_a_page_that_could_not_be_made_is_tried_again(history: History) -> None:
    faults = [ZeroDivisionError()]

    def faulty(*arguments: Any, **more: Any) -> str:
        if faults:
            raise faults.pop()
        return page.render(*arguments, **more)

    views, run = Views(history, faulty), ended(history, 0)
    with pytest.raises(ZeroDivisionError):
        await views.view(run, is_open=True)
    assert "<main" in await html(views, run)
