"""Each break is found by exactly its rule and by no other."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.model.standard import Standard
from reportkit.model.submission import Submission
from reportkit.reading import read
from reportkit.standards import load
from tests.generate import generate

from .examples import recheck
from .mutations import MUTATIONS, TYPED, WITH_LISTS, Draft, Mutation, with_claims

TOP = Path(__file__).parents[2]
EXAMPLES = sorted(file.parent for file in (TOP / "submissions").glob("*/*/report.yaml"))
STANDARDS = ("bj-district-2020", "bj-municipal-2025", "moe-2023-district")
SUBJECTS = [*(str(folder.relative_to(TOP)) for folder in EXAMPLES), *STANDARDS]
SEEDS = (0, 1)


@cache
def subject(name: str) -> tuple[Submission, Standard]:
    """An example submission by its folder, or a generated one by its standard."""
    if name in STANDARDS:
        standard = load(name)
        return generate(standard, 8_000), standard
    submission = read(TOP / name).submission
    assert submission is not None
    return Submission.model_validate(submission.model_dump()), load(submission.metadata.standard)


@cache
def typed_subject(name: str) -> tuple[Submission, Standard]:
    submission, standard = subject(name)
    return with_claims(submission, standard), standard


def findings(submission: Submission, standard: Standard) -> Counter[str]:
    return Counter(d.code for d in recheck(submission, standard))


@cache
def before(name: str, typed: bool) -> Counter[str]:
    return findings(*(typed_subject if typed else subject)(name))


def expect_exactly_its_rule(name: str, mutation: Mutation, typed: bool) -> None:
    submission, standard = (typed_subject if typed else subject)(name)
    for seed in SEEDS if name in STANDARDS else SEEDS[:1]:
        draft = Draft(submission, standard, seed)
        code = mutation(draft)
        if code is None:
            continue
        if mutation not in WITH_LISTS:
            draft.data["contents"] = ()
        new = findings(draft.submission(), standard) - before(name, typed)
        assert set(new) == {code}, (seed, new)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.__name__)
@pytest.mark.parametrize("name", SUBJECTS)
def test_break_is_found_by_its_rule_alone(name: str, mutation: Mutation) -> None:
    expect_exactly_its_rule(name, mutation, typed=False)


@pytest.mark.parametrize("mutation", [*MUTATIONS, *TYPED], ids=lambda m: m.__name__)
@pytest.mark.parametrize("name", SUBJECTS)
def test_break_among_typed_numbers_is_found_by_its_rule_alone(
    name: str, mutation: Mutation
) -> None:
    expect_exactly_its_rule(name, mutation, typed=True)


@pytest.mark.parametrize("name", SUBJECTS)
def test_right_numbers_and_lists_raise_nothing(name: str) -> None:
    assert not before(name, True) - before(name, False)


@pytest.mark.parametrize("mutation", [*MUTATIONS, *TYPED], ids=lambda m: m.__name__)
def test_every_break_is_possible_somewhere(mutation: Mutation) -> None:
    assert any(mutation(Draft(*typed_subject(name))) for name in SUBJECTS)


@pytest.mark.parametrize("name", STANDARDS)
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_no_heap_of_breaks_makes_a_rule_fail(name: str, data: st.DataObject) -> None:
    standard = load(name)
    size = data.draw(st.integers(500, 3000))
    submission = with_claims(generate(standard, size), standard)
    heap = data.draw(st.lists(st.sampled_from([*MUTATIONS, *TYPED]), min_size=2, max_size=6))
    for seed, mutation in enumerate(heap):
        mutation(draft := Draft(submission, standard, seed))
        submission = draft.submission()
    codes = {found.code for found in recheck(submission, standard)}
    assert "RK100" not in codes
