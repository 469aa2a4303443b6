"""Collects the static files: anew where a source changed or what was collected is not whole any more.

They are made in a folder beside and moved over one by one, so that a site that serves them misses none
meanwhile. What the build before named stays, for pages that are still open in browsers.
"""

import json
import shutil
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands import collectstatic
from django.core.files.storage import storages
from django.core.management import call_command

from portal import private_files

from .wholeness import COMPRESSED, MANIFEST, STAMP, file_digests, files_named, stamp_of

UNFINISHED_PREFIX = "static-new-"
LEFT_BEHIND = 60 * 60  # seconds after which the folder of a run that was cut off is removed


def collect():
    """Bring STATIC_ROOT up to date: 10 s of work, so only where something is not as it should be."""
    root, sources = Path(settings.STATIC_ROOT), _digest_of_sources()
    stamp = stamp_of(root)
    if stamp.get("sources") == sources and stamp.get("files") == file_digests(root, stamp["files"]):
        return
    remove_left_behind(root.parent)
    made = Path(tempfile.mkdtemp(prefix=UNFINISHED_PREFIX, dir=root.parent))
    try:
        _collect_into(made)
        files = [path.relative_to(made).as_posix() for path in sorted(made.rglob("*")) if path.is_file()]
        before = _kept(root, stamp, sources)
        new = {"sources": sources, "files": file_digests(made, files), "before": before}
        private_files.let_others_read_static(made)  # at once: the site that serves names them
        _move(made, root, files)
        (made / STAMP).write_text(json.dumps(new), encoding="utf-8")
        (made / STAMP).replace(root / STAMP)
        _remove_others(root, {*files, *before, STAMP})
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _collect_into(place):
    command = collectstatic.Command()
    command.storage = type(storages["staticfiles"])(location=place)
    call_command(command, interactive=False, verbosity=0)


def _move(made, root, files):
    """Each file in one step; the manifest last, which names the others."""
    for name in sorted(files, key=lambda name: name == MANIFEST):
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (made / name).replace(target)


def _kept(root, stamp, sources):
    """The names of the files of the build before this one: where this one is only mended, those that were
    kept already."""
    if stamp.get("sources") == sources:
        return [name for name in stamp.get("before", []) if (root / name).is_file()]
    known = files_named(root) or [name for name in stamp.get("files", {}) if name != MANIFEST]
    found = (f"{name}{ending}" for name in known for ending in ("", *COMPRESSED))
    return sorted(name for name in found if (root / name).is_file())


def _remove_others(root, names):
    for path in root.rglob("*"):
        if path.is_file() and path.relative_to(root).as_posix() not in names:
            path.unlink(missing_ok=True)


def remove_left_behind(folder):
    """Remove the folders of runs that were cut off, but not that of one that runs just now."""
    for path in folder.glob(f"{UNFINISHED_PREFIX}*"):
        if time.time() - path.stat().st_mtime > LEFT_BEHIND:
            shutil.rmtree(path, ignore_errors=True)


def _digest_of_sources():
    files = sorted(
        (path, storage.size(path), storage.get_modified_time(path).timestamp())
        for finder in get_finders()
        for path, storage in finder.list(ignore_patterns=[])
    )
    return sha256(repr(files).encode()).hexdigest()
