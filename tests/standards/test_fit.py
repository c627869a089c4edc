"""Which standard a report fits: the one it was written under, also where it breaks some rules."""

import pytest

from reportkit.model.blocks import Section
from reportkit.standards import available, best_fit, load, new_submission

SHIPPED = [standard.id for standard in available()]


def written(name: str) -> tuple[list[Section], str, int]:
    """The outline of a report under a standard, numbered as it prescribes, with a fitting title."""
    standard = load(name)
    made = new_submission(standard, "某某单位", 2024)
    return list(made.chapters), made.metadata.title, made.metadata.title_year


@pytest.mark.parametrize("name", SHIPPED)
def test_a_whole_outline_fits_its_own_standard(name: str) -> None:
    chapters, _, _ = written(name)
    (best, *others) = best_fit(chapters, available())
    assert best.standard.id == name or best.score == next(
        fit.score for fit in others if fit.standard.id == name
    )
    assert 0 <= others[-1].score <= best.score <= 1


def test_half_of_the_chapters_and_a_title_suffice() -> None:
    chapters, _, _ = written("bj-district-2020")
    title = "某某区中等职业教育质量年度报告（2020）"
    numbered = [chapter for chapter in chapters if chapter.numbered][:4]
    best = best_fit(numbered, available(), title=title, year=2020)[0]
    assert best.standard.id == "bj-district-2020"
    assert best.reasons[0] == "规范所列 9 章中有 4 章"
    assert "标题中的层级相同" in best.reasons
    assert "年度相符" in best.reasons


def test_the_year_decides_between_likes() -> None:
    chapters = [Section(title="人才培养"), Section(title="服务贡献")]
    old = best_fit(chapters, available(), title="某某区年度质量报告", year=2023)[0]
    assert old.standard.id == "moe-2023-district"


def test_nothing_in_common_still_gives_an_order() -> None:
    fits = best_fit([Section(title="天气")], available())
    assert len(fits) == len(SHIPPED)
    assert [fit.score for fit in fits] == sorted((fit.score for fit in fits), reverse=True)
