"""Edits of TOML statements: lines into their table, tables at the end, where they change nobody's meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from enrich.model.page import Edit, Path, Refusal, Span, Value
from enrich.page.front.block import Node, line_at
from enrich.page.front.bracket_edit import indent_at
from enrich.page.front.revision import Given, Revision, dotted
from enrich.page.front.toml_array import ArrayPlanner, LayoutError
from enrich.page.front.toml_scan import Statement
from enrich.page.front.toml_style import TomlStyle, blank_line_at, blank_line_before, comments_above


@dataclass(frozen=True, slots=True, order=True)
class _Line:
    """Text that comes in at an offset; at the same one, pairs come before tables, else in the order found."""

    offset: int
    is_table: bool
    order: int
    text: str = field(compare=False)
    key: str = field(compare=False)
    why: str = field(compare=False)


class Planner:
    """Plans the edits of one page."""

    def __init__(self, source: bytes, inner: Span, found: Sequence[Statement], style: TomlStyle) -> None:
        self._source, self._inner, self._found, self._style = source, inner, found, style
        self._brackets = ArrayPlanner(source, style)
        self._edits: list[Edit] = []
        self._lines: list[_Line] = []
        self._opened: set[Path] = set()
        # Blank lines before the closing fence stay there.
        text = source[inner.start : inner.end].rstrip(b" \t\r\n")
        self._end = source.find(b"\n", inner.start + len(text)) + 1 if text else inner.start

    def plan(self, root: Node, revision: Revision) -> tuple[Edit, ...] | Refusal:
        """Return all edits, sorted. Refused: an inline table that would need a new key, an unclear array."""
        try:
            self._table(root, revision, ())
        except LayoutError as error:
            return Refusal(error.reason, line_at(self._source, error.offset))
        return tuple(self._settled())

    def _table(self, node: Node, revision: Revision, path: Path) -> None:
        """Plan what happens to a table that statements make."""
        for step, inner in revision.inside.items():
            self._inside(node, str(step), inner, path)
        for pair in node.pairs:
            if pair.key in revision.replaced:
                self._replaced(pair.node, revision.replaced[pair.key], (*path, pair.key))
            if pair.key in revision.dropped:
                self._cut((*path, pair.key), revision.dropped[pair.key])
        added = [(given, after) for after, group in revision.added.items() for given in group]
        # A pair behind a table would be that table's.
        for given, after in sorted(added, key=lambda each: _makes_tables(each[0].value, path)):
            self._add(path, given, after)
        if node.style == "dotted" and path and not added and len(revision.dropped) == len(node.pairs):
            # No statement is left to say that the table is there.
            why = next(iter(revision.dropped.values()))
            self._add(path[:-1], Given({}, why, str(path[-1])), None)

    def _inside(self, node: Node, key: str, revision: Revision, path: Path) -> None:
        child = next(pair.node for pair in node.pairs if pair.key == key)
        path = (*path, key)
        if child.style == "tables":
            self._tables(child, revision, path)
        elif child.style != "inline":
            self._table(child, revision, path)
        elif child.kind == "mapping" and revision.added and all(isinstance(step, str) for step in path):
            raise LayoutError(f"`{key}` is an inline table: write it as `[{dotted(path)}]`", child.span.start)
        else:
            self._edits += self._brackets.edits(child, revision, path)

    def _replaced(self, old: Node, given: Given, path: Path) -> None:
        if old.style in ("inline", ""):
            self._edits.append(self._brackets.replacement(old, given, path, is_flat=False))
        else:
            self._cut(path, given.why)
            self._add(path[:-1], Given(given.value, given.why, str(path[-1])), None)

    def _tables(self, node: Node, revision: Revision, path: Path) -> None:
        """Plan what happens to an array of tables."""
        if len(revision.dropped) == len(node.items) and not revision.inserted:
            # Tables cannot make an empty array.
            self._cut(path, revision.dropped[0])
            self._add(path[:-1], Given([], revision.dropped[0], str(path[-1])), None)
            return
        for index, inner in revision.inside.items():
            self._table(node.items[int(index)], inner, (*path, index))
        for index, given in revision.replaced.items():
            self._cut((*path, index), given.why)
            self._insert(path, int(index) + 1, given)
        for index, why in revision.dropped.items():
            self._cut((*path, index), why)
        for index, group in revision.inserted.items():
            for given in group:
                self._insert(path, index, given, goes=index == 0 and 0 in revision.dropped)

    def _insert(self, path: Path, index: int, given: Given, *, goes: bool = False) -> None:
        """Plan a new item of an array of tables; `goes` says that the item which stands there goes."""
        if not isinstance(given.value, dict):
            raise LayoutError(
                f"`{dotted(path)}` is an array of tables: no other value fits in", self._inner.start
            )
        key, text = dotted((*path, index)), self._section(path, given.value, "[[", "]]")
        blank = self._style.newline if self._style.spaced else ""
        if index or goes:
            before = self._within((*path, max(index - 1, 0)))
            is_first = goes and before[0].lines.start == self._inner.start
            self._line(
                before[-1].lines.end, text if is_first else blank + text, key, given.why, is_table=True
            )
        else:
            start = comments_above(self._source, self._within((*path, 0))[0].lines.start)
            self._line(start, text + blank, key, given.why, is_table=True)

    def _add(self, path: Path, given: Given, after: str | None) -> None:
        """Plan a new key of a table."""
        key = dotted((*path, given.key))
        if _makes_tables(given.value, path):
            self._below(self._sections((*path, given.key), given.value), key, given.why)
            return
        home = self._behind((*path, after)) if after is not None else None
        home = home or self._home(path)
        if home is None:
            home = _Home(self._end, "", (), is_table=True)
            if path not in self._opened:
                self._opened.add(path)
                self._below([self._section(path, {}, "[", "]")], dotted(path), given.why)
        name = self._style.dotted((*home.prefix, given.key))
        text = self._style.lines([(name, given.value)], home.indent)
        self._line(home.offset, text, key, given.why, is_table=home.is_table)

    def _behind(self, path: Path) -> _Home | None:
        """Return the place behind the pair that gives `path` its value, if one line does."""
        for each in self._found:
            if each.kind == "pair" and each.path == path:
                return self._after(each, path[:-1])
        return None

    def _home(self, path: Path) -> _Home | None:
        """Return the place for a table's new keys, behind its last pair or header, if it has either."""
        pairs = [each for each in self._found if each.kind == "pair" and each.section == path]
        dotted_pairs = [
            each
            for each in self._found
            if each.kind == "pair" and each.path[: len(path)] == path and len(each.section) < len(path)
        ]
        headers = [each for each in self._found if each.kind != "pair" and (each.path == path or not path)]
        if pairs or (dotted_pairs and not headers):
            return self._after((pairs or dotted_pairs)[-1], path)
        if not path:
            return _Home(self._inner.start if headers else self._end, "", ())
        return self._after(headers[-1], path) if headers else None

    def _after(self, statement: Statement, path: Path) -> _Home:
        indent = indent_at(self._source, next(name.start for name in statement.names if name))
        prefix = path[len(statement.section) :]
        return _Home(statement.lines.end, indent, prefix)

    def _below(self, sections: Iterable[str], key: str, why: str) -> None:
        """Plan tables at the end of the block."""
        for section in sections:
            has_above = self._end > self._inner.start or self._lines
            blank = self._style.newline if self._style.spaced and has_above else ""
            self._line(self._end, blank + section, key, why, is_table=True)

    def _sections(self, path: Path, value: Value) -> Iterator[str]:
        """Yield the tables of a new value, those within it after its own pairs."""
        if isinstance(value, list):
            yield from (self._section(path, item, "[[", "]]") for item in value)
        elif isinstance(value, dict):
            pairs = {key: item for key, item in value.items() if not _makes_tables(item, path)}
            if pairs or not value:
                yield self._section(path, pairs, "[", "]")
            for key in [key for key in value if key not in pairs]:
                yield from self._sections((*path, key), value[key])

    def _section(self, path: Path, value: Value, opening: str, closing: str) -> str:
        pairs = value.items() if isinstance(value, dict) else ()
        header = f"{opening}{self._style.dotted(path)}{closing}{self._style.newline}"
        return header + self._style.lines((self._style.name(key), item) for key, item in pairs)

    def _cut(self, path: Path, why: str) -> None:
        """Plan that all statements of a key or item go: their lines and the blank line that parts a table."""
        regions: list[Span] = []
        bare: list[int] = []
        last = -2
        for place, each in enumerate(self._found):
            if each.path[: len(path)] != path:
                continue
            if each.kind != "pair":
                blank = blank_line_before(self._source, each.lines.start)
                is_in = blank is not None and blank.start >= self._inner.start
                bare += [] if is_in else [len(regions)]
                regions.append(Span(blank.start if blank and is_in else each.lines.start, each.lines.end))
            elif last == place - 1:
                regions[-1] = Span(regions[-1].start, each.lines.end)
            else:
                regions.append(each.lines)
            last = place
        for index in bare:
            regions[index] = self._with_gap(regions[index], regions[index + 1 :])
        self._edits += [Edit(region, b"", dotted(path), why) for region in regions]

    def _with_gap(self, region: Span, later: Sequence[Span]) -> Span:
        """Return what goes with the blank line behind it, where that parts it from what stays."""
        after = blank_line_at(self._source, region.end)
        is_parting = self._source[after : self._inner.end].strip() and all(
            each.start >= after for each in later
        )
        return Span(region.start, after) if is_parting else region

    def _within(self, path: Path) -> list[Statement]:
        return [each for each in self._found if each.path[: len(path)] == path]

    def _line(self, offset: int, text: str, key: str, why: str, *, is_table: bool) -> None:
        self._lines.append(_Line(offset, is_table, len(self._lines), text, key, why))

    def _settled(self) -> Iterator[Edit]:
        """Yield all edits in order; lines that would come inside what goes come behind it."""
        cuts = list(_apart(sorted(self._edits, key=lambda edit: edit.span.start)))
        placed = []
        for line in sorted(self._lines):
            offset = next(
                (cut.span.end for cut in cuts if cut.span.start < line.offset < cut.span.end), line.offset
            )
            placed.append(Edit(Span(offset, offset), line.text.encode(), line.key, line.why))
        yield from sorted((*placed, *cuts), key=lambda edit: (edit.span.start, edit.span.end))


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a new pair goes: its line's offset and indent, and the table's name where keys are dotted."""

    offset: int
    indent: str
    prefix: Path
    is_table: bool = False


def _apart(cuts: Iterable[Edit]) -> Iterator[Edit]:
    """Yield sorted edits so that the blank line between two tables that go is not taken out twice."""
    end = 0
    for cut in cuts:
        yield replace(cut, span=Span(max(cut.span.start, end), cut.span.end)) if not cut.text else cut
        end = cut.span.end


def _makes_tables(value: Value, path: Path) -> bool:
    """Tell whether a new value is written as tables: they are named absolutely, so not within an item."""
    if any(isinstance(step, int) for step in path):
        return False
    is_list = isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)
    return is_list or isinstance(value, dict)
