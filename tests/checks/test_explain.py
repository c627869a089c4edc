"""The texts made from the registry: one rule, the list, the page."""

from pathlib import Path

import pytest

from reportkit.checks import explain, explain_all, get, rules, rules_page, suggestions
from reportkit.checks.explain import HEADINGS
from reportkit.checks.registry import add

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_rules_page_is_in_step() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page()


def test_every_rule_has_every_heading_on_the_page_and_in_the_terminal() -> None:
    sections = rules_page().split("\n### RK")[1:]
    assert len(sections) == len(rules())
    for rule, section in zip(rules(), sections, strict=True):
        assert section.startswith(f"{rule.code[2:]} {rule.title}\n")
        text = explain(rule.code)
        assert text is not None
        for heading in HEADINGS:
            assert f"**{heading}**" in section
            assert f"\n{heading}\n    " in text


@pytest.mark.parametrize("name", ["RK201", "rk201", " section-missing ", "Section-Missing"])
def test_a_rule_is_found_by_code_or_name(name: str) -> None:
    assert get(name) is get("RK201")
    assert explain(name) == explain("RK201")


def test_an_unknown_rule_has_suggestions() -> None:
    assert explain("RK999") is None
    assert "RK201" in suggestions("RK2O1")
    assert "RK201" in suggestions("section-mising")
    assert suggestions("章节放错")[0] == "RK206"
    assert suggestions("zzzzzz") == []


def test_the_list_names_every_rule() -> None:
    text = explain_all()
    assert all(f"  {rule.code}  " in text and rule.name in text for rule in rules())


def test_codes_and_names_are_taken_only_once() -> None:
    rule = rules()[0]
    with pytest.raises(ValueError, match="already taken"):
        add(rule)
