"""Small submissions, and folders of files to compare."""

import hashlib
from pathlib import Path
from typing import Any

from reportkit.batch import Found, Options, Outcome, Result, Watch, run
from reportkit.reading import write_folder
from reportkit.standards import load
from tests.generate import generate

SMALL = 2_000


def fill(folder: Path, count: int, characters: int = SMALL) -> Path:
    """A folder with ``count`` valid submissions."""
    for number in range(count):
        made = generate(load("moe-2023-district"), characters, seed=number)
        write_folder(made, folder / f"{number:02}")
    return folder


def tree(folder: Path) -> dict[str, str]:
    """The files below a folder, by the digest of their bytes."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def check(source: Path, out: Path | str, **more: Any) -> Result:
    """Check without printing, in one process."""
    return run(source, out, **{"options": Options(check_only=True), "workers": 1, **more})


class Log(Watch):
    """Keeps what it hears; ``acts`` are done when so many items have come to their end."""

    def __init__(self, acts: dict[int, object] | None = None) -> None:
        self.notes: list[str] = []
        self.outcomes: list[Outcome] = []
        self.reused = 0
        self._acts = acts or {}

    def found(self, found: Found, reused: int, weight: int) -> None:
        self.reused = reused

    def done(self, outcome: Outcome, weight: int) -> None:
        self.outcomes.append(outcome)
        act = self._acts.get(len(self.outcomes))
        if callable(act):
            act()

    def note(self, text: str) -> None:
        self.notes.append(text)
