"""A text file as the readers see it: its lines, places in it, and where findings go.

Findings of this room and their arguments (the rule registry words them):

===== ================================================================================
RK101 ``path``, ``reason``
RK102 ``path`` (the manifest that is missing), ``suggestion``
RK103 ``file``, ``encoding``
RK104 ``reason``
RK105 ``key``; related: the first place
RK106 ``what``
RK107 ``key``, ``suggestion``, ``known`` (list), ``owner`` (what it was written in)
RK108 ``key``, ``owner``, ``meaning``
RK109 ``key``, ``value``, ``reason``, ``owner``
RK111 ``file``, ``suggestion``
RK112 ``file``; related: the first place
RK113 ``file``, ``reason``
RK114 ``path``, ``reason``
RK115 ``what``, ``size``, ``limit`` (severity warning for paragraphs that are still read)
RK116 ``character`` (U+0000), ``count``
RK117 ``path``, ``suggestion``
RK118 ``path``, ``reason``
RK119 ``path``, ``reason``
RK120 ``fence``, ``line``
RK121 ``kind``, ``suggestion``, ``known`` (list)
RK122 ``row``, ``cells``, ``wanted``
RK123 ``row``, ``column``, ``mark``, ``reason``
RK124 ``reason``
RK125 ``reason``
RK126 ``what``
RK127 ``id``; related: the first place
RK134 ``indicator``, ``period``, ``scope``; related: the first place
RK135 ``value``, ``reason``
RK136 ``path``, ``suggestion``
RK137 ``url``
RK138 no arguments
RK304 ``level``, ``wanted``
===== ================================================================================
"""

import re
from collections.abc import Iterable
from typing import Any

from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding, Related, Severity

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


class Log:
    """Collects findings."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(
        self,
        code: str,
        place: Place,
        *,
        quote: str = "",
        at: str = "",
        related: Iterable[Place] = (),
        severity: Severity | None = None,
        subject: str = "",
        **args: Any,
    ) -> None:
        """Record a finding; a long quote is cut."""
        self.findings.append(
            Finding(
                code=code,
                place=place.bare,
                quote=quote if len(quote) <= 200 else quote[:199] + "…",
                args=args,
                at=at,
                related=tuple(Related(place=other) for other in related),
                severity=severity,
                subject=subject,
            )
        )


def clean(text: str) -> tuple[str, list[str]]:
    """``text`` with one kind of line end and U+FFFD for each control character.

    The second value holds the characters that were replaced, as ``U+0000``.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _CONTROL.search(text):
        return text, []
    return _CONTROL.sub("\ufffd", text), [f"U+{ord(c):04X}" for c in _CONTROL.findall(text)]


class Source:
    """A text file: ``file`` is its name relative to the submission."""

    def __init__(self, file: str, text: str, log: Log) -> None:
        self.file = file
        self.log = log
        self.text, bad = clean(text.removeprefix("\ufeff"))
        self.lines = self.text.split("\n")
        if bad:
            row = next(n for n, line in enumerate(self.lines) if "\ufffd" in line)
            place = self.place(row + 1, self.lines[row].index("\ufffd") + 1)
            log.add(
                "RK116",
                place,
                at=file,
                quote=self.lines[row].strip(),
                character=bad[0],
                count=len(bad),
            )

    def line(self, number: int) -> str:
        """Line ``number`` (from 1), or nothing."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def place(self, line: int, column: int = 1, columns: tuple[int, ...] = ()) -> Place:
        """A place in this file."""
        return Place(file=self.file, line=line, column=column, columns=columns)

    def locate(
        self, line: int, column: int, value: str | None, pointer: str | None = None
    ) -> Place:
        """The place of ``value``, written at this position plainly or in quotes.

        ``columns`` is set where it stands there letter by letter.
        """
        text = self.line(line)
        columns: tuple[int, ...] = ()
        if value is not None and text.startswith(value, column - 1):
            columns = (column,)
        elif value and text.startswith((f'"{value}', f"'{value}", f"“{value}"), column - 1):
            column += 1
            columns = (column,)
        return Place(file=self.file, line=line, column=column, columns=columns, pointer=pointer)
