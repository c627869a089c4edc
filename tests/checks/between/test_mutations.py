"""In an area where everything agrees, each break is found by its rule alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from reportkit.checks.between import NO_ITEM, Digest, check_between
from reportkit.model.blocks import Case, Paragraph
from reportkit.model.submission import Asset, Submission
from reportkit.reading.roster import Roster

from . import area

Broken = tuple[dict[str, Digest], Roster]
ONE, OTHER, WHOLE = area.NAMES[2], area.NAMES[6], "东区管理处"


def submission(name: str) -> Submission:
    return next(s for s in area.area() if s.metadata.organisation.name == name)


def with_changed(changed: Submission, name: str) -> Broken:
    return {**area.digests(), name: area.digested(changed, name)}, area.roster()


def edited(section: Any, change: Callable[[Any], Any]) -> Any:
    """A section with its blocks changed; those for which ``change`` gives itself stay."""
    blocks = tuple(change(block) for block in section.blocks)
    below = tuple(edited(each, change) for each in section.sections)
    return section.model_copy(update={"blocks": blocks, "sections": below})


def replaced(name: str, kind: type, make: Callable[[Any], Any]) -> Broken:
    """The area with the first block of a kind in a submission changed."""
    done = []

    def change(block: Any) -> Any:
        if done or not isinstance(block, kind):
            return block
        done.append(block)
        return make(block)

    old = submission(name)
    chapters = tuple(edited(chapter, change) for chapter in old.chapters)
    assert done
    return with_changed(old.model_copy(update={"chapters": chapters}), name)


def first(section: Any, kind: type) -> Any:
    for block in section.blocks:
        if isinstance(block, kind):
            return block
    return next((b for below in section.sections if (b := first(below, kind))), None)


def found_in(name: str, kind: type) -> Any:
    return next(b for chapter in submission(name).chapters if (b := first(chapter, kind)))


def copied_case() -> Broken:
    case = found_in(ONE, Case)
    return replaced(OTHER, Case, lambda old: old.model_copy(update={"blocks": case.blocks}))


def edited_copy_of_a_paragraph() -> Broken:
    text = found_in(ONE, Paragraph).text
    text = f"我们认为，{text[:40]}等等，{text[50:]}"
    return replaced(OTHER, Paragraph, lambda old: old.model_copy(update={"text": text}))


def picture_recompressed() -> Broken:
    from PIL import Image

    old = submission(OTHER)
    with Image.open(io.BytesIO(submission(ONE).assets[0].content)) as image:
        small = image.convert("RGB").resize((224, 140))
        buffer = io.BytesIO()
        small.save(buffer, "JPEG", quality=35)
    assets = (Asset(path=old.assets[0].path, content=buffer.getvalue()), *old.assets[1:])
    return with_changed(old.model_copy(update={"assets": assets}), OTHER)


def value_changed(name: str, indicator: str, change: Callable[[Any], Any]) -> Broken:
    old = submission(name)
    observations = tuple(
        o.model_copy(update={"value": change(o.value)}) if o.indicator == indicator else o
        for o in old.data.observations
    )
    data = old.data.model_copy(update={"observations": observations})
    return with_changed(old.model_copy(update={"data": data}), name)


def sum_changed() -> Broken:
    return value_changed(WHOLE, "students.total", lambda value: value + 7)


def value_times_ten() -> Broken:
    return value_changed(ONE, "teachers.total", lambda value: value * 10)


def missing() -> Broken:
    left = {name: each for name, each in area.digests().items() if name != WHOLE}
    return left, area.roster()


def twice() -> Broken:
    again = area.digests()[WHOLE].model_copy(update={"item": "东区管理处（二）"})
    return {**area.digests(), again.item: again}, area.roster()


def unknown() -> Broken:
    listed = [s for s in area.area() if s.metadata.organisation.name not in (ONE, WHOLE)]
    others = {name: each for name, each in area.digests().items() if name != WHOLE}
    return others, area.roster(listed)


def code_of_another() -> Broken:
    old = area.digests()[ONE]
    code = area.digests()[OTHER].organisation.code
    own = old.organisation.model_copy(update={"code": code})
    changed = old.model_copy(update={"organisation": own})
    others = {name: each for name, each in area.digests().items() if name != WHOLE}
    return {**others, ONE: changed}, Roster("名录.csv")


BREAKS: list[tuple[Callable[[], Broken], set[str], set[str]]] = [
    (copied_case, {"RK822"}, {ONE, OTHER}),
    (edited_copy_of_a_paragraph, {"RK821"}, {ONE, OTHER}),
    (picture_recompressed, {"RK823"}, {ONE, OTHER}),
    (sum_changed, {"RK811"}, {WHOLE}),
    (value_times_ten, {"RK831"}, {ONE}),
    (missing, {"RK803"}, {NO_ITEM}),
    (unknown, {"RK804"}, {ONE}),
    (twice, {"RK801"}, {WHOLE, "东区管理处（二）"}),
    (code_of_another, {"RK802"}, {ONE, OTHER}),
]


def test_an_area_that_agrees_is_silent() -> None:
    found = check_between(list(area.digests().values()), area.roster(), strict=True)
    assert [(i, d.code, d.message) for i, listed in found.items() for d in listed] == []
    assert set(found) == {NO_ITEM, *area.digests()}


@pytest.mark.parametrize(
    ("make", "codes", "items"), BREAKS, ids=lambda value: getattr(value, "__name__", "")
)
def test_each_break_is_found_by_its_rule_alone(
    make: Callable[[], Broken], codes: set[str], items: set[str]
) -> None:
    digests, roster = make()
    found = check_between(list(digests.values()), roster, strict=True)
    told = {(item, d.code, d.message) for item, listed in found.items() for d in listed}
    assert {code for _, code, _ in told} == codes, told
    assert {item for item, _, _ in told} == items
