"""YAML as text with places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.yamlio import MAX_DEPTH, MAX_SIZE, Mark, parse

WORDS = st.text(alphabet="abc甲乙 :#-'\"010?%@&*!|>~[]{},\n\t😀", max_size=12)
DATA = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(WORDS.filter(bool), inner, max_size=4)
    ),
    max_leaves=12,
)


def test_scalars_stay_as_they_were_written() -> None:
    tree = parse("a: 010010\nb: 3:20\nc: no\nd: 1e3\ne: 2023-01-01\nf: 1_000\n")
    assert list(tree.data.values()) == ["010010", "3:20", "no", "1e3", "2023-01-01", "1_000"]


@pytest.mark.parametrize("text", ["a:", "a: ~", "a: null", "a: NULL"])
def test_nothing_is_none(text: str) -> None:
    assert parse(text).data == {"a": None}


@pytest.mark.parametrize("text", ["a: ''", 'a: ""'])
def test_a_quoted_empty_text_is_text(text: str) -> None:
    assert parse(text).data == {"a": ""}


def test_places_of_keys_and_values() -> None:
    tree = parse("甲: 乙\n丙:\n  - 丁\n  - {戊: 己}\n")
    assert tree.keys["丙",] == Mark(2, 1)
    assert tree.values["甲",] == Mark(1, 4)
    assert tree.values["丙", 1, "戊"] == Mark(4, 9)
    assert tree.mark(("丙", 1, "不在")) == Mark(4, 5)
    assert tree.mark(()) == Mark(1, 1)


def test_a_duplicate_key_keeps_the_first_and_tells_both_places() -> None:
    tree = parse("a: 1\nb: 2\na: 3\n")
    assert tree.data == {"a": "1", "b": "2"}
    (problem,) = tree.problems
    assert (problem.kind, problem.detail, problem.mark) == ("duplicate", "a", Mark(3, 1))
    assert problem.other == Mark(1, 1)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("a: &x 1\n", "锚点 &x"),
        ("a: *x\n", "别名 *x"),
        ("a: !!int 3\n", "标签 tag:yaml.org,2002:int"),
        ("a: !python/object:os.system x\n", "标签 !python/object:os.system"),
        ("<<: {a: 1}\n", "合并键 <<"),
        ("? [a]\n: b\n", "不是文字的键"),
        ("a: 1\n---\nb: 2\n", "第二个文档（---）"),
        ("[" * (MAX_DEPTH + 1), f"超过 {MAX_DEPTH} 层的嵌套"),
    ],
)
def test_what_hides_or_guesses_is_refused(text: str, detail: str) -> None:
    (problem,) = parse(text).problems
    assert (problem.kind, problem.detail) == ("unsupported", detail)


@pytest.mark.parametrize("text", ["a: [1,\n b", "a: b: c", "a: \x01b", "a:\n\t- b", "'"])
def test_broken_text_is_one_problem_with_its_line(text: str) -> None:
    tree = parse(text)
    assert tree.data is None
    assert [problem.kind for problem in tree.problems] == ["syntax"]
    assert tree.problems[0].mark.line <= text.count("\n") + 1


def test_size_is_bounded() -> None:
    assert [problem.kind for problem in parse("a" * (MAX_SIZE + 1)).problems] == ["size"]


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n"])
def test_an_empty_document_is_none(text: str) -> None:
    tree = parse(text)
    assert tree.data is None
    assert not tree.problems


@given(DATA)
def test_what_is_written_is_read(data: object) -> None:
    import yaml

    text = yaml.safe_dump(data, allow_unicode=True, default_style='"')
    tree = parse(text)
    assert not tree.problems
    assert tree.data == data


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    tree = parse(text)
    for problem in tree.problems:
        assert problem.mark.line >= 1
        assert problem.mark.column >= 1
