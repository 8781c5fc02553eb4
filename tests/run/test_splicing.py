from __future__ import annotations

from collections.abc import Mapping

from enrich.model.identifier import Doi
from enrich.model.note import Recollection
from enrich.model.page import FrontMatter, Refusal, Value
from enrich.model.work import Work
from enrich.page.compose import Cited, Composition, compose
from enrich.page.front import frontmatter
from enrich.page.profile import Profile, profile
from enrich.run.splicing import Planned, Spliced, after, spliced

A = Work(Doi("10.1000/a"), "On A")


def planned(data: Mapping[str, Value], memory: Recollection, to: Profile) -> Planned:
    cited = [Cited((Doi("10.1000/a"),), frozenset({Doi("10.1000/a")}), to.values(A))]

    def composing(data: Mapping[str, Value], memory: Recollection) -> Composition:
        return compose(data, cited, memory, to, settled=True)

    return Planned(composing(data, memory), composing, memory, ())


def written(source: bytes, memory: Recollection, to: Profile) -> Spliced:
    front = frontmatter.locate(source)
    plan = planned(front.data if isinstance(front, FrontMatter) else {}, memory, to)
    done = spliced(source, plan, "yaml")
    assert isinstance(done, Spliced)
    return done


def test_what_went_and_what_came_is_told_of_what_is_held() -> None:
    first = written(b"---\ntitle: T\n---\n", Recollection(), profile("list"))
    held = {"citations": [{"doi": "10.1000/a", "title": "On A"}]}
    plan = planned(held, Recollection(first.note), profile("pandoc"))

    left = after(held, plan.composed)

    assert left is not None
    assert list(left) == ["references"]
    assert plan.composed.is_placed


def test_a_front_matter_that_we_made_goes_with_the_last_of_ours() -> None:
    first = written(b"# Body\n", Recollection(), profile("list"))
    nowhere = Planned(
        compose({}, [], Recollection(first.note), profile("flat"), settled=True),
        lambda data, memory: compose(data, [], memory, profile("flat"), settled=True),
        Recollection(first.note),
        (),
    )
    front = frontmatter.locate(first.data)
    assert isinstance(front, FrontMatter)
    composed = nowhere.composing(front.data, Recollection(first.note))

    done = spliced(first.data, Planned(composed, nowhere.composing, nowhere.memory, ()), "yaml")

    assert isinstance(done, Spliced)
    assert done.data == b"# Body\n"


def test_an_edit_that_is_not_the_end_of_it_is_refused() -> None:
    plan = planned({}, Recollection(), profile("list"))
    restless = Planned(plan.composed, lambda data, memory: plan.composed, Recollection(), ())

    done = spliced(b"---\ntitle: T\n---\n", restless, None)

    assert isinstance(done, Refusal)
    assert "could not prove" in done.reason


def test_a_page_whose_front_matter_broke_meanwhile_is_refused() -> None:
    done = spliced(b"---\na: [\n---\n", planned({}, Recollection(), profile("list")), None)

    assert isinstance(done, Refusal)
