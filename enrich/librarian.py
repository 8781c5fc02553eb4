"""Builds the library: the sources of works, each with the shelf that its answers are kept on."""

from __future__ import annotations

from math import inf
from typing import Final

from enrich.config import Config
from enrich.model.accession import ArticleIds, Pmcid, Pmid, ShortDoi
from enrich.model.identifier import Doi
from enrich.model.work import Work
from enrich.net.web import Web
from enrich.run.library import Desk, Library
from enrich.source.arxiv import Arxiv
from enrich.source.crossref.client import Crossref, pool
from enrich.source.literature import Literature
from enrich.source.pmc import Pmc
from enrich.source.pubmed import Pubmed
from enrich.source.registry import Registry
from enrich.source.shortened import Shortened
from enrich.store import names, works
from enrich.store.cache import Cache
from enrich.store.shelf import Lifetimes, Shelf

_DAY_S: Final = 86_400


def library(config: Config, cache: Cache, web: Web) -> Library:
    """Return everybody who is asked about works, as the configuration says."""
    crossref, registry = _crossref(config, web), Registry(web, config.registry.url)
    literature = Literature(crossref, registry, Arxiv(web, config.datacite.url))
    email = config.pubmed.email or config.crossref.mailto
    pubmed = Pubmed(web, config.pubmed.url, api_key=config.pubmed.api_key, email=email)
    pmc = Pmc(web, config.pmc.url, email=email)
    shortened = Shortened(registry)
    kept = _Shelves(config, cache)
    return Library(
        works=Desk(kept.works, literature.ask, literature.requests_for),
        pubmed=Desk(kept.pubmed, pubmed.ask, pubmed.requests_for),
        pmc=Desk(kept.pmc, pmc.ask, pmc.requests_for),
        short=Desk(kept.short, shortened.ask, shortened.requests_for),
        searches=Desk(kept.searches, crossref.search, crossref.searches_for),
        standings=Desk(kept.standings, crossref.standings, crossref.requests_for),
        notices=kept.notices,
        search_limit=config.match.limit,
        recheck_s=config.crossref.recheck_days * _DAY_S,
    )


def _crossref(config: Config, web: Web) -> Crossref:
    mailto = config.crossref.mailto
    return Crossref(
        web.host(config.crossref.url, at_once=pool(mailto).at_once, per_s=None),
        config.crossref.url,
        mailto=mailto,
        timeout_s=config.net.read_s,
        deadline_s=config.net.total_s,
    )


class _Shelves:
    """One shelf for each kind of answer. What became of a paper is asked as often as the configuration says."""

    def __init__(self, config: Config, cache: Cache) -> None:
        lifetimes = Lifetimes(config.cache.found_days * _DAY_S, config.cache.absent_days * _DAY_S)
        # A number names its article, and a short DOI its DOI, for good.
        for_good = Lifetimes(inf, config.cache.absent_days * _DAY_S)
        recheck_s = config.crossref.recheck_days * _DAY_S
        # PubMed's records tell of retractions as well, and come 200 at a time.
        watched = Lifetimes(min(lifetimes.found_s, recheck_s), lifetimes.absent_s)
        described = (works.VERSION, works.pack, works.unpack)
        self.works: Shelf[Doi, Work] = Shelf(cache, "crossref-work", *described, lifetimes)
        self.pubmed: Shelf[Pmid, Work] = Shelf(cache, "pubmed-work", *described, watched)
        self.pmc: Shelf[Pmcid, ArticleIds] = Shelf(
            cache, "pmc-ids", names.VERSION, names.pack_ids, names.unpack_ids, lifetimes
        )
        self.short: Shelf[ShortDoi, Doi] = Shelf(
            cache, "short-doi", names.VERSION, names.pack_doi, names.unpack_doi, for_good
        )
        self.searches: Shelf[str, tuple[Work, ...]] = Shelf(
            cache, "crossref-search", works.VERSION, works.pack_all, works.unpack_all, lifetimes
        )
        self.notices: Shelf[str, tuple[Work, ...]] = Shelf(
            cache, "notices", works.VERSION, works.pack_all, works.unpack_all, Lifetimes(inf, inf)
        )
        self.standings: Shelf[Doi, Work] = Shelf(
            cache, "crossref-standing", *described, Lifetimes(recheck_s, recheck_s)
        )
