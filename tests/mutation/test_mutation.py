"""A fast subset of the mutants of `make bench`: the right rule finds them, valid ones rest."""

from functools import cache

import pytest

from reportkit.model.blocks import Paragraph
from reportkit.standards import load
from tests.generate import generate

from .harness import STANDARD, Tally, as_text, found, run, with_blocks
from .sentences import MAKERS, Sound, sounds


@cache
def result() -> tuple[dict[str, Tally], list[str]]:
    return run([11], structure=False)


def test_mutants_are_caught_by_the_right_rule() -> None:
    tallies, _ = result()
    mutants = sum(t.mutants for t in tallies.values())
    assert sum(t.caught for t in tallies.values()) >= 0.95 * mutants, as_text(*result())


def test_valid_reports_raise_nothing() -> None:
    assert result()[1] == []


def test_other_rules_stay_quiet() -> None:
    tallies, _ = result()
    besides = {kind: dict(t.besides) for kind, t in tallies.items() if t.besides}
    assert besides == {}


@pytest.mark.parametrize("seed", range(40, 52))
def test_sound_sentences_are_sound(seed: int) -> None:
    standard = load(STANDARD)
    made: list[Sound] = list(sounds(seed))
    assert len(made) == len(MAKERS)
    base = generate(standard, 600)
    quiet = found(base, standard)
    blocks = [Paragraph(text=t) for s in made for t in s.text.split("\n\n")]
    new = found(with_blocks(base, blocks), standard) - quiet
    assert [entry for entry in new if entry[0].startswith(("RK4", "RK5"))] == []
