"""Breaks one thing in a submission that was in order.

A mutation takes a Draft (the submission as plain data, with its standard and composed report),
changes it in place and says which rule must find the break; None means that the submission has
nothing of the kind.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from reportkit.composing import compose
from reportkit.composing.numbering import number
from reportkit.composing.outline import arrange
from reportkit.model.report import Heading
from reportkit.model.standard import Need, SectionSpec, Standard
from reportkit.model.submission import Submission
from reportkit.standards import Match, match_outline

Data = dict[str, Any]
Mutation = Callable[["Draft"], str | None]
MUTATIONS: list[Mutation] = []
_ID = re.compile(r"@(?:tbl|fig|case|sec):[A-Za-z][\w:-]*")


class Draft:
    """A submission as data that can be changed, and ways to find things in it."""

    def __init__(self, submission: Submission, standard: Standard, seed: int = 0) -> None:
        self.original = submission
        self.standard = standard
        self.random = random.Random(seed)
        self.data: Data = submission.model_dump(mode="python")
        self.matches = match_outline(submission.chapters, standard)

    def submission(self) -> Submission:
        """The submission as it is now."""
        return Submission.model_validate(self.data)

    def sections(self) -> list[tuple[Data, Match, list[Data], Match | None]]:
        """All sections with their match, the list that holds them and the match above."""
        found = []

        def walk(items: list[Data], matches: Any, above: Match | None) -> None:
            for item, match in zip(items, matches, strict=True):
                found.append((item, match, items, above))
                item["sections"] = list(item["sections"])
                walk(item["sections"], match.sections, match)

        self.data["chapters"] = list(self.data["chapters"])
        walk(self.data["chapters"], self.matches, None)
        return found

    def blocks(self, *kinds: str) -> Iterator[tuple[Data, list[Data]]]:
        """Blocks of a kind with the list that holds them; not those in cases and lists."""
        for section, _, _, _ in self.sections():
            section["blocks"] = list(section["blocks"])
            for block in section["blocks"]:
                if block["type"] in kinds:
                    yield block, section["blocks"]

    def paragraph(self) -> Data:
        """Any paragraph of prose outside cases."""
        return self.random.choice([b for b, _ in self.blocks("paragraph")])

    def ids_outside(self, part: Data) -> set[str]:
        """Ids that are referenced from texts outside ``part``."""
        rest = repr([s for s in self.data["chapters"] if s is not part])
        inside = repr(part)
        ids = set(re.findall(r"'id': '([^']+)'", inside))
        return {i for i in ids if re.search(rf"@\w*:?{re.escape(i)}(?![\w:-])", rest)}


def mutation(function: Mutation) -> Mutation:
    """A break in any submission."""
    MUTATIONS.append(function)
    return function


WITH_LISTS: set[Mutation] = set()


def with_lists(function: Mutation) -> Mutation:
    """A break that typed lists must not tell a second time, or that is one in a list."""
    WITH_LISTS.add(function)
    return function


def _required(spec: SectionSpec | None) -> bool:
    return spec is not None and spec.need is Need.REQUIRED


@mutation
@with_lists
def chapter_removed(draft: Draft) -> str | None:
    """A required chapter that nothing outside refers to."""
    fine = [
        c
        for c, m in zip(draft.data["chapters"], draft.matches, strict=True)
        if _required(m.spec) and not draft.ids_outside(c)
    ]
    if not fine:
        return None
    victim = draft.random.choice(fine)
    draft.data["chapters"] = [c for c in draft.data["chapters"] if c is not victim]
    return "RK201"


@mutation
@with_lists
def section_removed(draft: Draft) -> str | None:
    fine = [
        (s, siblings)
        for s, m, siblings, above in draft.sections()
        if above is not None and above.spec and _required(m.spec) and len(siblings) > 1
        and not draft.ids_outside(s) and not _referenced(draft, s)
    ]  # fmt: skip
    if not fine:
        return None
    victim, siblings = draft.random.choice(fine)
    siblings[:] = [s for s in siblings if s is not victim]
    return "RK201"


def _referenced(draft: Draft, part: Data) -> bool:
    everything, inside = repr(draft.data["chapters"]), repr(part)
    ids = set(re.findall(r"'id': '([^']+)'", inside))
    pattern = r"@\w*:?{}(?![\w:-])"
    return any(
        len(re.findall(pattern.format(re.escape(i)), everything))
        != len(re.findall(pattern.format(re.escape(i)), inside))
        for i in ids
    )


@mutation
@with_lists
def chapters_swapped(draft: Draft) -> str | None:
    body = [
        i
        for i, m in enumerate(draft.matches)
        if m.spec and m.spec.part == "body" and not m.misplaced
    ]
    first, second = sorted(draft.random.sample(body, 2))
    chapters = list(draft.data["chapters"])
    chapters[first], chapters[second] = chapters[second], chapters[first]
    draft.data["chapters"] = chapters
    return "RK202"


@mutation
@with_lists
def sections_swapped(draft: Draft) -> str | None:
    groups = [
        s["sections"]
        for s, m, _, _ in draft.sections()
        if m.spec and m.spec.ordered and sum(c.spec is not None for c in m.sections) >= 2
        and all(c.spec is not None for c in m.sections)
    ]  # fmt: skip
    if not groups:
        return None
    group = draft.random.choice(groups)
    group[0], group[1] = group[1], group[0]
    return "RK202"


@mutation
@with_lists
def section_misplaced(draft: Draft) -> str | None:
    fine = [
        (s, siblings, above)
        for s, m, siblings, above in draft.sections()
        if above is not None and _required(m.spec) and len(siblings) > 1
        and above.spec and not above.spec.at_least and not _bound(s)
    ]  # fmt: skip
    if not fine:
        return None
    victim, siblings, above = draft.random.choice(fine)
    others = [
        chapter
        for chapter, match in zip(draft.data["chapters"], draft.matches, strict=True)
        if match is not above and match.spec and match.spec.part == "body"
    ]
    siblings[:] = [s for s in siblings if s is not victim]
    draft.random.choice(others)["sections"].append(victim)
    return "RK206"


def _bound(part: Data) -> bool:
    """Whether it holds numbered objects or footnotes, which moving renumbers."""
    return bool(re.search(r"'type': '(table|figure|chart|case)'|\[\^", repr(part)))


@mutation
@with_lists
def section_emptied(draft: Draft) -> str | None:
    fine = [
        s for s, m, _, _ in draft.sections()
        if not s["sections"] and s["blocks"] and s["title"] and not _referenced(draft, s)
    ]  # fmt: skip
    if not fine:
        return None
    draft.random.choice(fine)["blocks"] = []
    return "RK207"


@mutation
@with_lists
def placeholder_left(draft: Draft) -> str:
    paragraph = draft.paragraph()
    mark = draft.random.choice(["XX人", "（待补充）", "××", "【请填写数据】"])
    paragraph["text"] = f"{paragraph['text']}另有{mark}。"
    return "RK213"


@mutation
def guidance_left(draft: Draft) -> str:
    section = draft.random.choice(draft.sections())[0]
    section["blocks"] = [
        {"type": "paragraph", "text": "〔填写提示〕写明做法和成效。"}, *section["blocks"],
    ]  # fmt: skip
    return "RK228"


@mutation
def chapter_added(draft: Draft) -> str:
    extra = {
        "title": "大事记", "numbered": False,
        "blocks": [{"type": "paragraph", "text": "全年共记录重要活动六项，均已归入档案。"}],
    }  # fmt: skip
    draft.data["chapters"] = [*draft.data["chapters"], extra]
    return "RK204"


@mutation
def chapter_renamed(draft: Draft) -> str | None:
    fine = [
        c
        for c, m in zip(draft.data["chapters"], draft.matches, strict=True)
        if _required(m.spec) and m.spec and len(m.spec.title) >= 4 and not draft.ids_outside(c)
    ]
    if not fine:
        return None
    chapter = draft.random.choice(fine)
    chapter["title"] = f"本年度{chapter['title']}综述"
    chapter["id"] = None
    return "RK205"


@mutation
def section_repeated(draft: Draft) -> str | None:
    fine = [
        (s, siblings)
        for s, m, siblings, above in draft.sections()
        if above is not None and s["title"] and s["blocks"]
    ]
    if not fine:
        return None
    section, siblings = draft.random.choice(fine)
    text = {
        "type": "paragraph",
        "text": "两处的内容各有侧重，" * 6,
    }
    copied = {**copy.deepcopy(section), "id": None, "sections": [], "blocks": [text]}
    siblings.insert(siblings.index(section) + 1, copied)
    return "RK226"


@mutation
def heading_with_stop(draft: Draft) -> str | None:
    fine = [s for s, m, _, _ in draft.sections() if m.spec is None and s["title"]]
    if not fine:
        return None
    section = draft.random.choice(fine)
    section["title"] += "。"
    return "RK306"


@mutation
def reference_dangling(draft: Draft) -> str | None:
    fine = [b for b, _ in draft.blocks("paragraph") if _ID.search(b["text"])]
    if not fine:
        return None
    paragraph = draft.random.choice(fine)
    paragraph["text"] = _ID.sub(lambda m: m[0].partition(":")[0] + ":nowhere", paragraph["text"], 1)
    return "RK321"


@mutation
def typed_reference_dangling(draft: Draft) -> str | None:
    if not draft.standard.numbering.table:
        return None
    draft.paragraph()["text"] += "有关情况见表1-88。"
    return "RK322"


@mutation
def vague_reference(draft: Draft) -> str:
    draft.paragraph()["text"] += "有关情况如下表所示。"
    return "RK325"


@mutation
def footnote_undefined(draft: Draft) -> str:
    draft.paragraph()["text"] += "[^nowhere]"
    return "RK326"


@mutation
def footnote_unused(draft: Draft) -> str:
    chapter = draft.random.choice(list(draft.data["chapters"]))
    chapter["footnotes"] = {**chapter["footnotes"], "idle": {"text": "没有用到的注。"}}
    return "RK327"


@mutation
def caption_removed(draft: Draft) -> str | None:
    fine = [b for b, siblings in draft.blocks("table", "figure", "chart") if len(siblings) > 1]
    named = {t.title for t in draft.standard.tables}
    fine = [b for b in fine if b["caption"] not in named and b["id"]]
    if not fine:
        return None
    draft.random.choice(fine)["caption"] = ""
    return "RK314"


@mutation
def case_without_title(draft: Draft) -> str | None:
    cases = [b for b, _ in draft.blocks("case")]
    if not cases:
        return None
    case = draft.random.choice(cases)
    case["title"] = ""
    return "RK221"


@mutation
def case_too_long(draft: Draft) -> str | None:
    limit = draft.standard.limits.case
    cases = [b for b, _ in draft.blocks("case")]
    if not cases or limit is None or limit.at_most is None:
        return None
    text = "各部门分工协作，按计划推进。" * (limit.at_most // 10)
    case = draft.random.choice(cases)
    case["blocks"] = [*case["blocks"], {"type": "paragraph", "text": text}]
    return "RK220"


@mutation
def title_of_another_year(draft: Draft) -> str | None:
    metadata = draft.data["metadata"]
    year = str(metadata["title_year"])
    if year not in metadata["title"]:
        return None
    metadata["title"] = metadata["title"].replace(year, str(int(year) - 1))
    return "RK222"


@mutation
def filed_too_late(draft: Draft) -> str:
    metadata = draft.data["metadata"]
    end: date = metadata["data_period"]["end"]
    metadata["filed_on"] = end + timedelta(days=500)
    return "RK224"


@mutation
def school_code_short(draft: Draft) -> str:
    draft.data["metadata"]["organisation"] |= {"code": "36110000", "region_code": None}
    return "RK143"


@mutation
@with_lists
def table_dropped(draft: Draft) -> str | None:
    names = {t.title for t in draft.standard.tables if t.need is Need.REQUIRED}
    for block, siblings in draft.blocks("table"):
        if block["caption"] in names:
            note = {"type": "paragraph", "text": "本表另行报送，此处从略，可向编制单位索取。"}
            siblings[siblings.index(block)] = note
            return "RK216"
    return None


@mutation
@with_lists
def indicator_dropped(draft: Draft) -> str | None:
    """The current value of a required indicator, which the text may well use."""
    needed = {i.id for i in draft.standard.required_indicators if i.need is Need.REQUIRED}
    observations = draft.data["data"]["observations"]
    window = draft.data["metadata"]["data_period"]
    period = window["current"] or str(window["end"].year)
    fine = {o["indicator"] for o in observations if o["period"] == period} & needed
    if not fine:
        return None
    victim = draft.random.choice(sorted(fine))
    draft.data["data"]["observations"] = [
        o for o in observations if (o["indicator"], o["period"]) != (victim, period)
    ]
    return "RK218"


TYPED: list[Mutation] = []


def typed_only(function: Mutation) -> Mutation:
    """A mutation of numbers that the author typed; see ``with_claims``."""
    TYPED.append(function)
    return function


def with_claims(submission: Submission, standard: Standard) -> Submission:
    """The same submission with every number and list typed by its author, all of them right."""
    report = compose(submission, standard)
    arranged = arrange(submission, standard)
    plan = number(arranged, standard.numbering)
    data = submission.model_dump(mode="python")
    by_chapter = {id(c): d for c, d in zip(submission.chapters, data["chapters"], strict=True)}
    sections, objects = iter(plan.sections), iter(plan.objects)

    def claim(section: Data) -> None:
        section["number"] = next(sections).number.strip() or None
        for block in _captioned(section["blocks"]):
            block["number"] = next(objects).label or None
        for child in section["sections"]:
            claim(child)

    for each in arranged:
        claim(by_chapter[id(each.chapter)])
    labels: dict[str, list[str]] = {"table": [], "figure": [], "case": []}
    for label in report.labels:
        if label.text:
            labels[label.kind].append(label.text)
    headings = [
        block.text
        for part in report.parts
        for block in part.blocks
        if isinstance(block, Heading) and block.in_toc and block.level <= 2
    ]
    lists = {"toc": headings, "tables": labels["table"], "figures": labels["figure"]}
    lists["cases"] = labels["case"]
    data["contents"] = [
        {
            "kind": kind,
            "entries": [{"text": t[:400], "page": str(i + 1)} for i, t in enumerate(texts)],
        }
        for kind, texts in lists.items()
        if texts
    ]
    return Submission.model_validate(data)


def _captioned(blocks: Any) -> Iterator[Data]:
    for block in blocks:
        if block["type"] in ("table", "figure", "chart", "case"):
            yield block
        if block["type"] == "case":
            yield from _captioned(block["blocks"])
        if block["type"] == "list":
            for item in block["items"]:
                yield from _captioned(item["blocks"])


def _numbered(draft: Draft, least: int) -> list[list[Data]]:
    """Groups of at least ``least`` siblings with typed numbers."""
    groups: dict[int, list[Data]] = {}
    for section, _, siblings, _ in draft.sections():
        if section["number"]:
            groups.setdefault(id(siblings), []).append(section)
    return [group for group in groups.values() if len(group) >= least]


def _claims(group: list[Data], order: list[int]) -> None:
    numbers = [section["number"] for section in group]
    for section, index in zip(group, order, strict=True):
        section["number"] = numbers[index]


@typed_only
def heading_skipped(draft: Draft) -> str | None:
    """A section dropped from a free group, or its typed number left out by all that follow."""
    groups = _numbered(draft, 3)
    if not groups:
        return None
    group = draft.random.choice(groups)
    at = draft.random.randrange(1, len(group) - 1)
    numbers = [section["number"] for section in group]
    for section, claim in zip(group[at:-1], numbers[at + 1 :], strict=True):
        section["number"] = claim
    group[-1]["number"] = None
    return "RK302"


@typed_only
def heading_repeated(draft: Draft) -> str | None:
    groups = _numbered(draft, 3)
    if not groups:
        return None
    group = draft.random.choice(groups)
    at = draft.random.randrange(1, len(group))
    _claims(group, [*range(at), *range(at - 1, len(group) - 1)])
    return "RK303"


@typed_only
def heading_wrong(draft: Draft) -> str | None:
    groups = _numbered(draft, 4)
    if not groups:
        return None
    group = draft.random.choice(groups)
    at = draft.random.randrange(1, len(group) - 2)
    group[at]["number"] = group[-1]["number"]
    group[-1]["number"] = None
    return "RK301"


@typed_only
def heading_style(draft: Draft) -> str | None:
    groups = _numbered(draft, 2)
    if not groups:
        return None
    group = draft.random.choice(groups)
    at = draft.random.randrange(len(group))
    group[at]["number"] = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"[at]
    return "RK305"


def _captions(draft: Draft, least: int) -> list[list[Data]]:
    """Typed captions of one kind in one chapter."""
    groups = []
    for chapter in draft.data["chapters"]:
        kinds: dict[str, list[Data]] = {}

        def walk(section: Data, kinds: dict[str, list[Data]]) -> None:
            for block in _captioned(section["blocks"]):
                kind = "figure" if block["type"] == "chart" else block["type"]
                if block["number"]:
                    kinds.setdefault(kind, []).append(block)
            for child in section["sections"]:
                walk(child, kinds)

        walk(chapter, kinds)
        groups += [group for group in kinds.values() if len(group) >= least]
    return groups


@typed_only
def caption_of_another_chapter(draft: Draft) -> str | None:
    groups = [g for g in _captions(draft, 1) if "-" in g[0]["number"]]
    if not groups:
        return None
    block = draft.random.choice(draft.random.choice(groups))
    block["number"] = re.sub(r"\d+(?=-)", lambda m: str(int(m[0]) + 1), block["number"], count=1)
    return "RK311"


@typed_only
def caption_skipped(draft: Draft) -> str | None:
    groups = _captions(draft, 2)
    if not groups:
        return None
    group = draft.random.choice(groups)
    at = draft.random.randrange(len(group))
    for block in group[at:]:
        block["number"] = re.sub(
            r"\d+(?=\D*$)", lambda m: str(int(m[0]) + 1), block["number"], count=1
        )
    return "RK312"


@typed_only
def caption_repeated(draft: Draft) -> str | None:
    groups = _captions(draft, 2)
    if not groups:
        return None
    group = draft.random.choice(groups)
    at = draft.random.randrange(1, len(group))
    group[at]["number"] = group[at - 1]["number"]
    return "RK313"


@typed_only
def caption_run_together(draft: Draft) -> str | None:
    groups = [g for g in _captions(draft, 1) if "-" in g[0]["number"]]
    if not groups:
        return None
    block = draft.random.choice(draft.random.choice(groups))
    key = "title" if block["type"] == "case" else "caption"
    block[key] = f"{block['number']}2023年{block[key]}"
    block["number"] = None
    return "RK315"


def _entries(draft: Draft, toc: bool) -> list[Data]:
    lists = [c for c in draft.data["contents"] if (c["kind"] == "toc") is toc]
    return draft.random.choice(lists)["entries"] if lists else []


def _entry_changed(draft: Draft, toc: bool, code: str) -> str | None:
    entries = _entries(draft, toc)
    if not entries:
        return None
    entry = draft.random.choice(list(entries))
    entry["text"] = f"{entry['text'][:-1]}等"
    return code


@typed_only
@with_lists
def toc_entry_changed(draft: Draft) -> str | None:
    return _entry_changed(draft, True, "RK331")


@typed_only
@with_lists
def list_entry_changed(draft: Draft) -> str | None:
    return _entry_changed(draft, False, "RK332")


@typed_only
@with_lists
def page_out_of_range(draft: Draft) -> str | None:
    entries = _entries(draft, True)
    if len(entries) < 3:
        return None
    entries[len(entries) // 2]["page"] = "1090"
    return "RK331"


@typed_only
@with_lists
def toc_entry_missing(draft: Draft) -> str | None:
    lists = [c for c in draft.data["contents"] if c["kind"] == "toc" and len(c["entries"]) > 3]
    if not lists:
        return None
    entries = list(lists[0]["entries"])
    del entries[draft.random.randrange(len(entries))]
    lists[0]["entries"] = entries
    return "RK331"
