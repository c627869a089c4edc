"""A number that is typed over one from the data is found, wherever it stands in the examples."""

from pathlib import Path

from .backed import as_text, of_examples


def test_no_number_typed_over_the_data_goes_unseen() -> None:
    outcomes = of_examples(Path(__file__).parents[2] / "submissions", 2, seed=7)
    printed = outcomes["printed"]
    assert printed.mutants == printed.listed == 8, as_text(outcomes)
