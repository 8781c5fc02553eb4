from __future__ import annotations

import pytest

from enrich.model.survey import Count
from enrich.survey.hosting import parted


@pytest.mark.parametrize(
    ("host", "is_own"),
    [
        ("site.example", True),
        ("www.site.example", True),
        ("cdn.site.example:8080", True),
        ("d378j1rmrlek7x.cloudfront.net", True),
        ("bucket.s3.eu-west-1.amazonaws.com", True),
        ("storage.googleapis.com", True),
        ("notsite.example", False),
        ("site.example.evil.org", False),
        ("mycloudfront.net", False),
        ("arxiv.org", False),
    ],
)
def test_what_is_at_the_sites_address_or_rented_is_likely_its_own(host: str, is_own: bool) -> None:
    own, others = parted([Count(host, 1, 1)], "www.site.example")

    assert (bool(own), bool(others)) == (is_own, not is_own)


@pytest.mark.parametrize("host", ["", "a b.org", "a.org\n[pdf]", 'a"]', "ärzte.example", "[::1]"])
def test_what_is_no_plain_host_is_not_proposed(host: str) -> None:
    assert parted([Count(host, 1, 1)], "") == ((), ())


def test_without_an_address_only_rented_hosts_are_likely() -> None:
    own, others = parted([Count("a.org", 2, 2), Count("b.r2.dev", 1, 1)], "")

    assert [each.name for each in own] == ["b.r2.dev"]
    assert [each.name for each in others] == ["a.org"]
