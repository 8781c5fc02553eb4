"""The Dockerfile, the compose file, the Kubernetes example and docs/container.md say what the program says.

No container engine is needed: they are read as text, and their commands run on this machine.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import threading
import tomllib
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import click
import pytest
import yaml

from enrich import __version__
from enrich.cli import cli
from enrich.config import load, settings
from enrich.service.schedule import Schedule

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["enrich"]
KUBERNETES = {
    each["kind"]: each
    for each in yaml.safe_load_all((ROOT / "docs" / "kubernetes.yaml").read_text(encoding="utf-8"))
}
JOB = KUBERNETES["CronJob"]["spec"]
POD = JOB["jobTemplate"]["spec"]["template"]["spec"]
DOCUMENT = (ROOT / "docs" / "container.md").read_text(encoding="utf-8")
VARIABLES = {one.variable for one in settings()}
# The names of settings in a text; ENRICH_USER and the like, without two underscores, are none.
NAMED = re.compile(r"\bENRICH_[A-Z_]*__[A-Z_]+\b")

Instruction = tuple[str, str]


def instructions() -> list[Instruction]:
    """Return the Dockerfile's instructions: name, and all that follows on one line."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#")).replace("\\\n", " ")
    return [
        (name, rest.strip()) for name, _, rest in (line.partition(" ") for line in text.splitlines() if line)
    ]


def stages() -> list[list[Instruction]]:
    found: list[list[Instruction]] = []
    for name, rest in instructions():
        if name == "FROM":
            found.append([])
        found[-1].append((name, rest))
    return found


BUILD, IMAGE = stages()


def said(name: str) -> str:
    """Return what the image's only instruction of that name says."""
    (rest,) = [rest for each, rest in IMAGE if each == name]
    return rest


def pairs(name: str) -> dict[str, str]:
    """Return the `key=value` pairs of all instructions of that name."""
    words = [word for each, rest in IMAGE if each == name for word in shlex.split(rest)]
    return {key: value for key, _, value in (word.partition("=") for word in words)}


ENVIRONMENT = pairs("ENV")
HEALTH: list[str] = json.loads(said("HEALTHCHECK").partition("CMD ")[2])


def checked(listen: str) -> int:
    """Run the health check as the engine does, for a service that listens there; return its exit code."""
    assert HEALTH[0] == "python"
    environment = {"ENRICH_SERVICE__LISTEN": listen, "http_proxy": "http://127.0.0.1:9", "PATH": os.defpath}
    command = [sys.executable, *HEALTH[1:]]
    return subprocess.run(command, env=environment, stderr=subprocess.DEVNULL, check=False).returncode


def resolved(text: str) -> str:
    """Return a value of the compose file as it is where nobody sets anything but what is required."""
    return re.sub(r"\$\{\w+:([-?])(.*?)\}", lambda found: found[2] if found[1] == "-" else "/srv/site", text)


def option_names(command: str) -> set[str]:
    found = cli.commands[command]
    return {name for one in found.params if isinstance(one, click.Option) for name in one.opts}


def test_both_stages_stand_on_one_python_that_the_project_takes() -> None:
    (first, second) = (stage[0][1].split()[0] for stage in (BUILD, IMAGE))
    assert first == second == "python:3.12-slim"
    assert f"docker.io/library/{first}" == pairs("LABEL")["org.opencontainers.image.base.name"]
    assert "Programming Language :: Python :: 3.12" in PROJECT["classifiers"]


def test_packages_come_from_the_lock_by_their_hashes_and_nothing_else_is_installed() -> None:
    runs = " ".join(rest for name, rest in instructions() if name == "RUN")
    (install,) = re.findall(r"\bpip [^;]*\binstall [^;]*", runs)
    assert {"--require-hashes", "--no-cache-dir", "-r", "/requirements.lock"} <= set(install.split())
    assert ("COPY", "requirements.lock /") in BUILD
    assert not re.search(r"apt|curl|https?://", runs)


def test_the_build_sees_what_it_copies_and_nothing_else() -> None:
    copied = [rest.split()[0] for name, rest in BUILD if name == "COPY"]
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in lines
    assert sorted(copied) == sorted(line[1:] for line in lines if line.startswith("!"))
    assert all((ROOT / name).exists() for name in copied)
    assert all(rest.startswith("--from=build ") for name, rest in IMAGE if name == "COPY")


def test_the_entrypoint_is_the_program_that_the_project_installs() -> None:
    (name,) = json.loads(said("ENTRYPOINT"))
    module, _, function = PROJECT["scripts"][name].partition(":")
    runs = " ".join(rest for each, rest in BUILD if each == "RUN")
    assert f"'from {module} import {function}' '' '{function}()' > /opt/enrich/bin/{name}" in runs
    assert ENVIRONMENT["PATH"].split(":")[0] == "/opt/enrich/bin"


def test_what_is_run_without_a_word_is_a_command() -> None:
    (command,) = json.loads(said("CMD"))
    assert command in cli.commands


def test_the_labels_are_the_projects() -> None:
    labels = pairs("LABEL")
    assert labels["org.opencontainers.image.title"] == PROJECT["name"]
    assert labels["org.opencontainers.image.version"] == PROJECT["version"] == __version__
    assert labels["org.opencontainers.image.licenses"] == PROJECT["license"]


def test_the_image_sets_what_the_program_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = load(None, ENVIRONMENT)
    assert str(config.cache.dir) == "/cache"
    address, _, port = config.service.listen.rpartition(":")
    assert (address, port) == ("0.0.0.0", said("EXPOSE"))
    assert port == load(None, {}).service.listen.rpartition(":")[2]


def test_nobody_runs_as_root() -> None:
    user = said("USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    assert resolved(COMPOSE["user"]) == user
    context = POD["securityContext"]
    assert f"{context['runAsUser']}:{context['runAsGroup']}" == user
    assert f"| user {user.partition(':')[0]} |" in DOCUMENT


def test_the_health_check_follows_the_service(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "enrich", "serve", "--listen", "127.0.0.1:0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE) as service:
        try:
            assert service.stderr is not None
            listen = json.loads(service.stderr.readline())["url"].removeprefix("http://")
            assert checked(listen) == 0
            service.send_signal(getattr(signal, said("STOPSIGNAL")))
            assert service.wait(timeout=20) == 0
        finally:
            service.kill()
    assert checked(listen) == 1


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_the_health_check_believes_the_status(status: int, code: int) -> None:
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        server.timeout = 10
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        assert checked(f"0.0.0.0:{server.server_port}") == code
        thread.join()
    assert asked == ["/healthz"]


def test_compose_asks_for_health_as_the_image_does() -> None:
    check = COMPOSE["healthcheck"]
    assert check["test"] == ["CMD", *HEALTH]
    times = {
        key: value
        for key, _, value in (
            word[2:].partition("=") for word in re.findall(r"--\S+=\S+", said("HEALTHCHECK"))
        )
    }
    assert times == {name.replace("_", "-"): str(value) for name, value in check.items() if name != "test"}


def test_compose_sets_what_the_program_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    given: Mapping[str, str | None] = COMPOSE["environment"]
    assert set(given) <= VARIABLES
    assert given["ENRICH_SERVICE__TOKEN"] is None
    service = load(
        None, {name: resolved(value) for name, value in given.items() if value is not None}
    ).service
    assert Schedule.parse(service.cron, service.timezone)


def test_compose_takes_from_outside_the_settings_that_it_passes_on() -> None:
    for name, value in COMPOSE["environment"].items():
        assert value is None or value.startswith(f"${{{name}:-"), name


def test_compose_mounts_what_the_image_writes_to_and_nothing_else_is_writable() -> None:
    targets = [resolved(one).rpartition(":")[2] for one in COMPOSE["volumes"]]
    assert targets == [said("WORKDIR"), ENVIRONMENT["ENRICH_CACHE__DIR"]]
    assert COMPOSE["read_only"] is True
    assert [one.partition(":")[0] for one in COMPOSE["tmpfs"]] == ["/tmp"]
    assert COMPOSE["cap_drop"] == ["ALL"]
    assert COMPOSE["security_opt"] == ["no-new-privileges:true"]


def test_compose_restarts_the_service_waits_for_its_end_and_keeps_it_to_this_machine() -> None:
    assert COMPOSE["restart"] == "unless-stopped"
    # The service promises eight seconds.
    assert int(COMPOSE["stop_grace_period"].removesuffix("s")) > 8
    port = said("EXPOSE")
    assert COMPOSE["ports"] == [f"127.0.0.1:{port}:{port}"]


def test_kubernetes_runs_a_command_as_it_is() -> None:
    (container,) = POD["containers"]
    command, *options = container["args"]
    assert set(options) <= option_names(command)
    assert {one["name"] for one in container["env"]} <= VARIABLES
    assert Schedule.parse(JOB["schedule"], JOB["timeZone"])


def test_kubernetes_mounts_what_the_image_writes_to_and_nothing_else_is_writable() -> None:
    (container,) = POD["containers"]
    mounted = {one["mountPath"]: one["name"] for one in container["volumeMounts"]}
    assert set(mounted) == {said("WORKDIR"), ENVIRONMENT["ENRICH_CACHE__DIR"], "/tmp"}
    assert set(mounted.values()) == {one["name"] for one in POD["volumes"]}
    claims = {
        one["persistentVolumeClaim"]["claimName"] for one in POD["volumes"] if "persistentVolumeClaim" in one
    }
    assert KUBERNETES["PersistentVolumeClaim"]["metadata"]["name"] in claims
    assert container["securityContext"] == {
        "readOnlyRootFilesystem": True,
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
    }
    assert POD["securityContext"]["runAsNonRoot"] is True


def test_kubernetes_gives_up_on_what_cannot_start_and_tries_again_what_was_incomplete() -> None:
    (rule,) = JOB["jobTemplate"]["spec"]["podFailurePolicy"]["rules"]
    assert (rule["action"], rule["onExitCodes"]["operator"]) == ("FailJob", "In")
    codes = rule["onExitCodes"]["values"]
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Exit codes")[2]
    meanings = dict(re.findall(r"^\| (\d+) \| (.*?) \|$", table, re.M))
    assert [meanings[str(code)].split(":")[0].split(";")[0] for code in codes] == ["cannot start", "a bug"]
    assert meanings["3"].startswith("incomplete")
    # With another policy Kubernetes refuses the rules.
    assert POD["restartPolicy"] == "Never"
    assert rule["onExitCodes"]["containerName"] == POD["containers"][0]["name"]


def test_the_document_names_settings_that_there_are() -> None:
    for text in (DOCUMENT, (ROOT / "compose.yaml").read_text(encoding="utf-8")):
        assert set(NAMED.findall(text)) <= VARIABLES


def test_the_document_names_folders_and_port_of_the_image() -> None:
    for place in (said("WORKDIR"), ENVIRONMENT["ENRICH_CACHE__DIR"], "/tmp", f"port {said('EXPOSE')}"):
        assert re.search(rf"^\| `?{re.escape(place)}`? \|", DOCUMENT, re.M), place


def test_the_document_names_commands_and_options_that_there_are() -> None:
    assert set(re.findall(r"`enrich ([a-z]+)", DOCUMENT)) <= set(cli.commands)
    options = set(re.findall(r"`(--[a-z-]+)`", DOCUMENT)) - {"--user", "--no-healthcheck"}
    assert options == {"--changed", "--listen", "--wait"}
    assert options <= {name for command in ("run", "serve") for name in option_names(command)}


def test_every_mount_in_the_document_leads_into_the_image() -> None:
    mounts = re.findall(r" -v \S+?:(/\w+)(?=[\s:`])", DOCUMENT)
    assert mounts
    assert set(mounts) <= {said("WORKDIR"), ENVIRONMENT["ENRICH_CACHE__DIR"], "/run"}
