#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from django.core.management import execute_from_command_line

from catalog.caching.failures import failure_of


def main():
    """Run a command. Where a disk or the database fails it, one line says so in place of a traceback."""
    try:
        execute_from_command_line(sys.argv)
    except Exception as error:
        if not (failure := failure_of(error)):
            raise
        reason = " ".join(str(error.__cause__ or error).split())
        sys.exit(f"{' '.join(sys.argv[1:2])} failed: {failure} ({reason}).")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    main()
