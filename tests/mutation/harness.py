"""Runs mutants: which rule caught each, which survived, which rules spoke besides.

Subjects are generated submissions with sentences whose numbers agree (``sentences``), and with
tables whose numbers prose repeats. Breaks of structure come from ``tests.checks.mutations``.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from reportkit.model.blocks import Block, Paragraph, Table
from reportkit.model.diagnostic import Severity
from reportkit.model.standard import Standard
from reportkit.model.submission import Submission
from reportkit.standards import load
from tests.checks.examples import recheck
from tests.checks.mutations import MUTATIONS, WITH_LISTS, Draft
from tests.generate import generate

from .sentences import Break, Sound, digit, percent, sounds

STANDARD = "bj-district-2020"
FILLING = "各单位按计划推进工作，完善制度和流程，形成可以检查的台账，经验在交流活动中作了介绍。" * 3
"""As much prose without numbers as real reports have between their numbers."""
ITEMS = ("讲座", "展览", "沙龙", "竞赛", "研学", "宣讲", "演练", "汇演")
Found = Counter[tuple[str, str, str]]


@dataclass(frozen=True)
class Mutant:
    """A report with one break. ``code`` is the rule that must find it."""

    kind: str
    code: str
    submission: Submission
    text: str


@dataclass
class Tally:
    """What became of the mutants of one kind."""

    mutants: int = 0
    caught: int = 0
    survivors: list[str] = field(default_factory=list)
    besides: Counter[str] = field(default_factory=Counter)


def with_blocks(base: Submission, blocks: Iterable[Block]) -> Submission:
    """The submission with blocks put behind those of its first section that has any."""
    chapters = list(base.chapters)
    first = chapters[0]
    chapters[0] = first.model_copy(update={"blocks": (*first.blocks, *blocks)})
    return base.model_copy(update={"chapters": tuple(chapters)})


def paragraphs(text: str) -> list[Paragraph]:
    return [Paragraph(text=each) for each in text.split("\n\n")]


def found(submission: Submission, standard: Standard) -> Found:
    """What is found, without what only informs."""
    return Counter(
        (d.code, d.message, d.quote)
        for d in recheck(submission, standard)
        if d.severity is not Severity.INFO
    )


def of_sentences(base: Submission, seed: int) -> Iterator[tuple[Submission, Iterator[Mutant]]]:
    """Each kind of sentence in a report of its own, with its mutants."""
    for sound in sounds(seed):
        yield (
            with_blocks(base, paragraphs(sound.text)),
            (_mutant(base, sound, broken) for broken in sound.breaks),
        )


def _mutant(base: Submission, sound: Sound, broken: Break) -> Mutant:
    submission = with_blocks(base, paragraphs(broken.text))
    return Mutant(f"{sound.name}: {broken.kind}", broken.code, submission, broken.text)


def of_tables(base: Submission, seed: int) -> Iterator[tuple[Submission, Iterator[Mutant]]]:
    """A table of growth with prose that repeats it; one cell or one number of the prose breaks."""
    random = Random(seed)
    names = random.sample(ITEMS, 4)
    old = [random.randint(200, 900) for _ in names]
    new = [number + random.randint(20, 180) for number in old]
    rows = [(n, o, w) for n, o, w in zip(names, old, new, strict=True)]
    prose = f"见 @tbl:m1。2023年社区{names[0]}场次{new[0]}场。"

    def made(shown: list[tuple[str, ...]], text: str) -> Submission:
        return with_blocks(base, [Paragraph(text=text), _table(shown)])

    good = [_row(*row) for row in rows]
    good.append(_row("合计", sum(old), sum(new), prefix=""))

    def mutants() -> Iterator[Mutant]:
        wrong = prose.replace(f"{new[0]}场", f"{digit(random, str(new[0]))}场")
        yield Mutant("table: prose", "RK505", made(good, wrong), wrong)
        for kind, column, codes in (
            ("growth", 3, ("RK411",)),
            ("rate", 4, ("RK412",)),
        ):
            changed = [list(row) for row in good]
            changed[1][column] = digit(random, changed[1][column])
            shown = [tuple(row) for row in changed]
            yield Mutant(f"table: {kind}", codes[0], made(shown, prose), str(changed[1]))

    yield made(good, prose), mutants()


def _row(name: str, old: int, new: int, prefix: str = "社区") -> tuple[str, ...]:
    label = f"{prefix}{name}场次（场）" if prefix else name
    return (label, str(old), str(new), str(new - old), percent(new - old, old))


def _table(rows: list[tuple[str, ...]]) -> Table:
    header = ("项目", "2022年", "2023年", "增长量", "增长率（%）")
    return Table(id="tbl:m1", caption="社区活动与上年相比", rows=(header, *rows))


def of_structure(base: Submission, standard: Standard, seed: int) -> Iterator[Mutant]:
    """Breaks of sections, references, captions and lists."""
    for mutation in MUTATIONS:
        draft = Draft(base, standard, seed)
        code = mutation(draft)
        if code is not None:
            if mutation not in WITH_LISTS:
                draft.data["contents"] = ()
            yield Mutant("structure", code, draft.submission(), mutation.__name__)


def run(seeds: Iterable[int], *, structure: bool = True) -> tuple[dict[str, Tally], list[str]]:
    """All mutants of the seeds by kind, and what valid reports were wrongly told."""
    standard = load(STANDARD)
    tallies: dict[str, Tally] = {}
    alarms: list[str] = []
    for seed in seeds:
        base = generate(standard, 3_000, seed)
        quiet = found(base, standard)
        for make in (of_sentences, of_tables):
            for valid, mutants in make(base, seed):
                before = found(valid, standard)
                alarms += [f"{code} {message}" for code, message, _ in before - quiet]
                for mutant in mutants:
                    _tell(tallies, mutant, found(mutant.submission, standard) - before)
        if structure:
            before = _with_info(base, standard)
            for mutant in of_structure(base, standard, seed):
                _tell(tallies, mutant, _with_info(mutant.submission, standard) - before)
    return tallies, alarms


def _with_info(submission: Submission, standard: Standard) -> Found:
    return Counter((d.code, d.at, "") for d in recheck(submission, standard))


def _tell(tallies: dict[str, Tally], mutant: Mutant, new: Found) -> None:
    tally = tallies.setdefault(mutant.kind, Tally())
    codes = {code for code, _, _ in new}
    tally.mutants += 1
    if mutant.code in codes:
        tally.caught += 1
    else:
        tally.survivors.append(f"{mutant.code} {mutant.text}")
    tally.besides.update(codes - {mutant.code})


def cost(sizes: Iterable[int]) -> Iterator[tuple[int, float]]:
    """CPU seconds that the rules on claims take for prose of these sizes, dense with numbers."""
    from reportkit.checks import check, rules
    from reportkit.composing import compose
    from reportkit.reading.result import ReadResult

    standard = load(STANDARD)
    chosen = [rule for rule in rules() if rule.code.startswith("RK5")]
    for size in sizes:
        blocks: list[Block] = []
        filled, seed = 0, 0
        while filled < size:
            for sound in sounds(seed):
                made = paragraphs(sound.text + FILLING)
                filled += sum(len(p.text) for p in made)
                blocks += made
            seed += 1
        submission = with_blocks(generate(standard, 1_000), blocks)
        report = compose(submission, standard)
        result = ReadResult(submission, Path("made"), "folder")
        start = time.process_time()
        check(result, standard, report, rules=chosen)
        yield size, time.process_time() - start


def as_text(tallies: dict[str, Tally], alarms: list[str]) -> str:
    """The figures as a table, the survivors below."""
    mutants = sum(t.mutants for t in tallies.values())
    caught = sum(t.caught for t in tallies.values())
    lines = [f"{'kind':22} mutants  caught  besides"]
    for kind, tally in sorted(tallies.items()):
        besides = ", ".join(f"{code} ({n})" for code, n in sorted(tally.besides.items()))
        lines.append(f"{kind:22} {tally.mutants:7} {tally.caught:7}  {besides}")
    lines.append(f"{'all':22} {mutants:7} {caught:7}  {caught / max(1, mutants):.1%}")
    lines.append(f"valid reports: {len(alarms)} false alarms")
    lines += [f"  {alarm}" for alarm in alarms[:20]]
    survivors = [s for tally in tallies.values() for s in tally.survivors]
    lines += ["survivors:", *(f"  {text}" for text in survivors)] if survivors else []
    return "\n".join(lines)


if __name__ == "__main__":
    print(as_text(*run(range(6))))
