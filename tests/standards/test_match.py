"""Which mandated section a section of a submission stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.model.standard import Need, Standard
from reportkit.standards import available, load, match_outline, walk
from reportkit.standards.crosswalk import sections
from reportkit.standards.scaffold import new_submission
from reportkit.standards.titles import bare

from .tools import chapter, outline, section

REAL = ("dongcheng-2023", "xicheng-2023", "beijing-2025", "beijing-2023", "changping-2020")


@pytest.fixture(scope="module")
def district() -> Standard:
    return load("bj-district-2020")


@pytest.mark.parametrize("name", REAL)
def test_published_outlines_have_all_that_is_required_in_order(name: str) -> None:
    identifier, chapters = outline(name)
    standard = load(identifier)
    matches = list(walk(match_outline(chapters, standard)))
    found = [match.spec.id for match in matches if match.spec]
    order = [spec.id for spec in standard.outline]
    required = {spec.id for spec in sections(standard) if spec.need is Need.REQUIRED}
    assert required <= set(found)
    chapters_found = [each.spec.id for each in matches if each.spec and each.level == 1]
    assert chapters_found == sorted(chapters_found, key=order.index)
    assert len(found) == len(set(found))
    assert not any(match.misplaced or match.how == "near" for match in matches)


@pytest.mark.parametrize("name", REAL)
def test_only_sections_of_the_authors_own_are_unknown(name: str) -> None:
    identifier, chapters = outline(name)
    matches = match_outline(chapters, load(identifier))
    assert all(match.spec for match in matches)
    below = [inner for match in matches for inner in match.sections]
    own = [inner.section.title for inner in below if inner.spec is None]
    assert all("首善" in title or "三年行动" in title for title in own)


def test_an_id_wins_over_the_title(district: Standard) -> None:
    (match,) = match_outline([chapter("换了名字", id="basics")], district)
    assert match.spec is not None
    assert (match.spec.id, match.how) == ("basics", "id")


def test_an_id_may_have_the_prefix_of_references(district: Standard) -> None:
    (match,) = match_outline([chapter("换了名字", id="sec:basics")], district)
    assert match.how == "id"


def test_footnotes_spaces_emphasis_and_quotes_do_not_matter() -> None:
    standard = load("moe-2023-district")
    chapters = [chapter("**人才 培养**[^1]"), chapter("国际合作", '助力"一带一路"建设')]
    first, second = match_outline(chapters, standard)
    assert (first.how, second.sections[0].how) == ("title", "title")


def test_a_variant_may_hold_any_text() -> None:
    (match,) = match_outline([chapter("2031年某市亮点")], load("bj-municipal-2025"))
    assert match.spec is not None
    assert (match.spec.id, match.how) == ("highlights", "variant")


def test_a_variant_gives_way_to_the_title(district: Standard) -> None:
    (match,) = match_outline([chapter("社会贡献", "区域合作", "对口支援")], district)
    assert [inner.how for inner in match.sections] == [None, "title"]


def test_an_untitled_preface_is_known_only_if_it_has_no_number(district: Standard) -> None:
    preface, numbered = match_outline(
        [chapter("", numbered=False), chapter("", numbered=True)], district
    )
    assert preface.spec is not None
    assert preface.spec.id == "preface"
    assert numbered.spec is None


def test_a_near_title_is_only_a_suggestion(district: Standard) -> None:
    (match,) = match_outline([chapter("学生的发展")], district)
    assert match.spec is None
    assert match.suggestion is not None
    assert (match.how, match.suggestion.id) == ("near", "student-development")


def test_sections_below_an_unknown_chapter_are_not_misplaced(district: Standard) -> None:
    (match,) = match_outline([chapter("政府履行职责", "经费", "政策措施")], district)
    assert [inner.misplaced for inner in match.sections] == [False, False]


def test_a_required_section_in_another_chapter_is_misplaced(district: Standard) -> None:
    chapters = [chapter("学生发展", "学生素质"), chapter("质量保障", "专业布局", "就业质量")]
    _, second = match_outline(chapters, district)
    moved = second.sections[1]
    assert moved.spec is not None
    assert (moved.spec.id, moved.misplaced) == ("employment", True)


def test_a_heading_of_the_same_name_elsewhere_is_the_authors_own(district: Standard) -> None:
    chapters = [
        chapter("学生发展", "学生素质", "就业质量"),
        chapter("质量保障", section("专业布局", "就业质量", "集团化办学")),
    ]
    _, second = match_outline(chapters, district)
    assert [inner.spec for inner in second.sections[0].sections] == [None, None]


def test_a_section_made_a_chapter_is_misplaced() -> None:
    chapters = [chapter("发展保障", "党建引领"), chapter("经费投入")]
    _, second = match_outline(chapters, load("moe-2023-district"))
    assert second.misplaced


def test_the_same_title_twice_matches_twice(district: Standard) -> None:
    matches = match_outline([chapter("学生发展"), chapter("学生发展")], district)
    assert [match.spec.id for match in matches if match.spec] == ["student-development"] * 2


@pytest.mark.parametrize("standard", available(), ids=lambda standard: standard.id)
def test_every_title_and_variant_of_a_standard_is_known(standard: Standard) -> None:
    submission = new_submission(standard, "某单位", 2024)
    unnamed = [_without_ids(each) for each in submission.chapters]
    found = [match.spec.id for match in walk(match_outline(unnamed, standard)) if match.spec]
    assert found == [spec.id for spec in sections(standard)]


def _without_ids(item: object) -> object:
    below = tuple(_without_ids(inner) for inner in item.sections)  # type: ignore[attr-defined]
    return item.model_copy(update={"id": None, "sections": below})  # type: ignore[attr-defined]


@given(st.text(alphabet="基 本*“\"'(（）)　 [^1]\\a", max_size=12))
def test_the_comparable_form_is_stable(title: str) -> None:
    once = bare(title)
    assert not any(char.isspace() or char in "*“（" for char in once)
    assert bare(f" {title} ") == once


@given(st.lists(st.text(alphabet="基本情况学生发展质量保障 *[]^1", max_size=8), max_size=6))
def test_matching_takes_any_titles_and_mirrors_the_tree(titles: list[str]) -> None:
    chapters = [chapter(title, *titles) for title in titles]
    matches = match_outline(chapters, load("bj-district-2020"))
    assert [match.section for match in matches] == chapters
    assert all(len(match.sections) == len(titles) for match in matches)
