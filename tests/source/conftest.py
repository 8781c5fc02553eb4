from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def no_certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(autouse=True)
def _plain_http(no_certificates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """habanero loads all certificates for each call, 50 ms that plain HTTP can spare."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(no_certificates))
