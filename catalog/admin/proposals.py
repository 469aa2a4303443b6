"""Changes of what is public go through a Revision: proposed on the record's own page, decided on there too.

Everybody opens the same form; saving it stores what was sent. The page of a proposal is the record's page,
filled with what is proposed: whoever decides sees what differs, can still correct it, and saves it to accept.
"""

from collections import defaultdict
from dataclasses import asdict, dataclass
from functools import partial

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Q, When
from django.dispatch import Signal
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from catalog.formats.cleaning import clean_text
from catalog.models import Revision, RevisionKind, RevisionState, State
from catalog.models.revisions import UNDER_WAY, WITH_AUTHOR
from catalog.staff import scopes

from . import access, columns, events, held_saves, proposed_files, stashed_files
from .differences import form_differences
from .fields import is_key
from .form_values import FormValues, read_values, restated_text

REVISION_PARAMETER = "revision"
REASON_FIELD = "_reason"
COMMENT_FIELD = "_comment"
MOST_OWN = 8  # of the own proposals on the first page
PROPOSAL_DECISIONS = {"_send_back": RevisionState.SENT_BACK, "_refuse": RevisionState.REFUSED}
TAKE_BACK, DROP = OF_AUTHOR = ("_take_back", "_drop")
PROPOSAL_BUTTONS = (*PROPOSAL_DECISIONS, *OF_AUTHOR)
saved = Signal()
"""Sent when the page of a stored record saved or proposed a change of it, in the same transaction: `request`,
`record`, `revision` (None where it went through none)."""
MOVED = gettext_lazy("It was decided on or taken back meanwhile: look at it again.")


@dataclass
class Proposal:
    """How a request for a record's page stands to proposals. `writes`: what is saved becomes a Revision;
    `decides`: saving accepts one. `revision` is the one whose page this is; `shown`: the form is only filled
    in, whatever it holds."""

    writes: bool = False
    decides: bool = False
    revision: Revision | None = None
    shown: bool = False

    @property
    def opens(self):
        """Whether the form is open though the record is public."""
        return self.writes or self.decides


def of(request):
    """The Proposal of a request; of any other page than a record's it is none."""
    return getattr(request, "proposal", None) or Proposal()


def closed(request, record):
    """Whether a stored record, or rows under it, are not open to the request: they are out of the scope of
    its user, in review, or locked, and it neither proposes nor accepts."""
    if record is None or not record.pk:
        return False
    user = request.user
    if not access.is_in_scope(user, record) or access.is_under_review(user, record):
        return True
    return not of(request).opens and access.is_locked(user, record)


def begin_proposal(noun_admin, request, record):
    """The Proposal of a request for the page of `record`, None for one that is to be added. For the page of a
    revision, `request` becomes what its author sent."""
    revision = revision_asked_for(noun_admin, request, record)
    user = request.user
    if revision is None:
        writes, decides = record is not None and access.is_locked(user, record), False
    else:
        decides = may_accept(user, revision)
        writes = revision.author == user and not decides
    writes = writes and access.may_write(user, noun_admin.model)
    writes = writes and (record is None or access.is_in_scope(user, record))
    proposal = Proposal(writes=writes, decides=decides, revision=revision)
    if revision is not None and request.method == "GET":
        proposal.shown = True
        request._load_post_and_files()  # else reading its files would set POST anew
        request.method = "POST"
        request.POST = sent_by(revision, record, *held_saves.forms_of(noun_admin, request, record))
    return proposal


def revision_asked_for(noun_admin, request, record):
    """The Revision that the address names, None where it names none. Raises Http404 where there is no such
    one of this record, PermissionDenied where it is not for this member of staff."""
    number = request.GET.get(REVISION_PARAMETER)
    if number is None:
        return None
    found = visible_to(request.user).filter(
        pk=number if is_key(number) else None,
        kind=RevisionKind.CHANGE,
        brought_by=None,
        content_type=ContentType.objects.get_for_model(noun_admin.model),
        record_id=record.pk if record is not None else None,
    )
    if request.method == "POST":
        found = found.select_for_update(of=("self",))
    revision = found.select_related("author", "decided_by").first()
    if revision is None:
        raise Http404
    return revision


def visible_to(user):
    """The Revisions that `user` sees: the own ones, and those that they decide on."""
    types = proposed_types()
    mine = Q(author=user, content_type__in=types)
    return Revision.objects.filter(mine | decided_by(user, types))


def decided_by(user, types=None):
    """Condition: a Revision is of a noun on which `user` decides, and in their scope."""
    decided = decided_types(user, types)
    tags = scopes.tags_of(user)
    if tags is None:
        return Q(content_type__in=decided)
    found = Q(pk__in=[])
    for kind in decided:
        within = scopes.within(user, kind.model_class()).values("pk")
        added = Q(record_id=None) & scopes.text_has("reach", tags)
        found |= Q(content_type=kind) & (Q(record_id__in=within) | added)
    return found


def proposed_types():
    """The ContentTypes of the nouns that have proposals; a model that the program has no more is left out."""
    found = ContentType.objects.filter(pk__in=Revision.objects.values("content_type"))
    return [kind for kind in found if kind.model_class()]


def decided_types(user, types=None):
    """Those of `types`, else of all that have proposals, on which `user` decides."""
    types = proposed_types() if types is None else types
    return [kind for kind in types if access.may_decide(user, kind.model_class())]


def waiting_revisions(user):
    """How many proposed changes of others wait for the decision of `user`."""
    waits = Revision.objects.filter(decided_by(user), state=RevisionState.OPEN)
    return waits.exclude(kind=RevisionKind.PUBLICATION).exclude(author=user).count()


def own_revisions(user):
    """[(Revision, its page)] of the latest of `user`, those first that came back."""
    place = Case(When(state=RevisionState.SENT_BACK, then=0), When(state__in=UNDER_WAY, then=1), default=2)
    latest = Revision.objects.filter(author=user, content_type__in=proposed_types())
    latest = latest.select_related("content_type", "brought_by")
    found = list(latest.order_by(place, "-sent_at", "-pk")[:MOST_OWN])
    name_all(found)
    return [(one, revision_address(one)) for one in found]


def name_all(revisions):
    """Give each of these Revisions its `name`: that of its record in the language of the page, not in its
    author's as the title is; the title where there is no such record, or two."""
    by_model = defaultdict(list)
    for revision in revisions:
        revision.name = revision.title
        if revision.record_id and revision.kind != RevisionKind.MERGER:
            by_model[revision.model].append(revision)
    for model, some in by_model.items():
        records = model._base_manager.in_bulk({revision.record_id for revision in some})
        events.load_names(list(records.values()), model)
        for revision in some:
            if record := records.get(revision.record_id):
                revision.name = events.entry_name(record)


def sent_by(revision, record, form, formsets):
    """What the author of a revision sent, with what their page had shown, as a QueryDict in the language of
    the page."""
    opened = FormValues(**revision.opened)
    rows = {formset.prefix: formset.empty_form.fields for formset in formsets}
    data = QueryDict(mutable=True)
    for name, texts in revision.proposed.items():
        prefix, _dash, column = name.rpartition("-")
        each = form.fields.get(name) or rows.get(prefix.rpartition("-")[0], {}).get(column)
        again = each and opened.language != get_language()
        data.setlist(name, [restated_text(each, text) for text in texts] if again else texts)
    if record is not None:
        data["_opened"] = opened.signed(record)
    data[REASON_FIELD] = revision.reason
    return data


def instead(noun_admin, request, record):
    """The page of the own revision of this record that is under way, in place of another form; None where
    there is none."""
    proposal = of(request)
    if request.method != "GET" or not proposal.writes or proposal.revision or record is None:
        return None
    begun = under_way(record).filter(author=request.user).first()
    if begun is None:
        return None
    query = request.GET.copy()
    query[REVISION_PARAMETER] = begun.pk
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")


def under_way(record):
    """The Revisions that would change a record and are neither accepted nor refused."""
    kind = ContentType.objects.get_for_model(type(record))
    found = Revision.objects.filter(content_type=kind, record_id=record.pk, state__in=UNDER_WAY)
    return found.filter(kind=RevisionKind.CHANGE)


def the_list():
    return reverse("admin:catalog_revision_changelist")


def revision_address(revision):
    """The page of a revision: that of its record, the page that adds one, or that of a file of many."""
    if brought := getattr(revision, "brought_by", None):
        return reverse("admin:catalog_import_change", args=[brought.pk])
    name = f"admin:catalog_{revision.content_type.model}"
    if revision.kind == RevisionKind.PUBLICATION:
        return reverse(f"{name}_change", args=[revision.record_id])
    if revision.kind == RevisionKind.MERGER:
        merge = reverse(f"{name}_merge", args=[revision.record_id])
        return f"{merge}?{urlencode({REVISION_PARAMETER: revision.pk})}"
    page = (
        reverse(f"{name}_change", args=[revision.record_id]) if revision.record_id else reverse(f"{name}_add")
    )
    return f"{page}?{urlencode({REVISION_PARAMETER: revision.pk})}"


def input_names(form, formsets):
    """The names of the inputs that a form and its formsets have for their user: nothing else is proposed."""
    rows = [row for formset in formsets for row in (formset.management_form, *formset.forms)]
    names = {each.add_prefix(name) for each in (form, *rows) for name in each.fields}
    emptied = stashed_files.uploads_of((form, *rows))
    return names | {widget.clear_checkbox_name(each.add_prefix(name)) for each, name, widget in emptied}


def store(request, noun_admin, record, change, alone=False):
    """Make a Revision of what was sent, or put it into the one whose page this is. `alone`: it is saved
    already, by an account beside which nobody could accept it. Returns it."""
    revision = of(request).revision or _begun(request, noun_admin, record, change, alone)
    if revision.author != request.user or revision.state not in UNDER_WAY:
        raise PermissionDenied
    seen = read_values(request.POST.get("_opened"), record) if change else None
    revision.opened = asdict(seen or FormValues(language=get_language()))
    revision.proposed = {
        name: [text.replace("\0", "") for text in texts]  # PostgreSQL stores none
        for name, texts in request.POST.lists()
        if name in request.names_sent
    }
    revision.title = str(record)[:300]
    revision.reason = reason_of(request)
    revision.reach = "" if change else scopes.text_of(scopes.reach_of(record))
    revision.state = RevisionState.OPEN
    revision.sent_at = timezone.now()
    if alone:
        revision.accepted_alone = True
        revision.decide(RevisionState.ACCEPTED, request.user)
    revision.save()
    if not alone:
        revision.proposed |= proposed_files.keep_files(revision, request.forms_sent)
        revision.save(update_fields=["proposed"])
        transaction.on_commit(partial(stashed_files.drop_saved_files, request.forms_sent))
    return revision


def store_sent(user, record, data, opened, reason):
    """Make a Revision of a form of `record`, stored or new, that was filled in for its author. Returns it."""
    kind = ContentType.objects.get_for_model(type(record))
    return Revision.objects.create(
        content_type=kind,
        record_id=record.pk,
        title=str(record)[:300],
        author=user,
        reason=reason,
        reach="" if record.pk else scopes.text_of(scopes.reach_of(record)),
        opened=asdict(opened),
        proposed=dict(data.lists()),
    )


def _begun(request, noun_admin, record, change, alone):
    """The own Revision of this record that is under way, else a new one."""
    kind = ContentType.objects.get_for_model(noun_admin.model)
    new = Revision(content_type=kind, record_id=record.pk if change else None, author=request.user)
    if not change or alone:
        return new
    return under_way(record).filter(author=request.user).select_for_update().first() or new


def decide(noun_admin, request):
    """The answer to a button of a revision's page other than those that save its form, None for these. Raises
    PermissionDenied where this member of staff may not press it."""
    proposal = of(request)
    revision = proposal.revision
    if revision is None or proposal.shown:
        return None
    button = next((name for name in PROPOSAL_BUTTONS if name in request.POST), None)
    if button in OF_AUTHOR:
        return _own_step(noun_admin, request, revision, button)
    if proposal.writes:
        return None  # its author proposes it again
    may = may_answer if button in PROPOSAL_DECISIONS else may_accept
    if not may(request.user, revision):
        raise PermissionDenied
    if revision.state != RevisionState.OPEN:
        return _answered(noun_admin, request, revision_address(revision), MOVED, messages.ERROR)
    return _send_back(noun_admin, request, revision, button) if button in PROPOSAL_DECISIONS else None


def may_answer(user, revision):
    """Whether `user` decides on what somebody else proposed."""
    decides = access.may_decide(user, revision.model) and access.is_in_scope(user, revision)
    return decides and revision.author != user


def may_accept(user, revision):
    """Whether `user` may accept it: an own one only while nobody else can."""
    if revision.author != user:
        return may_answer(user, revision)
    decides = access.may_decide(user, revision.model) and access.is_in_scope(user, revision)
    return decides and not access.others_may_decide(user, revision)


def _own_step(noun_admin, request, revision, button):
    """Its author takes it back, or drops it."""
    if revision.author != request.user:
        raise PermissionDenied
    if button == TAKE_BACK and revision.state == RevisionState.OPEN:
        revision.take_back()
        words = _("“%(name)s” is with you again.") % {"name": revision}
        return _answered(noun_admin, request, revision_address(revision), words)
    if button == DROP and revision.state in WITH_AUTHOR:
        proposed_files.forget_files(revision)
        revision.delete()
        return _answered(noun_admin, request, the_list(), _("The proposal was dropped."))
    return _answered(noun_admin, request, revision_address(revision), MOVED, messages.ERROR)


def _send_back(noun_admin, request, revision, button):
    comment = comment_of(request)
    if not comment:
        text = _("Write a few words to the author: why, or what is to be done.")
        return _answered(noun_admin, request, revision_address(revision), text, messages.ERROR)
    revision.decide(PROPOSAL_DECISIONS[button], request.user, comment)
    if revision.state == RevisionState.REFUSED:
        proposed_files.forget_files(revision)
    words = (
        _("“%(name)s” was sent back to its author.")
        if button == "_send_back"
        else _("“%(name)s” was refused. Its author is told why.")
    )
    return _answered(noun_admin, request, the_list(), words % {"name": revision})


def _answered(noun_admin, request, address, words, level=messages.SUCCESS):
    noun_admin.message_user(request, words, level)
    return HttpResponseRedirect(address)


def comment_of(request):
    return _written(request, COMMENT_FIELD)


def reason_of(request):
    return _written(request, REASON_FIELD)


def _written(request, name):
    return clean_text(request.POST.get(name, "")).strip()[:1000]


def note_acceptance(request):
    """Note that the form that is being saved was a revision's; see `decide` for who may."""
    revision = of(request).revision
    revision.accepted_alone = revision.author == request.user
    revision.decide(RevisionState.ACCEPTED, request.user, comment_of(request))
    proposed_files.forget_files(revision)


def drafts_among(formsets):
    """{model: [rows]} of the new rows of these formsets that have a state of their own and are no more than
    drafts."""
    found = {}
    for row in (row for formset in formsets for row in formset.new_objects):
        if getattr(row, "state", None) == State.DRAFT:
            found.setdefault(type(row), []).append(row)
    return found


def close_gone(model, key):
    """Refuse what still waits for a record that is gone: nobody can open its page any more."""
    kind = ContentType.objects.get_for_model(model)
    waiting = Revision.objects.filter(content_type=kind, record_id=key, state__in=UNDER_WAY)
    if waiting and not model._base_manager.filter(pk=key).exists():
        comment = _("The record was deleted.")
        for one in waiting:
            proposed_files.forget_files(one)
        waiting.update(state=RevisionState.REFUSED, comment=comment, decided_at=timezone.now())


def proposal_context(noun_admin, request, record, form, formsets):
    """What a record's page says of proposals: the one it shows, and those that wait for it."""
    proposal = of(request)
    revision = proposal.revision
    shown = {
        "proposes": proposal.writes,
        "reason": (request.POST if request.method == "POST" else request.GET).get(REASON_FIELD, ""),
    }
    if revision is None:
        shown["waiting"] = [(one, revision_address(one)) for one in waiting_for(request.user, record)]
        return shown
    return shown | {
        **revision_standing(request.user, revision),
        "original_url": reverse(f"admin:catalog_{noun_admin.opts.model_name}_change", args=[record.pk])
        if record and record.pk
        else "",
        "differences": form_differences(
            FormValues(**revision.opened).restated(form, formsets), form, formsets
        ),
    }


def revision_standing(user, revision):
    """What the page of a revision says of where it stands, and what `user` may do."""
    open_now, own = revision.state == RevisionState.OPEN, revision.author == user
    return {
        "revision": revision,
        "own": own,
        "may_accept": open_now and may_accept(user, revision),
        "may_send_back": open_now and may_answer(user, revision),
        "may_take_back": own and open_now,
        "may_mend": own and revision.state in WITH_AUTHOR,
        "author": columns.person(revision.author),
        "sent": columns.moment(revision.sent_at),
        "decided_by": columns.person(revision.decided_by) if revision.decided_by else "",
        "decided": columns.moment(revision.decided_at) if revision.decided_at else "",
    }


def waiting_for(user, record):
    """The Revisions of a record that are under way and that `user` sees."""
    if record is None or not record.pk:
        return Revision.objects.none()
    return (under_way(record) & visible_to(user)).select_related("author")
