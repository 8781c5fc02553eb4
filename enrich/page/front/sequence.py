"""Where the children of a list or mapping between brackets come and go, and which of them stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from enrich.model.page import Span
from enrich.page.front.block import Node
from enrich.page.front.revision import Given, Revision, Step

Role = Literal["behind", "before", "instead", "filling", "emptying"]


@dataclass(frozen=True, slots=True)
class Joint:
    """A place where children go (all that stand in `span`) and new ones come.

    The new ones come "behind" a child that stays (a separator before each), "before" the first that stays (a
    separator after each), "instead" of all that stood, or they are "filling" what is empty between the
    brackets; "emptying" leaves nothing between them. `step` names the first key or index concerned.
    """

    span: Span
    new: tuple[Given, ...]
    role: Role
    step: Step
    why: str


def child_spans(node: Node) -> list[Span]:
    """Return the bytes of each item, or of each pair from its name on."""
    return [Span(pair.name.start, pair.node.span.end) for pair in node.pairs] or [
        item.span for item in node.items
    ]


def joints(node: Node, revision: Revision) -> Iterator[Joint]:
    """Yield the joints at which `revision` adds or drops children of a mapping or list, from start to end."""
    steps: list[Step] = [pair.key for pair in node.pairs] or list(range(len(node.items)))
    run = _Run(node, None)
    for index, step in enumerate(steps):
        run.new += revision.inserted.get(index, ())
        if step in revision.dropped:
            run.gone.append((index, revision.dropped[step]))
        else:
            yield from run.joint(index)
            run = _Run(node, index)
        run.new += revision.added.get(str(step), ()) if node.pairs else ()
    last = revision.added.get(None, ()) if node.kind == "mapping" else revision.inserted.get(len(steps), ())
    run.new += last
    yield from run.joint(None)


@dataclass(slots=True)
class _Run:
    """What comes and goes behind a child that stays (`kept`), or before the first one."""

    node: Node
    kept: int | None
    gone: list[tuple[int, str]] = field(default_factory=list)
    new: list[Given] = field(default_factory=list)

    def joint(self, following: int | None) -> Iterator[Joint]:
        """Yield the joint, if anything comes or goes; `following` is the next child that stays."""
        if self.gone or self.new:
            role, span = self._place(child_spans(self.node), following)
            why = "; ".join(
                dict.fromkeys([*(given.why for given in self.new), *(why for _, why in self.gone)])
            )
            yield Joint(span, tuple(self.new), role, self._step(following), why)

    def _place(self, spans: list[Span], following: int | None) -> tuple[Role, Span]:
        inside = Span(self.node.span.start + 1, self.node.span.end - 1)
        if self.kept is not None:
            end = spans[self.kept].end
            return "behind", Span(end, spans[self.gone[-1][0]].end if self.gone else end)
        if following is not None:
            return "before", Span(spans[0].start, spans[following].start)
        if not self.new:
            return "emptying", inside
        return ("instead", Span(spans[0].start, spans[-1].end)) if spans else ("filling", inside)

    def _step(self, following: int | None) -> Step:
        if self.node.kind == "mapping":
            return self.new[0].key if self.new else self.node.pairs[self.gone[0][0]].key
        if self.gone:
            return self.gone[0][0]
        return len(self.node.items) if following is None else following
