from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from enrich.config import Config, load
from enrich.service.office import hosts
from enrich.settings import Crossref, Pdf


def test_the_hosts_that_the_configuration_names_are_its_services_and_its_own() -> None:
    config = Config(Path(), crossref=Crossref("http://LOCALHOST:9000/api"), pdf=Pdf(("CDN.example",)))
    named = hosts(config)
    assert {"localhost:9000", "doi.org", "eutils.ncbi.nlm.nih.gov", "cdn.example"} <= named
    assert "" not in named
    assert hosts(replace(load(None, {}), pdf=Pdf())) >= {"api.crossref.org"}
