"""Last year's submission as history: its values stand in for periods that this one does not give.

``previous`` in ``report.yaml`` is the one path that may lead out of the folder: relative, with
``/``, to another submission (a folder with ``report.yaml``, or a JSON document). It is read with
the same care as any submission; its observations are taken, and the rest is there to be compared.
What it names as its own previous one is not followed.
"""

import re
from dataclasses import replace

from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding
from reportkit.model.submission import Submission

from .result import ReadResult

_NOT_RELATIVE = re.compile(r"[/~]|[A-Za-z]:|.*[\\\x00-\x1f]")


def with_history(result: ReadResult) -> ReadResult:
    """The result with the values of the submission that it names as the previous one.

    What cannot be used is told as RK142.
    """
    submission = result.submission
    named = submission.metadata.previous if submission is not None else None
    if submission is None or not named:
        return result
    previous, reason = _previous(result, named)
    if previous is None or reason:
        places = submission.metadata.places
        place = (places and places.get("previous")) or submission.metadata.place or Place()
        args = {"path": named, "reason": reason}
        problem = Finding(code="RK142", place=place, quote=named, at="report.yaml", args=args)
        return replace(result.with_findings((problem,)), previous=previous)
    own = {(o.indicator, o.period, o.scope) for o in submission.data.observations}
    observations = previous.data.observations
    kept = [o for o in observations if (o.indicator, o.period, o.scope) not in own]
    return replace(result, history=tuple(kept), previous=previous)


def _previous(result: ReadResult, named: str) -> tuple[Submission | None, str]:
    """The submission at ``named``, and why its values cannot be used."""
    from . import read

    if _NOT_RELATIVE.match(named):
        return None, "应是相对路径，用 / 分隔"
    try:
        target = result.root / named
        folder = target.is_dir()
        if folder and not (target / "report.yaml").is_file():
            return None, "文件夹中没有 report.yaml"
        if not folder and not (target.is_file() and target.suffix.lower() == ".json"):
            return None, "找不到这个文件夹或 JSON 文档"
        if folder and target.resolve() == result.root.resolve():
            return None, "这就是本报送件"
    except OSError:
        return None, "打不开这个路径"
    found = read(target).submission
    if found is None:
        return None, "读不出报送件，请先检查它"
    return found, "" if found.data.observations else "其中没有指标数据"
