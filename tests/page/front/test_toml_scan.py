from __future__ import annotations

from enrich.model.page import Path, Span
from enrich.page.front import toml_block
from enrich.page.front.block import Node


def test_every_value_has_its_place() -> None:
    block = b"""a . "b\\u0063" = [1, {x.y = 'z'}] # note
'''
[t]
d = 1979-05-27 07:32:00 # when
s = \"\"\"a ""\\" b\"\"\"\"
""".replace(b"'''\n", b"")
    root = toml_block.read(block, Span(0, len(block)))
    assert isinstance(root, Node)
    assert leaves(block, root) == {
        ("a", "bc", 0): "1",
        ("a", "bc", 1, "x", "y"): "'z'",
        ("t", "d"): "1979-05-27 07:32:00",
        ("t", "s"): '"""a ""\\" b""""',
    }


def leaves(source: bytes, node: Node, path: Path = ()) -> dict[Path, str]:
    if node.kind == "scalar":
        return {path: source[node.span.start : node.span.end].decode()}
    children: list[tuple[str | int, Node]] = [(pair.key, pair.node) for pair in node.pairs]
    children += enumerate(node.items)
    return {
        key: text for step, child in children for key, text in leaves(source, child, (*path, step)).items()
    }
