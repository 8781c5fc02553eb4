from __future__ import annotations

from enrich.page.body.walk import Walk


def test_events_become_blocks_with_the_bytes_of_the_page() -> None:
    walk = Walk(b"{}\nab\n", 3, dict)
    place = {"start": 0, "end": 2}
    walk.take(
        [
            ({"Start": "Paragraph"}, place),
            ({"Text": "ab"}, place),
            ("Rule", place),
            ({"End": "Paragraph"}, place),
        ]
    )
    walk.sheet.end_section()
    (block,) = walk.sheet.sections[0].blocks

    assert (block.text, block.span.start, block.span.end, block.line) == ("ab", 3, 5, 2)


def test_definitions_are_asked_for_only_where_a_link_needs_them() -> None:
    asked: list[int] = []

    def define() -> dict[str, dict[str, object]]:
        asked.append(1)
        return {"Straße  A": {"span": {"start": 7, "end": 13}}}

    source = b"[b][x]\n[x]: u"
    walk = Walk(source, 0, define)
    assert not asked
    for _ in range(2):
        walk.take(
            [
                (
                    {
                        "Start": {
                            "Link": {
                                "link_type": "Reference",
                                "dest_url": "u",
                                "id": "STRASSE a",
                                "title": "",
                            }
                        }
                    },
                    {"start": 0, "end": 6},
                ),
                ({"Text": "b"}, {"start": 1, "end": 2}),
                ({"End": "Link"}, {"start": 0, "end": 6}),
            ]
        )
    walk.sheet.end_section()

    assert asked == [1]
    span = walk.sheet.passages[0].targets[0].span
    assert source[span.start : span.end] == b"u"
