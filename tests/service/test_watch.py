from __future__ import annotations

from structlog.testing import capture_logs

from enrich.model.outcome import Budget, PageOutcome
from enrich.report.tally import Tally
from enrich.service.watch import Watch


def test_what_happens_is_logged_and_how_far_it_is_remembered() -> None:
    tally = Tally()
    watch = Watch(tally)
    with capture_logs() as logged:
        watch.budget(Budget(3, 1, 2, 0.6))
        watch.files(2, 1000)
        watch.step("ask", 1, 3)
        watch.page(PageOutcome("content/a\x1b.md", "written"), b"one\n", b"two\n")
        watch.note("a hint")

    assert [event["event"] for event in logged] == ["budget", "files", "written", "note"]
    assert logged[2]["path"] == "content/a\\x1b.md"
    assert watch.at == ("ask", 1, 3)
    assert watch.patches["content/a\x1b.md"].endswith("@@ -1 +1 @@\n-one\n+two\n")
    assert tally.report(dry_run=False, seconds=0).notes == ("a hint",)
