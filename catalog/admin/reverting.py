"""Takes one change back: opens the form it belongs to, filled with what was there before.

The form is saved or proposed as any other, by whoever may. A field that was changed again since stays as it
is; the page shows the three values.
"""

from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import Http404, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalog.nouns import nouns

from . import access, events, proposals
from .fields import is_key
from .form_values import fields_of, values_of
from .held_saves import forms_of, put_field

REVERT_PARAMETER = "_revert"


@dataclass
class RevertedField:
    """A field that the change touched, in words; `taken`: the form holds what was there before."""

    label: str
    before: str
    after: str
    now: str
    taken: bool


@dataclass
class Reverted:
    """An Event, its RevertedFields, and `data`: the form that takes it back, as it would be sent."""

    event: object
    data: QueryDict
    fields: list[RevertedField] = field(default_factory=list)
    moved: bool = False

    def __post_init__(self):
        self.moved = self.moved or any(not one.taken for one in self.fields)


class Reverting:
    """For a ModelAdmin: a page whose address names an entry of the history shows the form that reverts it."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        arguments = object_id, form_url, extra_context
        request.reverted = self._reverted(request, object_id)
        if request.reverted is None:
            return super().changeform_view(request, *arguments)
        request.FILES.clear()  # a request is read when first asked for files, and that would empty POST
        request.POST = request.reverted.data
        request.method = "POST"
        try:
            return super().changeform_view(request, *arguments)
        finally:
            request.method = "GET"

    def _reverted(self, request, object_id):
        if request.method != "GET" or REVERT_PARAMETER not in request.GET:
            return None
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and record is None:
            return None
        if record is not None and proposals.under_way(record).filter(author=request.user).exists():
            text = _("You proposed a change of it already: go on with that one, or take it back first.")
            self.message_user(request, text, messages.WARNING)
            return None
        request.proposal = proposals.begin_proposal(self, request, record)
        if not self._may_be_filled(request, record):
            raise PermissionDenied
        entry = history_entry(request.GET[REVERT_PARAMETER], self.model, record)
        if record is None and not access.is_in_scope(request.user, events.as_record(entry)):
            raise Http404
        return reverted(self, request, record, entry)

    def _may_be_filled(self, request, record):
        if record is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, record)

    def render_change_form(self, request, context, *args, **kwargs):
        context["reverted"] = getattr(request, "reverted", None)
        return super().render_change_form(request, context, *args, **kwargs)


def history_entry(text, model, record):
    """The entry of the history that such a text names, with the one before it; Http404 where it is none of
    this record, or of a row of it."""
    name, _dot, key = text.partition(".")
    models = {one._meta.model_name: one for one in (*access.PARENT, *(noun.model for noun in nouns()))}
    if name not in models or not is_key(key):
        raise Http404
    found = events.with_previous(models[name].history.filter(history_id=key)).first()
    if found is None:
        raise Http404
    if models[name] is model:
        mine = found.history_type == "-" if record is None else found.id == record.pk
    else:
        link = access.PARENT.get(models[name])
        mine = record is not None and link and getattr(found, f"{link}_id") == record.pk
        mine = mine and access.governing_model(models[name]) is model
    if not mine:
        raise Http404
    return found


def reverted(noun_admin, request, record, entry):
    """The Reverted of an entry on the page of a record, or on the page that adds it anew."""
    opened = values_of(*forms_of(noun_admin, request, record)) if record is not None else None
    form, formsets = forms_of(noun_admin, request, record)  # anew: fields remember what they showed
    if entry.instance_type is noun_admin.model:
        fields = _fill(form, entry)
        deleted, moved = None, False
    else:
        formset = next((one for one in formsets if one.model is entry.instance_type), None)
        if formset is None:
            raise Http404
        fields, deleted, moved = _fill_row(formset, entry)
    data = as_sent(form, formsets)
    if deleted:
        data[deleted] = "on"
    if entry.instance_type is not noun_admin.model and entry.history_type == "-" and not moved:
        _add_row(data, formset, entry)
    if opened:
        data["_opened"] = opened.signed(record)
    event = events.told([entry])[0]
    data[proposals.REASON_FIELD] = _("Takes back what %(who)s did on %(when)s.") % {
        "who": event.who,
        "when": event.when,
    }
    return Reverted(event, data, fields, moved)


def _fill(form, entry):
    """Put what was there before into a form that is not sent yet; the RevertedFields."""
    if entry.history_type == "-":
        form.initial |= _values(entry, form)
        return []
    before = type(entry).objects.filter(history_id=entry.previous).first()
    found = []
    for column, old, new in events.differing(entry, before):
        now = _now(form.instance, column)
        taken = now == new and column.name in form.fields and not form.fields[column.name].disabled
        if taken:
            form.initial[column.name] = old
        words = (events.value(column, one) for one in (old, new, now))
        found.append(RevertedField(str(capfirst(column.verbose_name)), *words, taken))
    return found


def _fill_row(formset, entry):
    """(RevertedFields, name of the box that deletes the row, whether the row is another by now)"""
    row = next((row for row in formset.initial_forms if row.instance.pk == entry.id), None)
    if entry.history_type == "-":
        return [], None, row is not None
    if row is None:
        return [], None, True
    if entry.history_type == "~":
        return _fill(row, entry), None, False
    moved = type(entry).objects.filter(id=entry.id, history_id__gt=entry.history_id).exists()
    return [], row.add_prefix(DELETION_FIELD_NAME), moved


def _add_row(data, formset, entry):
    """A new row at the end of a formset that was sent, as the deleted one was."""
    number = int(data[f"{formset.prefix}-TOTAL_FORMS"])
    row = formset.empty_form
    row.initial |= _values(entry, row)
    row.prefix = formset.add_prefix(number)
    for name, text in fields_of(row).items():
        put_field(data, row.add_prefix(name), text)
    data[f"{formset.prefix}-TOTAL_FORMS"] = str(number + 1)


def _values(entry, form):
    """{name of a field: what it was} of an entry, as a form takes it."""
    found = {each.name: getattr(entry, each.attname) for each in type(entry).tracked_fields}
    for column in entry._history_m2m_fields:
        rows = getattr(entry, column.name).all()
        found[column.name] = [getattr(row, f"{column.m2m_reverse_field_name()}_id") for row in rows]
    return {name: value for name, value in found.items() if name in form.fields}


def _now(record, column):
    if column.many_to_many:
        return sorted(getattr(record, column.name).values_list("pk", flat=True))
    return getattr(record, column.attname)


def as_sent(form, formsets):
    """What a browser would send of a form and its formsets, as they stand."""
    data = QueryDict(mutable=True)
    _put_all(data, form)
    for formset in formsets:
        _put_all(data, formset.management_form, hidden=True)
        for row in formset.forms:
            _put_all(data, row, hidden=True)
    return data


def _put_all(data, form, hidden=False):
    for name, text in fields_of(form).items():
        put_field(data, form.add_prefix(name), text)
    if hidden:
        for bound in form.hidden_fields():
            value = bound.value()
            put_field(data, bound.html_name, "" if value is None else str(value))
