"""Keeps what the site writes from other accounts of the machine: directories 0700, files 0600."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from django.conf import settings

OWN_ACCOUNT_ALONE = 0o077


def begin():
    """From now on this process writes for its own account alone."""
    os.umask(OWN_ACCOUNT_ALONE)


def close(directory):
    """Take from others what lies in `directory`; what belongs to another account is left as it is."""
    if not hasattr(os, "getuid"):  # Windows keeps such rights elsewhere
        return
    for folder, _folders, names in os.walk(directory):
        for path in (Path(folder), *(Path(folder, name) for name in names)):
            with suppress(FileNotFoundError):  # the site that runs meanwhile removed it
                _close_one(path)


def _close_one(path):
    found = path.lstat()
    if found.st_mode & OWN_ACCOUNT_ALONE and found.st_uid == os.getuid() and not stat.S_ISLNK(found.st_mode):
        path.chmod(stat.S_IMODE(found.st_mode) & ~OWN_ACCOUNT_ALONE)


def let_others_read_static(folder):
    """Give the proxy the static files in `folder`, which are public, where STATIC_DIR keeps them apart from
    the rest."""
    if not settings.STATIC_ROOT.is_relative_to(settings.VAR_DIR):
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
