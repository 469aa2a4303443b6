"""Keeps what the site writes from other accounts of the machine: directories 0700, files 0600."""

import os
import stat
from pathlib import Path

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
