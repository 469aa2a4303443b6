"""A whole file as one proposed change: sent to review, answered, accepted at once."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.admin import access, proposals
from catalog.models import Import, ImportState, Revision, RevisionState, RowOutcome
from catalog.models.revisions import WITH_AUTHOR
from catalog.staff import scopes

from . import applying
from .books import BOOKS


def visible_to(user):
    """The Imports that `user` sees: the own ones, and those of nouns that they decide on everywhere. A file
    may be about records of any scope."""
    everywhere = scopes.tags_of(user) is None
    nouns = [book.name for book in BOOKS.values() if everywhere and access.may_decide(user, book.model)]
    return Import.objects.filter(author=user) | Import.objects.filter(noun__in=nouns)


def may_import(user, book):
    """Whether `user` adds and changes all that a Book holds, at least as a proposal."""
    return all(
        access.may_write(user, sheet.model) and user.has_perm(f"catalog.add_{sheet.model._meta.model_name}")
        for sheet in book.sheets
    )


def standing(brought):
    """What staff read of where it stands: its own state, or that of the review it is in."""
    if brought.state == ImportState.CHECKED and brought.revision:
        return brought.revision.get_state_display()
    return brought.get_state_display()


def is_open(brought, user):
    """Whether its author can mend it, send it or bring it in."""
    waits = brought.revision and brought.revision.state not in WITH_AUTHOR
    return brought.author_id == user.pk and brought.state == ImportState.CHECKED and not waits


def waits(brought):
    """Whether it waits for a decision."""
    open_now = brought.revision and brought.revision.state == RevisionState.OPEN
    return bool(open_now and brought.state == ImportState.CHECKED)


def send(brought, user, reason):
    """Propose the whole file: one change that waits for a decision."""
    revision = brought.revision or Revision(
        content_type=ContentType.objects.get_for_model(BOOKS[brought.noun].model), author=user
    )
    revision.title, revision.reason = brought.file_name, reason
    revision.state, revision.sent_at = RevisionState.OPEN, timezone.now()
    with transaction.atomic():
        revision.save()
        brought.revision = revision
        brought.save(update_fields=["revision"])


def bring_in(brought, user):
    """Its author writes it at once; what is public with that was accepted by nobody else."""
    if not applying.may_apply(user, brought):
        raise PermissionDenied
    with transaction.atomic():
        if brought.concerns_public:
            send(brought, user, "")
            _decide(brought, RevisionState.ACCEPTED, user, alone=True)
        applying.apply(brought, user)


def accept(brought, user, comment):
    """Write what was proposed."""
    with transaction.atomic():
        _hold(brought)
        if not waits(brought) or not proposals.may_accept(user, brought.revision):
            raise PermissionDenied
        _decide(brought, RevisionState.ACCEPTED, user, comment, brought.author_id == user.pk)
        applying.apply(brought, user)


def answer(brought, user, state, comment):
    """Send it back to its author, or refuse it."""
    with transaction.atomic():
        _hold(brought)
        if not waits(brought) or not proposals.may_answer(user, brought.revision):
            raise PermissionDenied
        _decide(brought, state, user, comment)


def take_back(brought, user):
    with transaction.atomic():
        _hold(brought)
        if not waits(brought) or brought.author_id != user.pk:
            raise PermissionDenied
        brought.revision.take_back()


def drop(brought, user):
    """Forget a file that was not brought in."""
    if not is_open(brought, user):
        raise PermissionDenied
    with transaction.atomic():
        revision = brought.revision
        brought.delete()
        if revision:
            revision.delete()


def _hold(brought):
    """Of two decisions at the same moment the second waits, and sees the first."""
    held = Revision.objects.select_for_update(of=("self",)).filter(pk=brought.revision_id).first()
    brought.revision = held


def _decide(brought, state, user, comment="", alone=False):
    brought.revision.accepted_alone = alone
    brought.revision.decide(state, user, comment)


def has_changes(brought):
    """Whether there is something to bring in, and nothing wrong."""
    counts = brought.counts
    return not counts.get(RowOutcome.WRONG) and bool(
        counts.get(RowOutcome.NEW) or counts.get(RowOutcome.CHANGED)
    )


def cannot_yet(brought):
    """Why it cannot be brought in or sent, in words; empty where it can."""
    if brought.counts.get(RowOutcome.WRONG):
        return _("Mend the rows that are wrong first: a file comes in whole or not at all.")
    return "" if has_changes(brought) else _("The file says what is there already: there is nothing to do.")
