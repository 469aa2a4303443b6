"""Whether the collected static files are as they were when they were collected."""

import json
from hashlib import sha256
from pathlib import Path

from django.core.files.storage import storages

MANIFEST, STAMP = "staticfiles.json", "collected.txt"
COMPRESSED = (".gz", ".br")


def fault():
    """What is wrong with them in a few words, "" where nothing is. Each file that the manifest names is read,
    and its compressed twins: some 20 ms."""
    storage = storages["staticfiles"]
    if not hasattr(storage, "read_manifest"):  # with DEBUG they are served as they lie
        return ""
    root = Path(storage.location)
    names, recorded = files_named(root), stamp_of(root).get("files")
    for file, content in ((MANIFEST, names), (STAMP, recorded)):
        if not content:
            return f"{file} is missing or damaged"
    twins = (f"{name}{ending}" for name in names for ending in COMPRESSED)
    served = [*names, *(name for name in twins if name in recorded)]
    found = file_digests(root, served)
    wrong = sum(not found.get(name) or found[name] != recorded.get(name, found[name]) for name in served)
    return f"{wrong} of {len(served)} files are missing or damaged" if wrong else ""


def files_named(root):
    """The files that the manifest names; none where it cannot be read."""
    try:
        return sorted(set(json.loads((root / MANIFEST).read_bytes())["paths"].values()))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return []


def stamp_of(root):
    """What the last collection wrote down, {"sources", "files", "before"}; {} where that cannot be read."""
    try:
        stamp = json.loads((root / STAMP).read_bytes())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and isinstance(stamp.get("files"), dict) else {}


def file_digests(root, names):
    """{name: digest of its content} of those that can be read."""
    found = {}
    for name in names:
        try:
            found[name] = sha256((root / name).read_bytes()).hexdigest()
        except OSError:
            continue
    return found
