"""Keeps what the site writes from other accounts of the machine: directories 0700, files 0600."""

import os
import stat
from pathlib import Path

from django.conf import settings

MASK = 0o077


def begin():
    """From now on this process writes for its own account alone."""
    os.umask(MASK)


def close(directory):
    """Take from others what lies in `directory`; what belongs to another account is left as it is."""
    if not hasattr(os, "getuid"):  # Windows keeps such rights elsewhere
        return
    for path in (Path(directory), *Path(directory).rglob("*")):
        found = path.lstat()
        if found.st_mode & MASK and found.st_uid == os.getuid() and not path.is_symlink():
            path.chmod(stat.S_IMODE(found.st_mode) & ~MASK)


def let_others_read_static():
    """Give the proxy the static files, which are public, where STATIC_DIR keeps them apart from the rest."""
    if not settings.STATIC_ROOT.is_relative_to(settings.VAR_DIR):
        for path in (settings.STATIC_ROOT, *settings.STATIC_ROOT.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
