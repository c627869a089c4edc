"""Prints the rules page: ``python -m reportkit.checks > docs/rules.md``."""

import sys

from .explain import rules_page

sys.stdout.buffer.write(rules_page().encode())
