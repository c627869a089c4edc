"""LibreOffice, where it is installed: it renders Word documents, and is never needed for output."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

TIME_LIMIT = 300
"""Seconds that one conversion may take."""
ABSENT = "本机没有 LibreOffice"
_FAILED = "LibreOffice 没有转换成功"
_SLOW = f"LibreOffice 在 {TIME_LIMIT} 秒内没有转换完"


class OfficeUnavailable(RuntimeError):
    """LibreOffice is absent or failed; the text says so in Chinese."""


def find() -> Path | None:
    """The program, from the search path or where its installer puts it; None if it is absent."""
    names = ("soffice.com", "soffice") if sys.platform == "win32" else ("soffice", "libreoffice")
    found = next((path for name in names if (path := shutil.which(name))), None)
    folders = [os.environ.get(name) for name in ("ProgramFiles", "ProgramFiles(x86)")]
    usual = [Path(name, "LibreOffice", "program", "soffice.com") for name in folders if name]
    usual.append(Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"))
    return Path(found) if found else next((path for path in usual if path.is_file()), None)


def convert(content: bytes, suffix: str, to: str, *, options: str = "") -> bytes:
    """``content`` (a file with ``suffix``) as LibreOffice converts it to ``to``, such as ``pdf``.

    It runs with a profile of its own in a temporary folder, which goes away with it.

    Raises:
        OfficeUnavailable: there is no LibreOffice, it failed, or it took too long.
    """
    program = find()
    if program is None:
        raise OfficeUnavailable(ABSENT)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"source.{suffix}"
        source.write_bytes(content)
        profile = (folder / "profile").as_uri()
        command = [str(program), f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--convert-to", f"{to}:{options}" if options else to]
        _run([*command, "--outdir", str(folder / "made"), str(source)])
        try:
            return (folder / "made" / f"source.{to}").read_bytes()
        except OSError as error:
            raise OfficeUnavailable(_FAILED) from error


def _run(command: list[str]) -> None:
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError as error:
        raise OfficeUnavailable(_FAILED) from error
    try:
        process.wait(TIME_LIMIT)
    except BaseException as error:
        _end(process)
        if isinstance(error, subprocess.TimeoutExpired):
            raise OfficeUnavailable(_SLOW) from error
        raise


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it has started."""
    if sys.platform == "win32":
        taskkill = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(taskkill, capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
