"""The page in a real Chromium: what it does there, and that nothing it must not do is tried."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

from enrich.model.claims import Fact, Judgement
from enrich.model.identifier import Doi
from enrich.model.outcome import CitationOutcome, HostTraffic, LinkOutcome, PageOutcome, Report, Status
from enrich.model.work import PartialDate, Work
from enrich.report.html.desk import Desk
from enrich.report.html.page import policy, render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

sync_api = pytest.importorskip(
    "playwright.sync_api", reason="playwright, which drives the browser, is missing"
)
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing: apt-get install chromium")

HOSTILE = "<script>alert(1)</script></script><img src=x onerror=alert(1)>"
SITE = "http://desk.example"
DESK = Desk("7", "/decisions", notice="Read this.")

Opened = Callable[..., "Page"]


rendered = cache(render)


def a_page(number: int, status: Status = "found", title: str = "") -> PageOutcome:
    doi = f"10.1000/{number:05d}"
    title = title or f"Bones in winter {number}"
    work = Work(
        Doi(doi), title=title, container=f"Journal {number % 7}", published=PartialDate(2000 + number % 20)
    )
    judgement = Judgement("suspect", (Fact("title", "Stones", title, -1), Fact("year", "2001", "2001", 0.5)))
    cited = CitationOutcome(doi, doi, 7, status, "as it is", judgement, work=work)
    patch = f"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old {number}\n+new {number} {HOSTILE}\n"
    return PageOutcome(f"content/{number:05d}.md", "written", citations=(cited,), patch=patch)


def a_report(*pages: PageOutcome) -> Report:
    return Report(False, 9.0, pages, tuple((f"10.1000/{n}", "found") for n in range(len(pages))), ())


MANY = a_report(*(a_page(number, "suspect" if number in (3, 5) else "found") for number in range(350)))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with sync_api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Open a report in a tab of its own; in the end, the browser must have had nothing to complain of."""
    complaints: list[str] = []

    def open_(report: Report, **options: object) -> Page:
        file = tmp_path / "report.html"
        file.write_text(rendered(report, 0), encoding="utf-8")
        tab: Page = browser.new_context(**options).new_page()  # type: ignore[arg-type]
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("dialog", lambda dialog: complaints.append(dialog.message))
        tab.goto(file.as_uri())
        return tab

    yield open_
    for context in browser.contexts:
        context.close()
    assert complaints == []


def rows(tab: Page) -> list[str]:
    return tab.locator("#list tr.page th").all_inner_texts()


def test_a_title_with_a_script_in_it_is_shown_as_text(opened: Opened) -> None:
    links = (LinkOutcome("javascript:alert(1)", 3, "broken", HOSTILE, HOSTILE),)
    page = PageOutcome(HOSTILE, "written", HOSTILE, 1, a_page(1, "suspect", HOSTILE).citations, links=links)
    tab = opened(a_report(page))
    tab.locator("#list summary").first.click()

    assert tab.locator("#decisions cite").inner_text() == HOSTILE
    assert tab.locator("#list .body cite").inner_text() == HOSTILE
    assert tab.locator("#list th code").inner_text() == HOSTILE
    assert tab.locator("img, a[href^='javascript']").count() == 0


def test_a_table_is_sorted_from_the_keyboard_and_says_so(opened: Opened) -> None:
    tab = opened(MANY)
    tab.locator("#at").filter(has_text="350").wait_for()
    head = tab.locator("#list th[data-column=page]")
    head.locator("button").focus()
    tab.keyboard.press("Enter")

    assert head.get_attribute("aria-sort") == "ascending"
    assert rows(tab)[:2] == ["content/00000.md", "content/00001.md"]
    assert tab.locator("#said").inner_text() == "Sorted by Page, ascending"

    tab.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "descending"
    assert rows(tab)[0] == "content/00349.md"


def test_numbers_are_sorted_as_numbers(opened: Opened) -> None:
    traffic = tuple(
        (f"{sent}.example", HostTraffic(sent=sent, retried=1)) for sent in (999, 1234, 20, 13_000)
    )
    tab = opened(Report(False, 9.0, (), (), traffic))
    tab.locator("#hosts th button", has_text="Requests").click()
    assert tab.locator("#hosts td.n:nth-child(2)").all_inner_texts() == ["20", "999", "1,234", "13,000"]


def test_a_table_of_findings_is_sorted_too(opened: Opened) -> None:
    tab = opened(MANY)
    tab.locator("#papers summary").first.click()
    years = tab.locator("#papers table.sortable").first
    years.locator("th button").nth(1).focus()
    tab.keyboard.press("Enter")
    counts = [int(text) for text in years.locator("td.n").all_inner_texts()]
    assert counts == sorted(counts)
    assert years.locator("th[aria-sort]").count() == 1


def test_the_list_is_filtered_by_words_and_by_kind(opened: Opened) -> None:
    tab = opened(MANY)
    assert rows(tab)[:3] == ["content/00003.md", "content/00005.md", "content/00000.md"]

    tab.get_by_label("Path, DOI or words").fill("10.1000/0034 content")
    tab.locator("#shown").filter(has_text="10 of 350 pages; 1 to 10").wait_for()
    assert rows(tab) == [f"content/0034{n}.md" for n in range(10)]

    tab.get_by_label("Path, DOI or words").fill("")
    tab.get_by_label("Show").select_option("*")
    tab.locator("#shown").filter(has_text="2 of 350 pages").wait_for()
    assert rows(tab) == ["content/00003.md", "content/00005.md"]

    tab.get_by_label("Path, DOI or words").fill("nothing of the kind")
    tab.locator("#shown").filter(has_text="0 of 350 pages; none").wait_for()


def test_a_page_far_down_the_list_opens_with_its_evidence_and_its_diff(opened: Opened) -> None:
    tab = opened(MANY)
    for _ in range(3):
        tab.get_by_role("button", name="Next 100").click()
    assert tab.locator("#at").inner_text() == "301 to 350 of 350"
    assert tab.get_by_role("button", name="Next 100").is_disabled()

    tab.locator("#list summary").last.focus()
    tab.keyboard.press("Enter")
    body = tab.locator("#list .body")
    assert "Bones in winter 349" in body.inner_text()
    assert body.locator("ins").inner_text().strip() == f"+new 349 {HOSTILE}"


def test_the_theme_is_the_readers(opened: Opened) -> None:
    light, dark = (
        opened(a_report(), color_scheme=scheme).evaluate(
            "getComputedStyle(document.documentElement).backgroundColor"
        )
        for scheme in ("light", "dark")
    )
    assert (light, dark) == ("rgb(253, 252, 249)", "rgb(23, 25, 28)")


def test_nothing_moves_for_those_who_want_no_motion(opened: Opened) -> None:
    tab = opened(a_report(), reduced_motion="reduce")

    assert tab.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("is_scripted", [True, False], ids=["script", "no script"])
def test_nothing_is_wider_than_a_phone(opened: Opened, is_scripted: bool) -> None:
    long = "x" * 300
    page = PageOutcome(
        f"content/{long}.md",
        "written",
        citations=(*a_page(1, "suspect", long).citations, *a_page(2, "found", long).citations),
        links=(LinkOutcome(f"https://{long}.example/{long}", 3, "broken", "missing", long),),
        patch=f"@@ -1 +1 @@\n+{long}\n",
    )
    phone = {"width": 390, "height": 844}
    tab = opened(a_report(page), viewport=phone, java_script_enabled=is_scripted)
    tab.locator("#list summary").first.click()
    tab.locator("#list .body .diff").wait_for()

    assert tab.evaluate("document.documentElement.scrollWidth") == 390


def test_the_first_stop_of_the_keyboard_skips_to_the_findings(opened: Opened) -> None:
    tab = opened(a_report())
    tab.keyboard.press("Tab")
    skip = tab.locator(".skip")
    box = skip.bounding_box()
    assert box is not None
    assert box["width"] > 100
    tab.keyboard.press("Enter")

    assert tab.evaluate("document.activeElement.id") == "main"


def test_without_script_what_needs_a_person_is_there_and_the_rest_is_named(opened: Opened) -> None:
    tab = opened(MANY, java_script_enabled=False)
    assert rows(tab)[:2] == ["content/00003.md", "content/00005.md"]
    assert not tab.locator(".filter").is_visible()
    tab.locator("#list summary").first.click()
    assert "Bones in winter 3" in tab.locator("#list .body").first.inner_text()

    # Text is not looked for in a noscript, whatever it shows.
    rest = tab.locator("noscript summary")
    assert rest.inner_text() == "150 further pages: written"
    rest.click()
    assert tab.locator("noscript pre").inner_text().splitlines()[-1] == "content/00349.md"


def served(browser: Browser, posts: list[dict[str, list[str]]], *, is_scripted: bool = True) -> Page:
    """Open the service's page as its server would send it, and keep what is posted."""
    context = browser.new_context(java_script_enabled=is_scripted)
    tab = context.new_page()
    headers = {"Content-Security-Policy": policy(DESK)}
    text = render(a_report(a_page(1, "suspect"), a_page(2)), 0, desk=DESK)

    def answer(route: Route) -> None:
        request = route.request
        if request.method == "POST":
            assert request.headers["origin"] == SITE
            posts.append(parse_qs(request.post_data or "", keep_blank_values=True))
        route.fulfill(status=200, content_type="text/html; charset=utf-8", headers=headers, body=text)

    tab.on("console", lambda message: posts.append({"complaint": [message.text]}))
    tab.route("**/*", answer)
    tab.goto(f"{SITE}/")
    return tab


SENT = {"page": ["content/00001.md"], "cites": [""], "paper": ["10.1000/00001"], "token": ["sesame"]}


def test_the_token_is_typed_once_and_goes_with_each_decision(browser: Browser) -> None:
    posts: list[dict[str, list[str]]] = []
    tab = served(browser, posts)
    tab.get_by_role("button", name="Accept").first.click()
    assert posts == []
    assert tab.evaluate("document.activeElement.id") == "token"

    tab.keyboard.type("sesame")
    tab.get_by_role("button", name="Accept").first.click()
    tab.wait_for_url("**/decisions")
    tab.goto(f"{SITE}/")
    tab.get_by_role("button", name="Refuse 10.1000/00001 on content/00001.md:7").first.click()
    tab.wait_for_url("**/decisions")

    assert posts == [{**SENT, "accept": ["true"]}, {**SENT, "accept": ["false"]}]
    assert tab.evaluate("localStorage.length + document.cookie.length") == 0
    tab.context.close()


def test_a_decision_works_without_script(browser: Browser) -> None:
    posts: list[dict[str, list[str]]] = []
    tab = served(browser, posts, is_scripted=False)
    form = tab.locator("form.decide").first
    form.get_by_label("Token").fill("sesame")
    form.get_by_role("button", name="Refuse").click()
    tab.wait_for_url("**/decisions")

    assert posts == [{**SENT, "accept": ["false"]}]
    tab.context.close()
