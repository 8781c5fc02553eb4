"""YAML front matter: its values with their places, and edits in the page's own hand.

Read as YAML 1.1 by libyaml; what is written reads the same in 1.2.
"""

from __future__ import annotations

from enrich.model.page import Changes, Edit, FrontMatter, Refusal
from enrich.page.front.refinement import refined
from enrich.page.front.revision import revise
from enrich.page.front.yaml_edit import Planner
from enrich.page.front.yaml_obstacle import obstacle
from enrich.page.front.yaml_place import Places
from enrich.page.front.yaml_read import read
from enrich.page.front.yaml_text import Hand

__all__ = ["plan", "read"]


def plan(source: bytes, front: FrontMatter, changes: Changes) -> tuple[Edit, ...] | Refusal:
    """Return the edits that make `changes`, written like what stands beside them.

    Refused: what an alias repeats elsewhere, and layouts that are not changed in place: keys behind `?`,
    pairs without braces in a list, two lists begun on one line, lines that end in a lone CR, NEL, LS or PS.
    """
    root = read(source, front.inner)
    if isinstance(root, Refusal):
        return root
    revision = revise(root.value, changes)
    if isinstance(revision, Refusal):
        return revision
    revision = refined(root, revision)
    places = Places(source, front.inner)
    if refusal := obstacle(places, root, revision):
        return refusal
    planner = Planner(source, places, Hand.of(places, root), front.newline, frozenset(places.kept(root)))
    edits = planner.edits(root, revision, (), front.inner.start)
    return tuple(sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)))
