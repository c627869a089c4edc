"""What changed from one standard to another."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.standards import Change, available, diff, load, render_diff
from reportkit.standards.compare import _moved

from .tools import SMALL, heir

STANDARDS = available()
BASE = SMALL + "limits: {case: {at_most: 1000}}\n"


def changes(root: Path, text: str) -> list[Change]:
    """What ``text`` changes in ``small``, but for the standard itself."""
    new = heir(root, text, BASE)
    return [change for change in diff(load("small", extra=root), new) if change.what != "standard"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("outline: [{id: new, title: 新}]", [("added", "section", "new")]),
        ("outline: [{id: two, remove: true}]", [("removed", "section", "two")]),
        (
            "outline: [{id: two, title: 改, status: assumed}]",
            [("renamed", "section", "two")],
        ),
        ("outline: [{id: three, before: one}]", [("moved", "section", "three")]),
        (
            "outline: [{id: two, need: optional, status: assumed}]",
            [("changed", "section", "two")],
        ),
        ("outline: [{id: two, guidance: 写。}]", [("changed", "section", "two")]),
        (
            "outline: [{id: one, sections: [{id: one-b, remove: true}]},"
            " {id: two, sections: [{id: one-b, title: 乙}]}]",
            [("moved", "section", "one-b")],
        ),
        ("parts: [{part: toc}]", [("added", "part", "toc")]),
        ("parts: [{part: body, title: 正, status: assumed}]", [("changed", "part", "body")]),
        ("tables: [{id: t, title: 表}]", [("added", "table", "t")]),
        ("indicators: [{id: a.b, name: 数}]", [("added", "indicator", "a.b")]),
        (
            "indicators: [{id: a.b, name: 数}]\nrequired_indicators: [{id: a.b}]",
            [("added", "indicator", "a.b"), ("added", "required_indicator", "a.b")],
        ),
        ("numbering: {table: '表{n}'}", [("changed", "numbering", "")]),
        ("limits: {case: {at_most: 800}}", [("changed", "limit", "")]),
    ],
)
def test_each_kind_of_change(
    tmp_path: Path, text: str, expected: list[tuple[str, str, str]]
) -> None:
    found = changes(tmp_path, text + "\n")
    assert sorted((c.kind, c.what, c.id) for c in found) == sorted(expected)


def test_values_before_and_after(tmp_path: Path) -> None:
    (change,) = changes(tmp_path, "outline: [{id: two, need: optional, status: assumed}]\n")
    assert [(d.key, d.old, d.new) for d in change.differences] == [("need", "required", "optional")]


def test_a_section_in_another_chapter_tells_where_it_was(tmp_path: Path) -> None:
    text = (
        "outline: [{id: one, sections: [{id: one-b, remove: true}]},"
        " {id: two, sections: [{id: one-b, title: 乙}]}]\n"
    )
    (change,) = changes(tmp_path, text)
    assert change.path == ("第二部分",)
    assert change.differences[0].old == ("第一部分",)


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda standard: standard.id)
def test_a_standard_does_not_differ_from_itself(standard: object) -> None:
    assert diff(standard, standard) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("old", STANDARDS, ids=lambda standard: standard.id)
@pytest.mark.parametrize("new", STANDARDS, ids=lambda standard: standard.id)
def test_back_is_the_mirror_of_forth(old: object, new: object) -> None:
    forth, back = diff(old, new), diff(new, old)  # type: ignore[arg-type]
    mirror = {"added": "removed", "removed": "added"}
    assert {(mirror.get(c.kind, c.kind), c.what, c.id) for c in forth if c.kind != "moved"} == {
        (c.kind, c.what, c.id) for c in back if c.kind != "moved"
    }
    text = render_diff(old, new, forth)  # type: ignore[arg-type]
    assert "None" not in text
    assert "True" not in text
    assert text.count("\n＋") + text.count("\n－") <= len(forth)


@given(st.permutations(list("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_what_moves_is_little_and_enough(order: list[str], gone: set[str]) -> None:
    old, new = list("abcdef"), [item for item in order if item not in gone]
    moved = _moved(old, new)
    left = [item for item in new if item not in moved]
    assert left == sorted(left)
    assert not moved or len(moved) < len(new)
