"""click in Chinese: help pages, and messages for wrong options and arguments.

Messages are chosen by the class of the error, never by reading click's English.
"""

import difflib
import inspect
from typing import Any

import click


class ChineseCommand(click.Command):
    """A command whose help page is in Chinese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how to call it."""
        formatter.write_usage(
            ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法："
        )

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Arguments first as the user types them, then the options."""
        pieces = [piece for p in self.get_params(ctx) for piece in p.get_usage_pieces(ctx) if piece]
        return [*pieces, "[选项]"]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description as it stands in the docstring."""
        formatter.write_paragraph()
        for line in inspect.cleandoc(self.help or "").splitlines():
            formatter.write(f"  {line}".rstrip() + "\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [record for p in options if (record := p.get_help_record(ctx))]
        with formatter.section("选项"):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with a Chinese text."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份说明"
        return option


class ChineseGroup(ChineseCommand, click.Group):
    """The program itself: lists its commands, and suggests one for a typing slip."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """A group takes a command."""
        return ["命令", "[参数]"]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, in the order of the work, then the options."""
        rows = [
            (name, command.get_short_help_str(60))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None
        ]
        with formatter.section("命令"):
            formatter.write_dl(rows)
        super().format_options(ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Commands in the order in which they were added, not by alphabet."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; name the nearest ones if there is none."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            near = difflib.get_close_matches(args[0], self.list_commands(ctx), 2, 0.5)
            hint = f"是否指 {' 或 '.join(near)}？" if near else ""
            raise UnknownCommand(f"没有“{args[0]}”这个命令。{hint}", ctx)
        return super().resolve_command(ctx, args)


class UnknownCommand(click.UsageError):
    """A command that does not exist; its message is already in Chinese."""


def explain(error: click.ClickException) -> str:
    """The Chinese message of a click error."""
    param = _name(getattr(error, "param", None))
    match error:
        case UnknownCommand():
            return error.message
        case click.NoSuchOption():
            near = "、".join(error.possibilities or ())
            return f"没有 {error.option_name} 这个选项。" + (f"是否指 {near}？" if near else "")
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面缺少内容，或内容多余。"
        case click.MissingParameter():
            return f"缺少{param}。"
        case click.BadParameter():
            return f"{param} 的内容不对{_choices(error)}。"
        case click.UsageError():
            return "参数不对，可能多写了，或顺序不对。"
        case _:
            return error.format_message()


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return "参数"
    if isinstance(param, click.Option):
        return f"选项 {param.opts[0]}"
    return f"参数 {param.make_metavar(click.Context(click.Command('x')))}"


def _choices(error: click.BadParameter) -> str:
    kind: Any = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return f"；可以用 {'、'.join(map(str, kind.choices))}"
    if isinstance(kind, click.IntRange):
        return f"；应是 {kind.min}～{kind.max} 的整数"
    if isinstance(kind, click.types.IntParamType):
        return "；应是整数"
    return ""
