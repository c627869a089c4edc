"""The 38 features that real published reports need, each read from a folder and composed.

What the writers make of them is proven by the end-to-end tests of DOCX and PDF; here it is the
composed report, which both print word for word. The trials are in ``tests/features``.
"""

from pathlib import Path

import pytest

import tests.features  # noqa: F401  (registers the trials)
from tests.features.folder import FEATURES, Folder, Trial


def test_every_feature_is_tried() -> None:
    assert sorted(FEATURES) == list(range(1, 39))


@pytest.mark.parametrize(
    "trial",
    [pytest.param(trial, id=f"feature {n} {name}") for n, (name, trial) in FEATURES.items()],
)
def test_feature(trial: Trial, tmp_path: Path) -> None:
    trial(Folder(tmp_path))
