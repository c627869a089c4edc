"""Outcomes to summarise: a few submissions checked for real, and many copies under other names."""

import hashlib
import random
from collections.abc import Sequence
from pathlib import Path

from reportkit.batch.outcome import File, Item, Outcome, State
from reportkit.checks import get, spoken_places
from reportkit.checks.between import digest
from reportkit.model.base import Place
from reportkit.model.blocks import Chapter, Paragraph, Table
from reportkit.model.diagnostic import Diagnostic
from reportkit.model.submission import Organisation, Submission
from reportkit.reading import write_folder
from reportkit.standards import load
from reportkit.workflow import Opened, open_submission

from ..generate import generate

REGIONS = ("东临区", "西山区", "南湖区", "北川县", "中心区")
STANDARD = "moe-2024-school"


def outcome(opened: Opened, name: str, form: str = "folder") -> Outcome:
    """What a worker says of a checked submission, but for the files' bytes."""
    result = opened.result
    return Outcome(
        item=Item.model_validate({"name": name, "paths": (name,), "form": form}),
        key=hashlib.sha256(name.encode()).hexdigest(),
        state=State.PASSED if opened.ok else State.FAILED,
        title=opened.title,
        pages=12 if opened.ok else None,
        diagnostics=opened.diagnostics,
        spots=spoken_places(result, opened.standard, opened.report, opened.diagnostics),
        explanations=result.submission.metadata.explanations if result.submission else (),
        digest=digest(name, result, opened.standard, opened.report) if result.submission else None,
        files=files(name, opened.title, opened.ok),
    )


def files(name: str, title: str, printed: bool) -> tuple[File, ...]:
    kinds = {"html": "检查结果.html", "json": "检查结果.json"}
    if printed:
        kinds |= {"docx": f"{title}.docx", "pdf": f"{title}.pdf"}
    return tuple(
        File.model_validate({"kind": kind, "path": f"{name}/{file}", "sha256": "0" * 64})
        for kind, file in kinds.items()
    )


def broken(submission: Submission, seed: int) -> Submission:
    """A submission with a chapter taken out, a sum that is wrong, an empty section, a word left."""
    choose = random.Random(seed)
    chapters = list(submission.chapters)
    if seed % 3 == 0:
        del chapters[choose.randrange(1, len(chapters))]
    chapters = [_spoilt(chapter, choose) for chapter in chapters]
    observations = submission.data.observations[seed % 4 :]
    data = submission.data.model_copy(update={"observations": observations})
    return submission.model_copy(update={"chapters": tuple(chapters), "data": data})


def _spoilt(chapter: Chapter, choose: random.Random) -> Chapter:
    sections = []
    for section in chapter.sections:
        blocks = list(section.blocks)
        for at, block in enumerate(blocks):
            if isinstance(block, Table) and len(block.rows) > 4 and choose.random() < 0.3:
                row = (block.rows[-1][0], *("9999" for _ in block.rows[-1][1:]))
                blocks[at] = block.model_copy(update={"rows": (*block.rows[:-1], row)})
            elif isinstance(block, Paragraph) and choose.random() < 0.05:
                blocks[at] = Paragraph(text=block.text + "此处待补充，见 @tbl:none。")
        if choose.random() < 0.05:
            blocks = []
        sections.append(section.model_copy(update={"blocks": tuple(blocks)}))
    return chapter.model_copy(update={"sections": tuple(sections)})


def checked(folder: Path, count: int, characters: int = 4000) -> list[Outcome]:
    """``count`` generated submissions, checked; every fourth has nothing wrong."""
    made = []
    standard = load(STANDARD)
    for seed in range(count):
        submission = generate(standard, characters, seed)
        if seed % 4:
            submission = broken(submission, seed)
        organisation = Organisation(name=f"示例{seed + 1}校", region=REGIONS[seed % len(REGIONS)])
        metadata = submission.metadata.model_copy(
            update={
                "organisation": organisation,
                "title": f"示例{seed + 1}校职业教育质量年度报告（2023年度）",
            }
        )
        name = f"{seed + 1:03}-示例{seed + 1}校"
        write_folder(submission.model_copy(update={"metadata": metadata}), folder / name)
        made.append(outcome(open_submission(folder / name), name))
    return made


def copies(outcomes: Sequence[Outcome], count: int) -> list[Outcome]:
    """``count`` outcomes like those given, under names of their own."""
    return [_renamed(outcomes[at % len(outcomes)], at) for at in range(count)]


def _renamed(made: Outcome, at: int) -> Outcome:
    name = f"{at + 1:04}-示例{at + 1}校"
    title = f"示例{at + 1}校职业教育质量年度报告（2023年度）"
    own = made.digest
    if own is not None:
        organisation = own.organisation.model_copy(
            update={"name": f"示例{at + 1}校", "region": REGIONS[at % len(REGIONS)]}
        )
        own = own.model_copy(update={"item": name, "organisation": organisation, "title": title})
    return made.model_copy(
        update={
            "item": Item(name=name, paths=(name,), form=made.item.form),
            "key": hashlib.sha256(name.encode()).hexdigest(),
            "title": title,
            "digest": own,
            "files": files(name, title, made.state is State.PASSED),
        }
    )


def diagnostic(code: str, message: str, place: Place, **more: object) -> Diagnostic:
    """A diagnostic of a rule, worded by hand."""
    rule = get(code)
    assert rule is not None
    facts = {
        "code": code,
        "rule": rule.name,
        "severity": rule.severity,
        "message": message,
        "place": place,
        **more,
    }
    return Diagnostic.model_validate(facts)


def unread(name: str, state: State, reason: str) -> Outcome:
    """An item of which there is no result."""
    item = Item(name=name, paths=(f"{name}.docx",), form="report")
    found: tuple[Diagnostic, ...] = ()
    if state is State.UNREADABLE:
        found = (diagnostic("RK150", "这个文件打不开：文件不完整", Place(file=f"{name}.docx")),)
    return Outcome(item=item, key="0", state=state, reason=reason, diagnostics=found)
