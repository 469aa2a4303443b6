"""The files that people uploaded, as a backup holds them."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages

STORED = ("default", "proposed", "proofs")
"""The storages whose files are kept; what is in "stash" lives for an hour."""
FOLDER_NAMES = {"default": "media"}


def folders():
    """{folder in the archive: where its files lie}."""
    return {FOLDER_NAMES.get(name, name): Path(storages[name].location) for name in STORED}


def members():
    """{name in the archive: path} of every uploaded file. None is written again once it is stored, so what is
    read while the site runs is whole."""
    return {
        f"{folder}/{path.relative_to(place).as_posix()}": path
        for folder, place in folders().items()
        for path in sorted(place.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def put_files_back(unpacked):
    """Move the files of an unpacked archive to where they belong."""
    for folder, place in folders().items():
        for path in sorted((unpacked / folder).rglob("*")):
            if path.is_file():
                target = place / path.relative_to(unpacked / folder)
                target.parent.mkdir(
                    mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS, parents=True, exist_ok=True
                )
                path.replace(target)
                target.chmod(settings.FILE_UPLOAD_PERMISSIONS)
