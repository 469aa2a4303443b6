"""Puts aside for an hour what a member of staff typed or chose and could not save, for that account alone."""

import re
import secrets
from contextlib import suppress
from datetime import timedelta

from django.core.files.storage import storages
from django.utils import timezone

STASH_KEPT_FOR = timedelta(hours=1)
FORMS, FILES = "forms", "files"
MOST_STASHED = {FORMS: 5, FILES: 20}
"""How many of each kind an account has at once; the oldest make room."""
TOKEN = re.compile("[0-9a-f]{32}")


def put(kind, user_pk, content):
    """Store a File; the token under which that account gets it back."""
    token = secrets.token_hex(16)
    _storage().save(_place(kind, user_pk, token), content)
    tidy()
    return token


def get(kind, user_pk, token):
    """The File, open to be read; None where there is none of that account, or none any more."""
    storage, place = _storage(), _place(kind, user_pk, token)
    with suppress(FileNotFoundError):
        if TOKEN.fullmatch(token) and storage.exists(place) and not _is_over(storage, place):
            return storage.open(place)
    return None


def drop_file(kind, user_pk, token):
    if TOKEN.fullmatch(token):
        _storage().delete(_place(kind, user_pk, token))


def tidy():
    """Delete what is past its hour, and what is more than an account may have."""
    storage = _storage()
    for kind, most in MOST_STASHED.items():
        for user_pk in _listed(storage, kind)[0]:
            folder = f"{kind}/{user_pk}"
            with suppress(FileNotFoundError):  # another process tidies too
                places = [f"{folder}/{name}" for name in _listed(storage, folder)[1]]
                places.sort(key=storage.get_modified_time, reverse=True)
                for number, place in enumerate(places):
                    if number >= most or _is_over(storage, place):
                        storage.delete(place)


def _storage():
    return storages["stash"]


def _place(kind, user_pk, token):
    return f"{kind}/{user_pk}/{token}"


def _is_over(storage, place):
    return storage.get_modified_time(place) < timezone.now() - STASH_KEPT_FOR


def _listed(storage, folder):
    """(names of folders, names of files) in a folder that need not be there."""
    return storage.listdir(folder) if storage.exists(folder) else ([], [])
