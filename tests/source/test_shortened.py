from __future__ import annotations

from collections.abc import Mapping

from enrich.demo.registry import Registration, RegistryServer
from enrich.model.accession import ShortDoi
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Found, LookUp
from enrich.net.fetch import Caps, Fetcher
from enrich.net.guard import Guard, place
from enrich.net.host import Patience
from enrich.net.web import Web
from enrich.source.registry import Registry
from enrich.source.shortened import Shortened

KNOWN, LOST = ShortDoi("10/fx2k"), ShortDoi("10/zzzz")


async def test_each_short_doi_is_asked_once_and_stands_for_its_doi_or_for_none() -> None:
    answers: dict[ShortDoi, LookUp[Doi]] = {}
    server = RegistryServer([Registration("10/fx2k", alias_of="10.5555/a")])
    async with server, Fetcher(Guard([place(server.url)]), "enrich/test", Caps(read_s=1)) as fetcher:
        shortened = Shortened(Registry(Web(fetcher, Patience(attempts=1)), server.url, clock=lambda: 1.0))
        await shortened.ask([KNOWN, LOST, KNOWN], answers.__setitem__)

    said: Mapping[ShortDoi, object] = {short: type(answer) for short, answer in answers.items()}
    assert said == {KNOWN: Found, LOST: Absent}
    assert answers[KNOWN] == Found(Doi("10.5555/a"), 1.0)
    assert len(server.requests) == 2
    assert shortened.requests_for([KNOWN, KNOWN]) == (1, 0.2)
