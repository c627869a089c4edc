"""The same report gives the same bytes, whatever the process, time and environment."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from .made import laid_out

_SCRIPT = """
import hashlib
from tests.writing.sample_report import sample
from reportkit.writing import layout, load_style
print(hashlib.sha256(layout(sample(), load_style("official")).content()).hexdigest())
"""


def test_two_processes_make_the_same_file() -> None:
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    run = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    here = hashlib.sha256(laid_out("official").content()).hexdigest()
    assert run.stdout.strip() == here
