"""Shared fixtures; says at the end which outside programs the tests had to do without."""

import os

import pytest


def need(tool: str, found: object) -> None:
    """Skip the test because ``tool`` is not there; with REPORTKIT_STRICT set, fail instead."""
    if found:
        return
    if os.environ.get("REPORTKIT_STRICT"):
        pytest.fail(f"{tool} is not installed, and REPORTKIT_STRICT forbids to skip", pytrace=False)
    pytest.skip(f"{tool} is not installed")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = {str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped}
    for reason in sorted(reasons):
        terminalreporter.write_line(f"skipped: {reason}")
