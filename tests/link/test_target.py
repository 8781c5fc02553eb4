from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.link.target import MAX_URL, Fault, Target, Terms

CDN = "https://d111.cloudfront.net"
TERMS = Terms(["d111.cloudfront.net", "127.0.0.1:9000"])
EVERYTHING = Terms(["d111.cloudfront.net"], check=True)


def asked(url: str, terms: Terms = EVERYTHING) -> Target:
    target = terms.target(url)
    assert isinstance(target, Target), target
    return target


def fault(url: str, terms: Terms = EVERYTHING) -> str:
    found = terms.target(url)
    assert isinstance(found, Fault), found
    return f"{found.reason}: {found.detail}"


@pytest.mark.parametrize(
    ("url", "is_own"),
    [
        (f"{CDN}/attachments/pdf/a.pdf", True),
        (f"{CDN}/attachments/pdf/a", True),
        (f"{CDN}/attachments/pdf/study-10.1-b", True),
        ("http://127.0.0.1:9000/a.PDF", True),
        ("http://127.0.0.1:9001/a.pdf", False),
        ("https://example.org/a.pdf?download=1#page=2", False),
        ("//example.org/a.pdf", False),
        ("www.example.org/a.pdf", False),
    ],
)
def test_a_pdf_is_checked_always(url: str, is_own: bool) -> None:
    target = asked(url, TERMS)

    assert target.is_pdf
    assert target.is_own is is_own


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/",
        f"{CDN}/attachments/jpeg/a.jpeg",
        "https://github.com/x/y/blob/main/a.pdf",
        "https://en.wikipedia.org/wiki/File:a.pdf",
        "https://example.org/pdf",
        "htp://example.org/",
        "http://[::1",
    ],
)
def test_any_other_link_is_checked_when_asked(url: str) -> None:
    assert TERMS.target(url) is None
    assert EVERYTHING.target(url) is not None


@pytest.mark.parametrize(
    "url",
    [
        "",
        "#note-1",
        "/posts/x",
        "other.md",
        "?q=1",
        "../a.pdf",
        "mailto:a@example.org",
        "tel:+4912345",
        "javascript:void(0)",
        "data:text/html,x",
        "ftp://example.org/a.pdf",
        "doi:10.1000/1",
        "https://doi.org/10.1000/1",
        "http://dx.doi.org/10.1000/a.pdf",
        "https://www.doi.org/the-identifier/",
    ],
)
def test_what_is_not_the_webs_or_the_registries_matter_is_not_checked(url: str) -> None:
    assert EVERYTHING.target(url) is None


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        (" https://example.org/a b.pdf ", "https://example.org/a%20b.pdf"),
        ("https://example.org/a%20b%2Fc.pdf", "https://example.org/a%20b%2Fc.pdf"),
        ("https://example.org/caf\u00e9?q=\u00fc#top", "https://example.org/caf%C3%A9?q=%C3%BC"),
        ("https://m\u00fcnchen.example/", "https://xn--mnchen-3ya.example/"),
        ("http://\uff11\uff12\uff17\u30020.0.1/", "http://127.0.0.1/"),
        ("https://user:secret@example.org:8443/x", "https://example.org:8443/x"),
        ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]:80/"),
        ("https://example.org/a(b)[c]'d';e=*", "https://example.org/a(b)[c]'d';e=*"),
        ("https://example.org/a|b\\c^d`e", "https://example.org/a%7Cb%5Cc%5Ed%60e"),
        ("//example.org", "https://example.org/"),
        ("www.example.org", "http://www.example.org/"),
    ],
)
def test_an_address_is_sent_as_browsers_send_it(url: str, sent: str) -> None:
    assert asked(url).url == sent


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("htp://example.org/", "no scheme of the web: htp"),
        ("file:///C:/a.pdf", "no scheme of the web: file"),
        ("http://", "no host"),
        ("http:/example.org/x", "no host"),
        ("https:example.org", "no host"),
        ("http:///x", "no host"),
        ("http://exa mple.org/", "no host can be called exa mple.org"),
        ("http://example..org/", "no host can be called"),
        (f"http://{'a' * 64}.org/", "no host can be called"),
        ("http://a<b>.org/", "no host can be called"),
        ("http://example.org:99999/", "cannot be read"),
        ("http://example.org:http/", "cannot be read"),
        ("http://[::1", "cannot be read"),
        ("http://example.org/a\x07b", "control character"),
        ("http://example.org/a\nb", "control character"),
        (f"http://example.org/{'a' * MAX_URL}", "longer than 8000"),
    ],
)
def test_an_address_that_nobody_can_ask_is_broken_and_says_why(url: str, said: str) -> None:
    assert fault(url).startswith("bad address: ")
    assert said in fault(url)


def test_a_pdfs_bad_address_is_told_without_being_asked_to_check_links() -> None:
    assert fault("htps://example.org/a.pdf", TERMS).startswith("bad address")
    assert fault("http://exa mple.org/a.pdf", TERMS).startswith("bad address")


def test_excluded_addresses_are_not_checked() -> None:
    terms = Terms(check=True, exclude=["https://example.org/private/*", "*://*.test/*"])

    assert terms.target("https://example.org/private/a.pdf") is None
    assert terms.target("http://a.test/x") is None
    assert asked("https://example.org/public", terms).url == "https://example.org/public"


def test_a_remapped_address_is_asked_at_its_new_place_and_both_are_known() -> None:
    terms = Terms(
        ["new.example"],
        remap=[
            ("https://old.example/", "https://new.example/"),
            ("https://old.example/b/", "https://new.example/c/"),
        ],
    )

    assert asked("https://old.example/a.pdf#p", terms) == Target("https://new.example/a.pdf", True, True)
    assert asked("https://old.example/a.pdf#p", terms).remapped == "https://new.example/a.pdf#p"
    assert asked("https://old.example/b/x.pdf", terms).url == "https://new.example/c/x.pdf"
    assert asked("https://new.example/a.pdf", terms).remapped == ""


@pytest.mark.parametrize(
    "url",
    [
        f"{CDN}/attachments/txt/unknown.txt",
        "/attachments/txt/unknown.txt",
        f"{CDN}/attachments/txt/unknown.txt?x=1",
        "https://old.example/attachments/txt/unknown.txt",
        "https://elsewhere.example/gone",
    ],
)
def test_a_placeholder_is_broken_wherever_it_stands(url: str) -> None:
    terms = Terms(
        ["d111.cloudfront.net"],
        remap=[("https://old.example/", f"{CDN}/")],
        placeholders=["/attachments/txt/unknown.txt", "https://elsewhere.example/gone"],
    )

    assert fault(url, terms).startswith("placeholder: ")


def test_without_terms_only_pdfs_are_asked() -> None:
    assert asked("https://example.org/a.pdf", Terms()).is_pdf
    assert Terms().target("https://example.org/") is None


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=60)
    | st.text(alphabet="htp:/.#?[]@%\u00fc \\", max_size=30).map(lambda end: f"https://{end}")
)
def test_any_text_is_asked_in_ascii_or_is_wrong_or_no_link(url: str) -> None:
    target = EVERYTHING.target(url)
    if isinstance(target, Target):
        assert target.url.isascii()
        assert target.url.isprintable()
        assert " " not in target.url
        assert "#" not in target.url
        assert asked(target.url).url == target.url
