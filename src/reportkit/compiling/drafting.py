"""The draft: every mandated section with its guidance, and the tables and charts of pooled values.

Nothing in the chapters is a number: tables and charts have their bodies in ``data/``, and what
tells how many reported is an expression, so that pooling anew changes ``data/`` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..composing.pools import tables
from ..model.blocks import Block, Case, Chapter, Chart, Paragraph, Section, Table
from ..model.data import Dataset, Indicator, Observation
from ..model.standard import Counted, Standard
from ..model.submission import Metadata, Submission
from ..standards.scaffold import MARKER, new_submission
from .choosing import Chosen
from .pooling import Pooled
from .views import Laid

OWN = "compiled."
"""How the ids of the indicators begin that tell how many reported."""
REPORTING = f"{OWN}reporting"
NAMELESS = "【请填写单位名称】"
COUNTED = "按参加汇总的报送件计数"


def draft(
    target: Standard,
    chosen: Chosen,
    pooled: Pooled,
    laid: Sequence[Laid],
    *,
    organisation: str | None = None,
    cases: Mapping[str, Sequence[Case]] | None = None,
) -> Submission:
    """The submission; ``cases`` are those to be taken over, by the section that gets them."""
    empty = new_submission(target, organisation or NAMELESS, chosen.year)
    words = Coverage(target, chosen)
    filler = _Filler(laid, words, cases or {})
    chapters = tuple(filler.chapter(chapter) for chapter in empty.chapters)
    return Submission(
        metadata=_metadata(empty.metadata, target, chosen, laid),
        chapters=_introduced(chapters, target, words.sentence()),
        data=Dataset(
            observations=(*observations(chosen, pooled, laid), *_asked(empty, chosen, pooled)),
            tables={each.file: each.rows for each in laid} | tables(pooled.contributions),
        ),
    )


class Coverage:
    """Words how many organisations are behind a table, or behind all."""

    def __init__(self, target: Standard, chosen: Chosen) -> None:
        self.words = target.compilation
        self.counted = counted(target, chosen)
        self.all = len(chosen.members)
        self.groups = {g: sum(m.group == g for m in chosen.members) for g in _groups(chosen)}

    def sentence(self, laid: Laid | None = None) -> str:
        """The sentence without its full stop; numbers are expressions."""
        unit, noun = self.counted.unit, (laid and laid.group) or self.counted.noun
        scope = f" | scope('{laid.group}')" if laid and laid.group else ""
        count = f"{{{{ {REPORTING}{scope} }}}}"
        text = self.words.coverage.format(count=f" {count} ", unit=unit, noun=noun)
        among = self.groups.get(laid.group or "", self.all) if laid else self.all
        if laid is None or laid.least >= among:
            return _tidy(text)
        least = f" {{{{ {own_id(laid)} }}}} "
        return _tidy(text + self.words.partial.format(least=least, unit=unit, noun=noun))


def _tidy(text: str) -> str:
    return " ".join(text.split())


def counted(target: Standard, chosen: Chosen) -> Counted:
    """How the organisations of the chosen level are counted."""
    known = target.compilation.organisations.get(chosen.level)
    return known or Counted(unit="家", noun="单位")


def _groups(chosen: Chosen) -> tuple[str, ...]:
    return tuple(dict.fromkeys(member.group for member in chosen.members if member.group))


def own_id(laid: Laid) -> str:
    """The id of the indicator that tells the least coverage of a table."""
    return OWN + laid.id.replace("-", "_")


def observations(chosen: Chosen, pooled: Pooled, laid: Iterable[Laid]) -> tuple[Observation, ...]:
    """All rows of data that pooling makes."""

    def count(name: str, value: int, scope: str = "") -> Observation:
        return Observation(
            indicator=name, period=chosen.current, scope=scope, value=value, source=COUNTED
        )

    groups = _groups(chosen)
    return (
        count(REPORTING, len(chosen.members)),
        *(count(REPORTING, sum(m.group == g for m in chosen.members), g) for g in groups),
        *(count(own_id(each), each.least) for each in laid),
        *pooled.observations.values(),
    )


def _asked(empty: Submission, chosen: Chosen, pooled: Pooled) -> Iterable[Observation]:
    """Rows to fill in for what the standard asks for and nobody gave."""
    for each in empty.data.observations:
        if (each.indicator, chosen.current, "") not in pooled.observations:
            yield each.model_copy(update={"period": chosen.current})


def _metadata(empty: Metadata, target: Standard, chosen: Chosen, laid: Sequence[Laid]) -> Metadata:
    words = counted(target, chosen)
    own = [Indicator(id=REPORTING, name=f"参加汇总的{words.noun}数", unit=words.unit)]
    own += [
        Indicator(id=own_id(each), name=f"“{each.caption}”填报数"[:80], unit=words.unit)
        for each in laid
    ]
    return empty.model_copy(update={"data_period": chosen.period, "indicators": tuple(own)})


def _introduced(chapters: tuple[Chapter, ...], target: Standard, text: str) -> tuple[Chapter, ...]:
    """The chapters; the first that is a preface says how many reported."""
    parts = {spec.id: spec.part for spec in target.outline}
    at = next((n for n, c in enumerate(chapters) if parts.get(c.id or "") == "preface"), 0)
    told = Paragraph(text=f"本报告的汇总数据{text}。")
    made = chapters[at].model_copy(update={"blocks": (*chapters[at].blocks, told)})
    return (*chapters[:at], made, *chapters[at + 1 :])


class _Filler:
    """Puts tables, charts and cases into the sections of the empty report."""

    def __init__(
        self, laid: Sequence[Laid], words: Coverage, cases: Mapping[str, Sequence[Case]]
    ) -> None:
        self.laid = laid
        self.words = words
        self.cases = cases
        self.replaced = {f"tbl:{each.table}" for each in laid if each.table}

    def chapter(self, chapter: Chapter) -> Chapter:
        """A chapter with what belongs into it and its sections."""
        filled = self._section(chapter)
        return chapter.model_copy(update={"blocks": filled.blocks, "sections": filled.sections})

    def _section(self, section: Section) -> Section:
        own = [each for each in self.laid if each.section == section.id]
        kept = [b for b in section.blocks if getattr(b, "id", None) not in self.replaced]
        blocks: list[Block] = kept[:1]
        if own:
            names = "、".join(f"@{each.block}" for each in own)
            blocks.append(Paragraph(text=f"{MARKER}本节的汇总数见 {names}；请据以写正文并引用。"))
            blocks += [self._block(each) for each in own]
        blocks += kept[1:]
        blocks += self.cases.get(section.id or "", ())
        sections = tuple(self._section(child) for child in section.sections)
        return section.model_copy(update={"blocks": tuple(blocks), "sections": sections})

    def _block(self, each: Laid) -> Block:
        notes = (f"{self.words.sentence(each)}。",)
        if each.chart is not None:
            return Chart(
                id=each.block,
                caption=each.caption,
                kind=each.chart,
                unit=each.unit or None,
                data=each.file,
                notes=notes,
            )
        return Table(
            id=each.block,
            caption=each.caption,
            header_rows=each.header,
            data=each.file,
            notes=notes,
        )
