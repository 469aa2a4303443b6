"""Drafts on their way through review: sent with a note, locked for their writers, taken back, sent back with
a comment, refused with a reason, or published.

What was sent is a Revision that asks for the publication of its record; see access.submission_of.
"""

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Revision, RevisionKind, RevisionState, State
from catalog.models.base import Publishable
from catalog.models.revisions import UNDER_WAY

from . import access, columns, proposals, publishing

TAKE_BACK, SEND_BACK, REFUSE = REVIEW_BUTTONS = ("_take_back", "_send_back", "_refuse")
REVIEW_DECISIONS = {SEND_BACK: RevisionState.SENT_BACK, REFUSE: RevisionState.REFUSED}


def send_to_review(user, record, note=""):
    """Send a record to review, with the drafts that travel with it. Raises ValidationError where it cannot go
    there from where it stands."""
    along = [one for one in publishing.travellers(record) if one.state == State.DRAFT]
    record.send_to_review()
    for one in along:
        if access.may_write(user, type(one)) and access.is_in_scope(user, one):
            one.send_to_review()
    kind = ContentType.objects.get_for_model(type(record))
    asked = {"content_type": kind, "record_id": record.pk, "author": user}
    sent = _under_way(asked).first() or Revision(**asked)
    sent.kind, sent.state = RevisionKind.PUBLICATION, RevisionState.OPEN
    sent.title, sent.reason, sent.sent_at = str(record)[:300], note, timezone.now()
    sent.save()
    record.__dict__.pop("_submission", None)


def _under_way(asked):
    return Revision.objects.filter(**asked, state__in=UNDER_WAY).exclude(kind=RevisionKind.MERGER)


def may_take_back(user, record):
    """Whether `user` takes a record out of review: who sent it; where nobody is known, who writes its
    noun."""
    if record.state != State.IN_REVIEW or not access.is_in_scope(user, record):
        return False
    sent = access.submission_of(record)
    return sent.author_id == user.pk if sent else access.may_write(user, type(record))


def answer_to_button(noun_admin, request, record):
    """The answer to a button of a record in review other than those that save its form; None for these."""
    button = next((name for name in REVIEW_BUTTONS if name in request.POST), None)
    if button is None or not isinstance(record, Publishable) or proposals.of(request).revision:
        return None
    may = may_take_back if button == TAKE_BACK else access.may_judge
    page = reverse(f"admin:catalog_{noun_admin.opts.model_name}_change", args=[record.pk])
    if record.state != State.IN_REVIEW:
        return _answered(noun_admin, request, page, proposals.MOVED, messages.ERROR)
    if not may(request.user, record):
        raise PermissionDenied
    if button == TAKE_BACK:
        _leave(record, RevisionState.TAKEN_BACK, None)
        return _answered(noun_admin, request, page, _("“%(name)s” is with you again.") % {"name": record})
    comment = proposals.comment_of(request)
    if not comment:
        text = _("Write a few words to the author: why, or what is to be done.")
        return _answered(noun_admin, request, page, text, messages.ERROR)
    _leave(record, REVIEW_DECISIONS[button], request.user, comment)
    words = (
        _("“%(name)s” was sent back to its author.")
        if button == SEND_BACK
        else _("“%(name)s” was refused. Its author is told why.")
    )
    back = reverse(f"admin:catalog_{noun_admin.opts.model_name}_changelist")
    return _answered(noun_admin, request, back, words % {"name": record})


def _leave(record, state, user, comment=""):
    """Take a record, and what travelled with it, out of review, and say so to who sent it."""
    sent = access.submission_of(record)
    along = [one for one in publishing.travellers(record) if one.state == State.IN_REVIEW]
    record.leave_review()
    for one in along:
        if access.submission_of(one) is None:
            one.leave_review()
    if sent:
        sent.decide(state, user, comment)


def _answered(noun_admin, request, address, words, level=messages.SUCCESS):
    noun_admin.message_user(request, words, level)
    return HttpResponseRedirect(address)


def refuse_publishing(user, records):
    """Raise PermissionDenied where `user` may not publish one of these at all, ValidationError where it is
    their own work and somebody else may."""
    for record in records:
        if not (access.may_decide(user, type(record)) and access.is_in_scope(user, record)):
            raise PermissionDenied
        if not access.may_judge(user, record):
            text = _("“%(name)s” is your own work: somebody else publishes it. Send it to review.")
            raise ValidationError(text % {"name": record})


def submissions(user, records):
    """[(record, the Revision that its publication by `user` accepts)], to be read before they are
    published."""
    found = []
    for record in records:
        sent = access.submission_of(record)
        if sent is None and access.is_own(user, record):
            kind = ContentType.objects.get_for_model(type(record))
            asked = {"content_type": kind, "record_id": record.pk, "author": user}
            sent = _under_way(asked).first() or Revision(**asked)
            sent.kind, sent.title = RevisionKind.PUBLICATION, str(record)[:300]
        if sent:
            found.append((record, sent))
    return found


def note_accepted(user, found, published):
    """Note that these of `submissions` were accepted, of those that were published."""
    keys = {publishing.record_key(record) for record in published}
    for record, sent in found:
        if publishing.record_key(record) in keys:
            sent.accepted_alone = sent.author_id == user.pk
            sent.decide(RevisionState.ACCEPTED, user)


def review_context(request, record):
    """What the page of a Publishable record says of its review."""
    if record is None or not record.pk:
        return {}
    kind = ContentType.objects.get_for_model(type(record))
    asked = Revision.objects.filter(content_type=kind, record_id=record.pk, kind=RevisionKind.PUBLICATION)
    last = asked.select_related("author", "decided_by").order_by("-sent_at", "-pk").first()
    if record.state not in (State.DRAFT, State.IN_REVIEW):
        return {}
    return {
        "last": last,
        "author": columns.person(last.author) if last else "",
        "sent": columns.moment(last.sent_at) if last else "",
        "decided_by": columns.person(last.decided_by) if last and last.decided_by else "",
        "decided": columns.moment(last.decided_at) if last and last.decided_at else "",
        "may_take_back": may_take_back(request.user, record),
        "may_judge": record.state == State.IN_REVIEW and access.may_judge(request.user, record),
        "along": [one for one in publishing.travellers(record) if one.state == State.IN_REVIEW]
        if record.state == State.IN_REVIEW
        else [],
    }
