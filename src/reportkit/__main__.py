"""Run the command line as ``python -m reportkit``."""

from .cli import main

main()
