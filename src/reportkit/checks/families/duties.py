"""RK232: what a standard wants to be said or filed beside the outline."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Finding, Severity
from ..context import Context
from ..facts import standing
from ..registry import Basis, Needs, Source, rule

_HEAD = "# 工作\n\n## 服务\n\n面向社区开展服务活动十二次，"


@rule(
    code="RK232",
    name="duty-open",
    title="有应写明或另报的事没有提到",
    severity=Severity.INFO,
    source=Source(Basis.STANDARD, "所选规范列出的提纲以外的要求"),
    why="不写明统计范围，各单位的数不能相比；应一并报送的材料漏了，要退回补报。",
    message="没有提到{title}{trigger:（文中有“%s”，可能需要）}",
    expected="{says:写明，如用“%s”等说法}{unknown:%s}",
    hint="{guidance:%s}已经办妥的，不必理会。",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
    good=f"\n{_HEAD}其中专项活动三次，专项材料已另报，参加人员逐年增加。\n",
    bad=f"\n{_HEAD}其中专项活动三次，参加人员逐年增加。\n",
)
def duty_open(context: Context) -> Iterator[Finding]:
    """No text has a wording by which it is known that a duty is met.

    A duty that only some have is told where a text says that this may be one of them. Where no
    wording could tell, it is a reminder.
    """
    duties = context.standard.duties
    said = "\n".join(one.text for one in context.texts) if duties else ""
    for duty in duties:
        trigger = next((word for word in duty.when if word in said), "")
        if (duty.when and not trigger) or any(word in said for word in duty.says):
            continue
        yield Finding(
            code="RK232",
            place=context.manifest_place("standard"),
            at=duty.id,
            subject=duty.id,
            severity=duty.severity,
            args={
                "title": duty.title,
                "trigger": trigger,
                "says": list(duty.says[:4]),
                "unknown": "" if duty.says else "已另行办理；从报告本身看不出来",
                "guidance": duty.guidance or "写明，或确认已另行办理。",
                "basis": standing(duty),
            },
        )
