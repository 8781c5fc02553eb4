"""Edits of YAML lists and mappings in brackets: what is new stands on one line, between commas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from enrich.model.page import Edit, Span
from enrich.page.front.block import Node
from enrich.page.front.refinement import children_of
from enrich.page.front.revision import Given, Revision, Step, dotted
from enrich.page.front.sequence import Joint, joints
from enrich.page.front.yaml_place import PROPERTIES
from enrich.page.front.yaml_text import Hand, text

_Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class FlowPlanner:
    """Plans edits between brackets, in the page's hand."""

    source: bytes
    hand: Hand

    def edits(self, node: Node, revision: Revision, path: _Path) -> Iterator[Edit]:
        """Yield the edits of a list or mapping in brackets, and in it; those at one place in order."""
        children = children_of(node)
        for step, inner in revision.inside.items():
            yield from self.edits(children[step], inner, (*path, step))
        for step, given in revision.replaced.items():
            written = self._before(node, step) + self.hand.flow(given.value)
            yield Edit(children[step].span, written.encode(), dotted((*path, step)), given.why)
        for joint in joints(self._bracketed(node), revision):
            written = self._joined(joint, [self._child(node, given) for given in joint.new])
            yield Edit(joint.span, written.encode(), dotted((*path, joint.step)), joint.why)

    def _bracketed(self, node: Node) -> Node:
        """Return the node as it is behind its anchor and tag."""
        found = PROPERTIES.match(self.source, node.span.start)
        if found is None:
            return node
        bracket = b"{" if node.kind == "mapping" else b"["
        return replace(node, span=Span(self.source.index(bracket, found.end()), node.span.end))

    def _before(self, node: Node, step: Step) -> str:
        """Return what a value needs before it where a key has had none: a space, and perhaps the colon."""
        pair = node.get(str(step))
        if pair is None or pair.node.span.start < pair.node.span.end:
            return ""
        between = self.source[pair.name.end : pair.node.span.start]
        if b":" not in between:
            return ": "
        return " " if between.endswith(b":") else ""

    def _joined(self, joint: Joint, new: list[str]) -> str:
        if joint.role == "before":
            return "".join(f"{written}, " for written in new)
        if joint.role == "behind":
            # `{a:, b: 1}` is broken for libyaml: a colon wants its space.
            space = " " if self.source.startswith(b":", joint.span.start - 1) and new else ""
            return space + "".join(f", {written}" for written in new)
        return ", ".join(new)

    def _child(self, node: Node, given: Given) -> str:
        if node.kind == "list":
            return self.hand.flow(given.value)
        quoted = bool(node.pairs) and all(
            self.source.startswith(b'"', pair.name.start) for pair in node.pairs
        )
        return f"{text(given.key, quoted=quoted)}: {self.hand.flow(given.value)}"
