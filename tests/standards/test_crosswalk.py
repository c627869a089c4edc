"""Sections of different eras that hold the same matter."""

import pytest

from reportkit.standards import available, counterparts, crosswalk, lineage, load
from reportkit.standards.crosswalk import sections

STANDARDS = {standard.id: standard for standard in available()}


@pytest.mark.parametrize("topic", crosswalk().values(), ids=lambda topic: topic.title)
def test_every_section_named_is_there(topic: object) -> None:
    for name, wanted in topic.sections.items():  # type: ignore[attr-defined]
        heirs = [s for s in STANDARDS.values() if name in lineage(s)]
        assert heirs, name
        for standard in heirs:
            assert set(wanted) <= {spec.id for spec in sections(standard)}, standard.id


@pytest.mark.parametrize(
    ("source", "section", "target", "titles"),
    [
        ("bj-district-2020", "employment", "moe-2023-district", ["培养质量"]),
        ("bj-district-2020", "employment", "bj-municipal-2022", ["就业质量"]),
        ("bj-district-2020", "party", "moe-2024-school", ["党建引领"]),
        ("bj-municipal-2022", "challenges", "bj-municipal-2025", ["挑战与对策"]),
        ("moe-2023-district", "service", "bj-district-2020", ["社会服务", "对口支援"]),
        ("bj-district-2020", "innovation", "moe-2024-school", []),
        ("bj-district-2020", "nowhere", "moe-2024-school", []),
    ],
)
def test_counterparts(source: str, section: str, target: str, titles: list[str]) -> None:
    found = counterparts(section, load(source), load(target))
    assert [spec.title for spec in found] == titles
