"""Whom a number is about: kinds of schools, named organisations, the whole of the report.

Rule of the language: an organisation is named by a proper part and a noun of its kind; the noun
alone (该中心, 集团) points back to the last one named. Words for the whole (全市, 各区) add
nothing to a subject.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportkit.vocabulary import alternatives, groups

SCOPES: tuple[tuple[str, str], ...] = tuple(
    (name, "|".join(listed)) for name, listed in groups("scope_words")
)
"""Kinds of schools by which figures are told apart, with the words for each."""

_SCOPE = re.compile("|".join(f"(?P<s{i}>{words})" for i, (_, words) in enumerate(SCOPES)))
_BOTH = re.compile("中高职|高职和中职|中职和高职|中、高职|高、中职|中职、高职|高职、中职")

WHOLE = re.compile(alternatives("whole_words"))
"""Words for the whole that the report is about."""

_KIND = alternatives("organisation_kinds")
_ORGANISATION = re.compile(rf"(?:{_KIND})(?![\u4e00-\u9fff]?[院部]长)")
_BEFORE = re.compile("[\u4e00-\u9fffA-Za-z]{2,16}$")
_NOT_PROPER = re.compile(rf"(?:{alternatives('not_proper_names')})*")
_AREA = re.compile("[\u4e00-\u9fff]{1,6}[省市区县]")
_WORDY = re.compile(alternatives("never_in_names"))
"""Words that no proper name of an organisation holds."""
_LINK = re.compile(
    "与|和|及|联合|携手|会同|由|在|对(?!外)|为|向|从|是|于|的|等|将|把|被|以|支持|依托|组织|共有|现有|有"
    "|其中|选派|聘请|邀请|参与|赴|到|年"
)
ANAPHOR = re.compile(rf"^(?:{alternatives('organisation_anaphors')})")


@dataclass(frozen=True, slots=True)
class Whom:
    """The kinds of schools and the organisations that a stretch of text names."""

    scopes: frozenset[str] = frozenset()
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """An organisation named at ``start`` to ``end``."""

    text: str
    start: int
    end: int


def organisations(text: str, start: int, end: int, region: tuple[str, ...] = ()) -> Iterator[Name]:
    """Organisations that are named with a proper name in a stretch of text.

    The names of the report's own ``region`` before a general noun make no proper name.
    """
    at = start
    for found in _ORGANISATION.finditer(text, start, end):
        before = _BEFORE.search(text[max(at, found.start() - 16) : found.start()])
        at = found.end()
        if before is None:
            continue
        proper = before[0]
        for link in _LINK.finditer(proper):
            proper = before[0][link.end() :]
        bare = proper
        for name in region:
            bare = bare.removeprefix(name)
        if len(bare) >= 2 and not _WORDY.search(bare) and not _NOT_PROPER.fullmatch(bare):
            yield Name(proper + found[0], found.start() - len(proper), found.end())


def is_general(name: str, region: tuple[str, ...] = ()) -> bool:
    """Whether a name is no more than an area and a noun of a kind: 甲市公司."""
    bare = _ORGANISATION.sub("", name)
    for area in region:
        bare = bare.removeprefix(area)
    return _NOT_PROPER.fullmatch(bare) is not None or _AREA.fullmatch(bare) is not None


def scopes(text: str, start: int = 0, end: int | None = None) -> frozenset[str]:
    """Kinds of schools named in a stretch of text; 中高职 names none, it is the whole."""
    stop = len(text) if end is None else end
    bare = _BOTH.sub("", text[start:stop])
    return frozenset(SCOPES[int(m.lastgroup[1:])][0] for m in _SCOPE.finditer(bare) if m.lastgroup)


def strip_scopes(text: str) -> str:
    """The text without words for kinds of schools and for the whole."""
    return WHOLE.sub("", _SCOPE.sub("", _BOTH.sub("", text)))
