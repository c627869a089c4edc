"""Every rule between submissions: its bad example fires it alone, its good one nothing."""

from pathlib import Path

import pytest

from reportkit.checks import Rule, rules
from reportkit.checks.registry import Needs

from .. import gatherings

RULES = [rule for rule in rules() if Needs.OTHERS in rule.needs]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_bad_example_fires_exactly_its_rule(rule: Rule, tmp_path: Path) -> None:
    found = gatherings.diagnose(rule.bad, tmp_path)
    told = {(d.code, d.message) for listed in found.values() for d in listed}
    assert {code for code, _ in told} == {rule.code}, told


@pytest.mark.parametrize("good", sorted({rule.good for rule in RULES}))
def test_good_example_is_silent(good: str, tmp_path: Path) -> None:
    found = gatherings.diagnose(good, tmp_path)
    assert [(d.code, d.message) for listed in found.values() for d in listed] == []
