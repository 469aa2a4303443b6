"""The public page of what is not public yet, for staff alone: a draft, a record in review, a proposed change.

It is made public, and its page made by the view that everybody gets, inside a transaction that is always
rolled back: whatever was written for it, derived rows, histories and the edition with it, is gone before the
page is sent. The page is made beside the middleware that keeps public pages, so no cache is read or filled.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_htmx.middleware import HtmxDetails

from catalog.currency import visitor_rate
from catalog.models import RevisionKind, State
from catalog.models.derived import postponed
from catalog.models.revisions import UNDER_WAY
from catalog.nouns import noun_of
from catalog.staff import merging

from . import access, error_pages, held_saves, proposals, publishing, stashed_files

LANGUAGE_NAMES = dict(settings.LANGUAGES)
NO_PREVIEW = (
    _("There is no preview of it"),
    _("What is written here does not fit together yet. Go back and mend what its form shows as wrong."),
)


@dataclass(frozen=True)
class Preview:
    """What the page of a preview knows besides: where its record is edited, and the same page in the other
    language ({code: address})."""

    back: str
    in_language: dict


class UnfitError(Exception):
    """What is previewed cannot be saved as it stands."""


def record_with_page(record):
    """The record on whose public page `record` shows: itself, or what it belongs to; None where there is
    none."""
    noun = noun_of(type(record))
    if noun is None:
        return None
    if noun.page:
        return record
    above = [access.PARENT.get(type(record)), *getattr(type(record), "belongs_to", ())]
    parents = (getattr(record, name) for name in above if name and getattr(record, f"{name}_id"))
    return next((page for parent in parents if (page := record_with_page(parent))), None)


def _has_page(model):
    """Whether records of a noun show on a page."""
    noun = noun_of(model)
    if noun is None or noun.page:
        return noun is not None
    above = [name for name in (access.PARENT.get(model), *getattr(model, "belongs_to", ())) if name]
    return any(_has_page(model._meta.get_field(name).related_model) for name in above)


def preview_addresses(record):
    """[(code of a language, its name, address)] of the previews of a record; [] where it has no page, or the
    public sees it anyhow."""
    if record_with_page(record) is None or getattr(record, "is_public", False):
        return []
    return _addresses(f"catalog_{record._meta.model_name}_preview", record)


def _addresses(name, record):
    return [
        (code, label, reverse(f"admin:{name}", args=[record.pk, code]))
        for code, label in LANGUAGE_NAMES.items()
    ]


def _look(back, addresses):
    return Preview(back, {code: address for code, _label, address in addresses})


def addresses_of_revision(revision):
    """The same of a proposed change."""
    if not _has_page(revision.model):
        return []
    return _addresses("catalog_revision_preview", revision)


def addresses_for(revision, record):
    """The previews that the page of a record links to, or that of a revision of it."""
    if revision is None:
        return preview_addresses(record) if record is not None and record.pk else []
    return addresses_of_revision(revision) if revision.state in UNDER_WAY else []


def of_record(noun_admin, request, record, language):
    """The preview of a record that staff may see."""
    name = f"catalog_{noun_admin.opts.model_name}"
    back = reverse(f"admin:{name}_change", args=[record.pk])
    look = _look(back, _addresses(f"{name}_preview", record))
    return _answer(request, language, look, lambda: record)


def of_revision(noun_admin, request, revision, language):
    """The preview of a proposed change, as it would be accepted."""
    look = _look(proposals.revision_address(revision), _addresses("catalog_revision_preview", revision))
    if revision.kind == RevisionKind.MERGER:
        return _answer(request, language, look, lambda: _merged(revision))
    try:
        return _answer(request, language, look, lambda: _changed(noun_admin, request, revision))
    finally:
        request.method = "GET"


def _answer(request, language, look, change):
    if language not in LANGUAGE_NAMES:
        raise Http404
    try:
        with _taken_back():
            return _seen(request, _made_public(request.user, change()), language, look)
    except (UnfitError, ValidationError, IntegrityError):
        return error_pages.staff_page(request, 409, NO_PREVIEW)


@contextmanager
def _taken_back():
    """A transaction of which nothing stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _made_public(user, record):
    """The record whose page shows `record`, with both public, and what travels with them."""
    shown = record_with_page(record)
    if shown is None or not access.visible(user, type(shown)._base_manager.filter(pk=shown.pk)).exists():
        raise Http404
    for each in {
        publishing.record_key(one): one for one in (shown, access.governing(record) or shown)
    }.values():
        along = [one for one in publishing.travellers(each) if one.state in (State.DRAFT, State.IN_REVIEW)]
        _put_out(
            publishing.taken(
                publishing.plan_publishing([each]), {publishing.record_key(one) for one in along}
            )
        )
    return type(shown)._base_manager.get(pk=shown.pk)


def _put_out(records):
    for record in records:
        fresh = type(record)._base_manager.get(pk=record.pk)
        if fresh.state != State.PUBLISHED:
            fresh.put_out()


def _seen(request, shown, language, look):
    """The answer with the public page of `shown`, which is public inside this transaction."""
    with translation.override(language), visitor_rate.chosen(request.GET):
        page = _page_at(request, urlsplit(shown.get_absolute_url()).path, look)
        if page.status_code in (301, 302):  # it shows within the page of something else
            page = _page_at(request, urlsplit(page.url).path, look)
    if page.status_code != 200:
        raise Http404
    answer = HttpResponse(page.content, content_type=page.headers["Content-Type"])
    answer.headers["Content-Language"] = language
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _page_at(request, path, look):
    inner = _anybodys(request, path, look)
    view, args, kwargs = inner.resolver_match = resolve(path)
    page = view(inner, *args, **kwargs)
    return page.render() if isinstance(page, TemplateResponse) else page


def _anybodys(request, path, look):
    """A request for a public page as somebody sends it who is not signed in."""
    about = {
        name: value
        for name, value in request.META.items()
        if name.startswith(("SERVER_", "wsgi.", "HTTP_HOST", "HTTP_X_FORWARDED"))
    }
    about |= {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "wsgi.input": BytesIO()}
    inner = WSGIRequest(about)
    inner.user, inner.htmx, inner.preview = AnonymousUser(), HtmxDetails(inner), look
    return inner


def _merged(revision):
    """The record that stays of the two of a revision that asks for their merger."""
    records = revision.model._base_manager.in_bulk([revision.record_id, revision.proposed["other"]])
    if len(records) < 2:
        raise UnfitError
    kept = records[revision.record_id]
    with postponed():
        merging.carry_out(kept, records[revision.proposed["other"]])
    kept.refresh_from_db()
    return kept


def _changed(noun_admin, request, revision):
    """The record of a revision, saved as it is proposed. Raises UnfitError where it cannot be."""
    record = revision.record
    if revision.record_id and record is None:
        raise Http404
    request._load_post_and_files()  # else reading its files would set POST anew
    request.method = "POST"
    request.proposal = proposals.Proposal(decides=True, revision=revision)
    opens = held_saves.forms_of(noun_admin, request, record)
    request.POST = proposals.sent_by(revision, record, *opens)
    if record is not None:
        held_saves.hold(noun_admin, request, record)
    form = noun_admin.get_form(request, record, change=record is not None)(request.POST, {}, instance=record)
    valid = form.is_valid()
    formsets, _inlines = noun_admin._create_formsets(request, form.instance, change=record is not None)
    if not all([valid, *(formset.is_valid() for formset in formsets)]):
        raise UnfitError
    with postponed():
        _save(form, formsets)
    return type(form.instance)._base_manager.get(pk=form.instance.pk)


def _save(form, formsets):
    """Save forms and rows, but none of their files: a page says of a file only that there is one."""
    for each, name, _widget in stashed_files.uploads_of(
        [form, *(row for formset in formsets for row in formset.forms)]
    ):
        file = each.cleaned_data.get(name)
        if isinstance(file, UploadedFile):
            setattr(each.instance, name, file.name)
    form.save()
    for formset in formsets:
        formset.save()
    for draft in (one for drafts in proposals.drafts_among(formsets).values() for one in drafts):
        _put_out(publishing.taken(publishing.plan_publishing([draft])))
