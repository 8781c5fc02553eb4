from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import structlog

from enrich.demo.faults import HANG, Fault, Faults

TOKEN = "0123456789abcdef"


@dataclass
class Served:
    """A service in a process of its own, and what it logs."""

    process: subprocess.Popen[bytes]
    url: str = ""
    logged: list[dict[str, Any]] = field(default_factory=list)

    def until(self, event: str) -> dict[str, Any]:
        """Read the log up to an event."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.logged.append(json.loads(line))
            if self.logged[-1]["event"] == event:
                return self.logged[-1]
        pytest.fail(f"ended without {event}: {self.logged}")

    def ask(self, path: str, method: str = "GET") -> Any:
        request = Request(self.url + path, method=method, headers={"Authorization": f"Bearer {TOKEN}"})
        with urlopen(request, timeout=20) as answer:
            body = answer.read()
        return json.loads(body) if path.startswith("/api") else body.decode()

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """End it; return the exit code and the seconds that took."""
        began = time.monotonic()
        self.process.send_signal(number)
        assert self.process.stderr is not None
        self.logged += [json.loads(line) for line in self.process.stderr]
        return self.process.wait(timeout=20), time.monotonic() - began


@contextmanager
def serving(place: Any, *arguments: str) -> Iterator[Served]:
    served = Served(place.start("serve", "--listen", "127.0.0.1:0", *arguments))
    try:
        served.url = served.until("serving")["url"]
        yield served
    finally:
        served.process.kill()
        served.process.communicate()


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENRICH_SERVICE__TOKEN", TOKEN)


@pytest.fixture(autouse=True)
def calm() -> Iterator[None]:
    """Let nothing that a service sets for its process outlast a test."""
    before, switching_s = (logging.root.handlers[:], logging.root.level), sys.getswitchinterval()
    yield
    sys.setswitchinterval(switching_s)
    logging.root.handlers[:], logging.root.level = before
    structlog.reset_defaults()


@pytest.mark.usefixtures("token")
def test_a_service_runs_when_asked_and_reads_its_configuration_again_when_told(place: Any) -> None:
    with serving(place, "--cron", "17 3 * * *") as served:
        name = served.ask("/api/runs", "POST")["id"]
        ended = served.until("run_ended")
        assert (ended["run"], ended["outcome"], ended["written"]) == (name, "done", 1)
        assert "journal: Journal of Made Examples" in place.page.read_text()
        assert served.ask(f"/api/runs/{name}")["pages"][0]["outcome"] == "written"
        assert "a page.md" in served.ask("/")
        assert 'enrich_runs_total{outcome="done"} 1.0' in served.ask("/metrics")

        code, _, said = place.run("serve", "--listen", "127.0.0.1:0")
        assert code == 2
        assert f"another service is at work here: process {served.process.pid} of" in said
        assert said.count("\n") == 1

        Path("config.toml").write_text("[service]\nkeeep = 3\njitter_s = -1\n")
        served.process.send_signal(signal.SIGHUP)
        problems = [served.until("configuration_refused")["problem"] for _ in range(2)]
        assert problems == [
            'config.toml:2: [service] keeep: unknown key; the nearest is "keep"',
            "config.toml:3: [service] jitter_s: wants 0 to 86400, got -1",
        ]
        Path("config.toml").write_text("[service]\nhosts = ['enrich.example']\n")
        served.process.send_signal(signal.SIGHUP)
        assert served.until("configuration_read")["cron"] == "17 3 * * *", "the option outranks the file"
        assert served.end()[0] == 0
    assert TOKEN not in json.dumps(served.logged)
    assert {event.get("run") for event in served.logged if event["event"] in ("budget", "written")} == {name}


@pytest.mark.usefixtures("token")
def test_a_signal_in_the_middle_of_a_run_keeps_what_came_and_the_next_start_goes_on(place: Any) -> None:
    place.crossref.faults = Faults(Fault(HANG))
    with serving(place) as served:
        name = served.ask("/api/runs", "POST")["id"]
        served.until("budget")
        code, seconds = served.end()
    assert code == 0
    assert seconds < 8
    ended = next(event for event in served.logged if event["event"] == "run_ended")
    assert (ended["run"], ended["outcome"]) == (name, "interrupted")
    assert place.page.read_text() == place.text, "the page is whole"

    place.crossref.faults = Faults()
    with serving(place) as served:
        (before,) = served.ask("/api/runs")["runs"]
        assert (before["id"], before["outcome"], before["exit_code"]) == (name, "interrupted", 143)
        served.ask("/api/runs", "POST")
        assert served.until("run_ended")["outcome"] == "done"
    assert place.doi in place.page.read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--cron", "61 * * * *"), '[service] cron: "61 * * * *": its minute means nothing'),
        (("--cron", "soon"), '[service] cron: "soon" has 1 fields'),
        (("--listen", "8080"), "--listen: wants an address and a port"),
        (("--listen", "203.0.113.1:0"), "[service] listen: cannot listen on 203.0.113.1:0"),
        (("-c", "none.toml"), "none.toml: no such file"),
    ],
)
def test_what_cannot_be_served_ends_with_a_sentence(
    place: Any, arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = place.run("serve", *arguments)
    assert (code, out) == (2, b"")
    assert err.startswith(f"enrich: {said}")
    assert err.count("\n") == 1


def test_a_port_in_use_is_told(place: Any) -> None:
    taken = place.crossref.url.removeprefix("http://")
    code, _, said = place.run("serve", "--listen", taken)
    assert code == 2
    assert said.startswith(f"enrich: [service] listen: {taken} is in use by another program")


def test_beyond_loopback_without_a_token_a_service_only_shows(place: Any) -> None:
    served = Served(place.start("serve", "--listen", "0.0.0.0:0"))
    try:
        served.url = served.until("serving")["url"].replace("0.0.0.0", "127.0.0.1")
        assert "ENRICH_SERVICE__TOKEN" in served.until("read_only")["reason"]
        with pytest.raises(HTTPError) as refused:
            served.ask("/api/runs", "POST")
        assert refused.value.code == 403
        assert "read-only" in json.loads(refused.value.read())["error"]
        refused.value.close()
        assert served.ask("/api/runs")["read_only"] is True
        assert served.end()[0] == 0
    finally:
        served.process.kill()
        served.process.communicate()


def test_other_commands_do_not_load_a_web_server() -> None:
    seen = "import sys, enrich.cli; sys.exit(bool({'aiohttp.web', 'cronsim', 'prometheus_client'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", seen], check=False).returncode == 0
