"""The entry point: gathers the commands, and turns every failure into a message."""

import errno
import sys
from importlib import import_module

import click

from .app import CANNOT, app
from .chinese import explain

COMMANDS = (
    "daily",
    "batch",
    "compile",
    "verify",
    "inspecting",
    "importing",
    "kit",
    "pull",
    "rolling",
    "reference",
    "facts",
    "evaluation",
)
"""The modules that add commands, in the order in which the help page lists them."""


def program() -> click.Group:
    """The program with all its commands."""
    for name in COMMANDS:
        import_module(f".{name}", __package__)
    return app


def main() -> None:
    """Run the program; every failure ends in a Chinese message and exit code 2."""
    from ..refusals import CannotDo

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")
    try:
        program()(standalone_mode=False, prog_name="reportkit")
    except click.ClickException as error:
        click.echo(f"错误：{explain(error)}", err=True)
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "reportkit"
        click.echo(f"运行 {path} --help 看用法。", err=True)
        sys.exit(CANNOT)
    except CannotDo as error:
        click.echo(f"错误：{error}", err=True)
        sys.exit(CANNOT)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断。", err=True)
        sys.exit(CANNOT)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(CANNOT)
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        full = error.errno == errno.ENOSPC
        why = "磁盘已满，没有写完" if full else f"系统拒绝（错误号 {error.errno}）"
        click.echo(f"错误：读写文件{where} 失败：{why}。", err=True)
        sys.exit(CANNOT)
    except MemoryError:
        click.echo("错误：内存不足，文件可能过大。", err=True)
        sys.exit(CANNOT)
