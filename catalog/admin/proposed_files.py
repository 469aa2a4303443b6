"""Files that are proposed: kept out of the public's reach until the proposal is decided, then moved or
erased."""

import secrets
from contextlib import suppress
from datetime import timedelta
from functools import partial

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q
from django.http import FileResponse, Http404
from django.utils import timezone

from catalog.models import Revision, RevisionState
from catalog.models.revisions import UNDER_WAY

from . import stash, stashed_files

PROPOSAL_KEPT_FOR = timedelta(days=90)
"""How long a proposal that its author does not send again keeps its files."""


def proposed_file(revision, token):
    """The File, open to be read; None where this proposal has none of that token."""
    with suppress(FileNotFoundError):
        if stash.TOKEN.fullmatch(token):
            return _storage().open(f"{revision.pk}/{token}")
    return None


def keep_files(revision, forms_sent):
    """Store the files of these forms with a proposal. Returns what its page sends in their place, {name of an
    input: [text]}; files that it had before and has no more are erased."""
    sent = {}
    for form, name, _widget in stashed_files.uploads_of(forms_sent):
        file = getattr(form, "cleaned_data", {}).get(name)
        if isinstance(file, stashed_files.UploadedFile):
            token = file.token if getattr(file, "is_proposed", False) else _put(revision, file)
            sent[form.add_prefix(name) + stashed_files.CHOSEN] = [f"{token}:{file.name}"]
    kept = {text.partition(":")[0] for (text,) in sent.values()}
    for token in set(_listed(f"{revision.pk}")[1]) - kept:
        transaction.on_commit(partial(_storage().delete, f"{revision.pk}/{token}"))
    return sent


def forget_files(revision):
    """Erase the files of a proposal that waits no longer, once that is stored."""
    transaction.on_commit(partial(_erase, str(revision.pk)))


def file_answer(revision, token):
    """A proposed file as a download, under the name it was sent with."""
    texts = (text for texts in revision.proposed.values() for text in texts)
    name = next((text.partition(":")[2] for text in texts if text.startswith(f"{token}:")), None)
    file = proposed_file(revision, token) if name else None
    if file is None:
        raise Http404
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def erase_settled_files():
    """Erase the files of proposals that are decided or gone, and of those that lie with their author for
    long."""
    long_ago = timezone.now() - PROPOSAL_KEPT_FOR
    waiting = Q(state=RevisionState.OPEN) | Q(state__in=UNDER_WAY, sent_at__gte=long_ago)
    folders = _listed("")[0]
    kept = {str(pk) for pk in Revision.objects.filter(waiting, pk__in=folders).values_list("pk", flat=True)}
    for folder in set(folders) - kept:
        _erase(folder)


def _put(revision, file):
    erase_settled_files()
    token = secrets.token_hex(16)
    _storage().save(f"{revision.pk}/{token}", file)
    return token


def _erase(folder):
    for token in _listed(folder)[1]:
        _storage().delete(f"{folder}/{token}")
    _storage().delete(folder)


def _storage():
    return storages["proposed"]


def _listed(folder):
    """(names of folders, names of files) in a folder that need not be there."""
    with suppress(FileNotFoundError):
        return _storage().listdir(folder)
    return [], []
