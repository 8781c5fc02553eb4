from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from enrich.demo.crossref import CrossrefServer
from enrich.demo.datacite import DataciteServer
from enrich.demo.faults import HANG, UNAVAILABLE, Fault
from enrich.demo.registry import Registration, RegistryServer
from enrich.demo.reply import Reply, as_json
from enrich.model.accession import ArxivId
from enrich.model.identifier import Doi
from enrich.model.lookup import Absent, Failed, Found, LookUp
from enrich.model.work import Work
from enrich.net.fetch import Caps, Fetcher
from enrich.net.guard import Guard, place
from enrich.net.web import Web
from enrich.source.arxiv import Arxiv
from enrich.source.crossref.client import Crossref
from enrich.source.literature import Literature
from enrich.source.registry import Registry

AT = 1_700_000_000.0
PAPER, SET, LOST, NONE = (Doi(f"10.5555/{name}") for name in ("paper", "set", "lost", "none"))
OLD, NEW = Doi("10.5555/old"), Doi("10.5555/new")
CSL = {"DOI": SET.value, "title": "A set", "type": "dataset"}


async def no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)


class House:
    """Both services on loopback, and what asks them."""

    def __init__(
        self, crossref: Sequence[Doi], registered: Sequence[Registration], preprints: Sequence[Doi] = ()
    ) -> None:
        self.crossref = CrossrefServer([{"DOI": doi.value, "title": [f"On {doi}"]} for doi in crossref])
        self.registry = RegistryServer(registered, crossref=self.crossref)
        self.datacite = DataciteServer(
            {"doi": doi.value, "titles": [{"title": f"On {doi}"}]} for doi in preprints
        )
        self.answers: list[tuple[Doi, LookUp[Work]]] = []

    def hear(self, doi: Doi, said: LookUp[Work]) -> None:
        self.answers.append((doi, said))

    @asynccontextmanager
    async def literature(self) -> AsyncIterator[Literature]:
        async with self.crossref, self.registry, self.datacite:
            guard = Guard(place(server.url) for server in (self.crossref, self.registry, self.datacite))
            async with Fetcher(guard, "enrich/test", Caps(read_s=1)) as fetcher:
                time = iter(range(1_000_000))
                web = Web(fetcher, clock=lambda: AT, now=lambda: float(next(time)), sleep=no_sleep)
                crossref = Crossref(
                    web.host(self.crossref.url, at_once=3), self.crossref.url, timeout_s=1, clock=lambda: AT
                )
                registry = Registry(web, self.registry.url, clock=lambda: AT)
                arxiv = Arxiv(web, self.datacite.url, clock=lambda: AT)
                yield Literature(crossref, registry, arxiv, clock=lambda: AT)

    async def ask(self, *dois: Doi) -> dict[Doi, LookUp[Work]]:
        async with self.literature() as literature:
            await literature.ask(dois, self.hear)
        assert sorted(doi for doi, _ in self.answers) == sorted(set(dois))
        return dict(self.answers)


def title(said: LookUp[Work]) -> str:
    return said.value.title if isinstance(said, Found) else ""


async def test_crossref_is_asked_first_and_the_registry_only_for_the_rest() -> None:
    house = House([PAPER], [Registration(SET.value, "DataCite", CSL), Registration(LOST.value, "Crossref")])

    said = await house.ask(PAPER, SET, LOST, NONE)

    assert title(said[PAPER]) == f"On {PAPER}"
    assert title(said[SET]) == "A set"
    assert isinstance(said[LOST], Absent)
    assert said[LOST] == Absent(
        "no_metadata", "registered with Crossref, but without a record that can be read", AT
    )
    assert said[NONE] == Absent("not_found", "doi.org: DOI does not exist", AT)
    assert [asked.route for asked in house.crossref.requests] == ["list", "work"]
    assert house.crossref.requests[1].dois == (LOST.value,)
    assert all(PAPER.value not in asked.dois for asked in house.registry.requests)


async def test_a_list_that_comes_back_empty_is_no_proof_of_absence() -> None:
    house = House([PAPER, SET], [])
    empty = {"status": "ok", "message-type": "work-list", "message": {"total-results": 0, "items": []}}
    house.crossref.faults.add(Fault(as_json(empty), routes=frozenset({"list"})))

    said = await house.ask(PAPER, SET)

    assert (title(said[PAPER]), title(said[SET])) == (f"On {PAPER}", f"On {SET}")


async def test_of_arxivs_papers_datacite_is_asked_and_nobody_else() -> None:
    preprint, version = Doi("10.48550/arxiv.2101.00001"), Doi("10.48550/arxiv.2101.00002v1")
    house = House(
        [PAPER], [Registration(version.value, "DataCite", {"DOI": version.value, "title": "V"})], [preprint]
    )

    said = await house.ask(PAPER, preprint, version)

    answer = said[preprint]
    assert isinstance(answer, Found)
    assert (answer.value.title, answer.value.arxiv) == (f"On {preprint}", ArxivId("2101.00001"))
    assert title(said[version]) == "V"
    assert [asked.dois for asked in house.datacite.requests] == [(preprint.value,)]
    assert all(
        preprint.value not in asked.dois for asked in house.crossref.requests + house.registry.requests
    )


async def test_questions_for_datacite_are_counted_too() -> None:
    house = House([], [])
    async with house.literature() as literature:
        one = literature.requests_for([PAPER])
        both = literature.requests_for([PAPER, Doi("10.48550/arxiv.2101.00001")])

    assert (one[0], both[0]) == (1, 2)


async def test_nothing_asked_is_nothing_answered() -> None:
    house = House([], [])

    assert await house.ask() == {}


@pytest.mark.parametrize("agency", ["Crossref", ""])
async def test_an_alias_gets_the_work_that_it_stands_for(agency: str) -> None:
    house = House([NEW], [Registration(OLD.value, agency, alias_of=NEW.value)])
    if not agency:
        house.registry.faults.add(Fault(Reply(404), routes=frozenset({"resolve"})))

    said = (await house.ask(OLD))[OLD]

    assert isinstance(said, Found)
    assert said.value.doi == NEW


async def test_an_alias_of_another_agencys_doi_gets_its_work() -> None:
    house = House(
        [],
        [Registration(OLD.value, "Crossref", alias_of=SET.value), Registration(SET.value, "DataCite", CSL)],
    )

    assert title((await house.ask(OLD))[OLD]) == "A set"


async def test_an_alias_of_a_doi_that_nobody_registered_has_no_metadata() -> None:
    house = House([], [Registration(OLD.value, "Crossref", alias_of=NONE.value)])
    exists = Reply(200, b'[{"DOI": "10.5555/old", "RA": "Crossref"}]')
    house.registry.faults.add(Fault(exists, dois=frozenset({OLD.value}), routes=frozenset({"agency"})))
    alias = b'{"responseCode": 1, "values": [{"type": "HS_ALIAS", "data": {"value": "10.5555/none"}}]}'
    house.registry.faults.add(
        Fault(Reply(200, alias), dois=frozenset({OLD.value}), routes=frozenset({"handle"}))
    )

    said = (await house.ask(OLD))[OLD]

    assert said == Absent("no_metadata", "an alias of 10.5555/none, which nobody registered", AT)


async def test_aliases_in_a_circle_end() -> None:
    house = House([], [])
    for doi, other in [(OLD, NEW), (NEW, OLD)]:
        exists = f'[{{"DOI": "{doi}", "RA": "Crossref"}}]'
        alias = f'{{"responseCode": 1, "values": [{{"type": "HS_ALIAS", "data": {{"value": "{other}"}}}}]}}'
        for body, route in [(exists, "agency"), (alias, "handle")]:
            house.registry.faults.add(
                Fault(Reply(200, body.encode()), dois=frozenset({doi.value}), routes=frozenset({route}))
            )

    said = (await house.ask(OLD))[OLD]

    assert isinstance(said, Absent)
    assert said.reason == "no_metadata"
    assert len(house.registry.requests) <= 6


async def test_an_outage_of_crossref_asks_doi_org_nothing() -> None:
    house = House([PAPER], [])
    house.crossref.faults.add(Fault(UNAVAILABLE))

    said = await house.ask(PAPER, NONE)

    assert all(isinstance(each, Failed) and each.kind == "unavailable" for each in said.values())
    assert house.registry.requests == []


async def test_an_outage_of_doi_org_leaves_only_its_own_dois_unavailable() -> None:
    house = House([PAPER], [])
    house.registry.faults.add(Fault(UNAVAILABLE))

    said = await house.ask(PAPER, NONE)

    assert isinstance(said[PAPER], Found)
    assert isinstance(said[NONE], Failed)


async def test_an_answer_does_not_wait_for_the_others() -> None:
    house = House([PAPER], [])
    house.registry.faults.add(Fault(HANG))
    heard = asyncio.Event()

    def hear(doi: Doi, _said: LookUp[Work]) -> None:
        house.hear(doi, _said)
        heard.set()

    async with house.literature() as literature:
        asked = asyncio.ensure_future(literature.ask([PAPER, NONE], hear))
        await heard.wait()

        assert [doi for doi, _ in house.answers] == [PAPER]
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked


@pytest.mark.parametrize("doi", [PAPER, NONE])
async def test_an_error_of_the_answer_function_is_raised_as_it_is(doi: Doi) -> None:
    def full(_doi: Doi, _said: LookUp[Work]) -> None:
        raise OSError("disk full")

    async with House([PAPER], []).literature() as literature:
        with pytest.raises(OSError, match="disk full"):
            await literature.ask([doi], full)


async def test_the_estimate_is_crossrefs() -> None:
    async with House([], []).literature() as literature:
        requests, seconds = literature.requests_for([PAPER, SET, Doi("10.5555/a,b")])

    assert requests == 2
    assert seconds > 1
