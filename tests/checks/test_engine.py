"""The engine: order of rules, faults of rules, severities, places, sections."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.checks import Rule, check, get, rules
from reportkit.checks.context import Context
from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding, Severity
from reportkit.reading.result import ReadResult
from reportkit.workflow import Opened

from .examples import opened
from .test_render import BROKEN, FINE


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return opened(BROKEN, tmp_path_factory.mktemp("broken"))


@pytest.fixture(scope="module")
def fine(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return opened(FINE, tmp_path_factory.mktemp("fine"))


def failing(context: Context) -> Iterator[Finding]:
    yield from ()
    raise ZeroDivisionError(context)


def rule(code: str) -> Rule:
    found = get(code)
    assert found is not None
    return found


@given(seed=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_the_order_of_rules_does_not_matter(broken: Opened, seed: int) -> None:
    shuffled = list(rules())
    random.Random(seed).shuffle(shuffled)
    made = check(broken.result, broken.standard, broken.report, rules=shuffled, strict=True)
    assert made == broken.diagnostics


def test_each_rule_alone_finds_what_it_finds_among_all(broken: Opened) -> None:
    alone = [
        found
        for each in rules()
        for found in check(broken.result, broken.standard, broken.report, rules=[each])
        if found.code == each.code and found.explained is None
    ]
    together = [found for found in broken.diagnostics if found.explained is None]
    assert {found.code for found in alone} == {found.code for found in together}


def test_a_rule_that_fails_becomes_a_finding_and_the_others_go_on(broken: Opened) -> None:
    bad = replace(rule("RK201"), find=failing)
    made = check(broken.result, broken.standard, broken.report, rules=[bad, rule("RK207")])
    assert sorted(found.code for found in made) == ["RK100", "RK207"]
    assert "RK201" in next(found.message for found in made if found.code == "RK100")
    with pytest.raises(ZeroDivisionError):
        check(broken.result, broken.standard, broken.report, rules=[bad], strict=True)


def test_a_finding_that_no_rule_knows_is_not_lost(fine: Opened) -> None:
    result = fine.result.with_findings([Finding(code="RK899", place=Place(file="report.yaml"))])
    made = check(result, fine.standard, fine.report)
    assert [(found.code, found.place.file) for found in made] == [("RK100", "report.yaml")]
    assert "RK899" in made[0].message


def test_without_submission_only_what_reading_found_is_told(tmp_path: Path) -> None:
    finding = Finding(code="RK101", place=Place(file="x"), args={"path": "x", "reason": "空"})
    made = check(ReadResult(None, tmp_path, "folder", (finding,)), None, None, strict=True)
    assert [found.code for found in made] == ["RK101"]


def test_a_standard_may_set_severities(broken: Opened) -> None:
    assert broken.standard is not None
    severities = {"RK325": Severity.ERROR, "RK314": Severity.INFO}
    standard = broken.standard.model_copy(update={"severities": severities})
    made = {d.code: d.severity for d in check(broken.result, standard, broken.report)}
    assert (made["RK325"], made["RK314"]) == (Severity.ERROR, Severity.INFO)


def test_only_what_can_be_explained_is_said_to_be(broken: Opened) -> None:
    assert broken.standard is not None
    standard = broken.standard.model_copy(update={"severities": {"RK314": Severity.INFO}})
    for chosen, told in ((broken.standard, True), (standard, False)):
        (found,) = (d for d in check(broken.result, chosen, broken.report) if d.code == "RK314")
        assert ("explanations" in found.hint) is told


def test_what_reading_and_composing_both_find_is_told_once(broken: Opened) -> None:
    place = Place(file="chapters/2.md", line=5, column=3)
    finding = Finding(code="RK137", place=place, args={"url": "ftp://x"})
    assert broken.report is not None
    report = broken.report.model_copy(update={"problems": (finding,)})
    result = broken.result.with_findings([finding])
    made = check(result, broken.standard, report, rules=[rule("RK137")], strict=True)
    assert [found.code for found in made] == ["RK137"]


def test_diagnostics_come_in_the_order_of_the_report(broken: Opened) -> None:
    files = [found.place.file for found in broken.diagnostics]
    assert files == sorted(files, key=lambda name: (name != "report.yaml", name))
    for one, other in pairwise(broken.diagnostics):
        if one.place.file == other.place.file:
            assert (one.place.line or 0) <= (other.place.line or 0)


def test_sections_are_told_as_printed(broken: Opened) -> None:
    sections = {found.code: found.section for found in broken.diagnostics}
    assert sections["RK213"] == "一、概况 › （二）队伍"
    assert sections["RK222"] == ""
