"""What must be said with a number: the class and date of a rate, its denominator, its survey.

What belongs to which number is data (``schemas/vocabulary.yaml``). A report says it once; so it is
told once, at the first such number, when no paragraph with such a number and no footnote says it.
"""

import re

from reportkit.vocabulary import groups

from .book import Book
from .claim import Claim, Role
from .verdict import Verdict

_ROLES = frozenset({Role.RATE, Role.SHARE, Role.COUNT})
_LEAD = 24
_INFORMS = 0.5
_MONEY = re.compile(r"(?<![\d.])\d[\d,]*\.\d{3,} ?[万亿]元")


def unstated(book: Book, key: str) -> Verdict | None:
    """The first number of a sort for which nothing says what the vocabulary's ``key`` asks."""
    (_, about), *needs = groups(key)
    sort = re.compile("|".join(about))
    found = [c for c in book.claims if c.role in _ROLES and not c.former and _is_of(c, sort)]
    if not found:
        return None
    passages = {id(c.sentence.passage): c.sentence.passage for c in found}.values()
    texts = ["\n".join((*p.headings, p.text)) for p in passages]
    texts += [p.text for p in book.texts.passages if p.note and not p.headings]
    missing = [name for name, words in needs if not _said(words, texts)]
    if not missing:
        return None
    return Verdict(
        claim=found[0],
        what="、".join(missing),
        working="同一段写明" + "、".join(missing),
        others=tuple(found[1:4]),
        confidence=_INFORMS,
    )


def _is_of(claim: Claim, sort: re.Pattern[str]) -> bool:
    """Whether the words directly around a number are of the sort."""
    noun = claim.tail[:8] if claim.role is Role.COUNT else ""
    of = claim.of.lead[-_LEAD:] if claim.role is Role.SHARE and claim.of is not None else ""
    wanted = claim.role is not Role.COUNT or claim.quantity.unit.startswith("元")
    return wanted and bool(sort.search(claim.lead[-_LEAD:] + noun) or (of and sort.search(of)))


def _said(words: tuple[str, ...], texts: list[str]) -> bool:
    pattern = re.compile("|".join(words))
    return any(pattern.search(text) for text in texts)


def too_exact(book: Book) -> Verdict | None:
    """The first amount of money in 万元 or 亿元 with three decimals or more in prose."""
    found = [
        claim
        for claim in book.claims
        if claim.quantity.unit.startswith("元") and _MONEY.search(claim.quantity.text)
    ]
    if not found:
        return None
    return Verdict(
        claim=found[0],
        what=found[0].quantity.text,
        working="保留两位小数",
        others=tuple(found[1:4]),
        confidence=_INFORMS,
    )
