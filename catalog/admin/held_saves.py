"""Holds a save back where somebody else saved since the page opened, and puts both versions side by side.

A page carries what it showed when it opened. What is stored by now may differ from that, and so may what was
sent: what only one of the two changed is taken, what both changed is asked.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.contrib.admin.utils import unquote
from django.db import transaction
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _

from catalog.formats.countries import codes_in, country_name

from . import columns, stashed_files
from .fields import CountriesField, is_key
from .form_values import fields_of, kept, read_values, row_name, values_of
from .history import link_to

CHOICE = "_take-"
"""Before the name of a field: whose version is taken, "mine" or "theirs"."""
MOST_HELD_ROWS = 1000
"""Rows of one kind that are looked at in what was sent."""

ALL = "_take"
"""The same for every field at once."""


@dataclass
class HeldDifference:
    """One field, or one row where `label` is empty. `name` is that of the input; `asked`: both changed it."""

    about: str
    label: str
    mine: str
    theirs: str
    name: str = ""
    asked: bool = False


@dataclass
class Held:
    """`stored` are the FormValues by now; `who` saved them `when`."""

    stored: object
    who: str
    when: str
    differences: list[HeldDifference] = field(default_factory=list)

    @property
    def asked(self):
        return [one for one in self.differences if one.asked]

    @property
    def taken(self):
        return [one for one in self.differences if not one.asked]


class HeldSavesMixin:
    """For a ModelAdmin whose forms are RecordForms."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.held = getattr(request, "held", None)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A save that somebody else overtook is held back: its form comes again with both versions."""
        with transaction.atomic():
            record = self.get_object(request, unquote(object_id)) if object_id else None
            if (record is not None or object_id is None) and (answer := self.answer_instead(request, record)):
                return answer
            obj = self._about_to_change(request, object_id)
            if obj is not None:
                request.held = hold(self, request, obj)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _about_to_change(self, request, object_id):
        """The record that this request saves, held until it is done; None for any other request."""
        if request.method != "POST" or object_id is None:
            return None
        obj = self.get_object(request, unquote(object_id))
        return obj if obj is not None and self.has_change_permission(request, obj) else None

    def _opened(self, request, context, obj):
        """What the page shows of a record as it opens, signed, for the save to be compared with."""
        held = getattr(request, "held", None)
        if held:
            return held.stored.signed(obj)
        if request.method == "POST":
            return request.POST.get("_opened", "")
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        return values_of(context["adminform"].form, formsets).signed(obj)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and obj.pk and self.has_change_permission(request, obj):
            context |= {"opened": self._opened(request, context, obj), "held": getattr(request, "held", None)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def forms_of(noun_admin, request, record):
    """(form, formsets) as they open on a record."""
    form = noun_admin.get_form(request, record, change=record is not None)(instance=record)
    formsets, prefixes = [], Counter()
    for made, inline in noun_admin.get_formsets_with_inlines(request, record):
        prefix = made.get_default_prefix()
        prefixes[prefix] += 1
        name = prefix if prefixes[prefix] == 1 else f"{prefix}-{prefixes[prefix]}"
        formsets.append(made(instance=record, prefix=name, queryset=inline.get_queryset(request)))
    return form, formsets


def hold(noun_admin, request, record):
    """The Held of a save that somebody overtook, else None. `request.POST` becomes what the page shows next:
    in either case with the versions that were chosen on a page that had been held back. `request.is_reviewed`
    says whether all is as it was, what the form does not show included."""
    seen = read_values(request.POST.get("_opened"), record)
    request.is_reviewed = False
    if seen is None:
        return None
    form, formsets = forms_of(noun_admin, request, record)
    seen = seen.restated(form, formsets)
    data = request.POST.copy()
    take_chosen(data, seen, [formset.prefix for formset in formsets])
    request.POST = data
    stored = values_of(form, formsets)
    request.is_reviewed = stored.fingerprint == seen.fingerprint
    if (stored.fields, stored.rows) == (seen.fields, seen.rows):
        return None
    stashed_files.put_uploads_aside(request, data)
    held = Held(stored, *authors(noun_admin, record, seen.at))
    mine = type(form)(data, instance=record)
    held.differences += merged(data, mine, "", (seen.fields, stored.fields), "")
    for formset in formsets:
        rows = seen.rows.get(formset.prefix, {}), stored.rows[formset.prefix]
        held.differences += SentRows(data, formset, *rows).merged()
    return held


def take_chosen(data, seen, prefixes):
    """Put their version of a field where the visitor chose it; `seen` holds what theirs is."""
    every = data.get(ALL)
    for key in [key for key in data if key.startswith(CHOICE)]:
        name = key.removeprefix(CHOICE)
        if (every if every in ("mine", "theirs") else data[key]) != "theirs":
            continue
        place = next((prefix for prefix in prefixes if name.startswith(f"{prefix}-")), None)
        if place is None:
            put_field(data, name, seen.fields.get(name))
            continue
        number, _dash, column = name.removeprefix(f"{place}-").partition("-")
        if column:
            put_field(
                data, name, seen.rows.get(place, {}).get(data.get(f"{place}-{number}-id"), {}).get(column)
            )
        else:  # a row that they deleted
            for each in [key for key in data if key.startswith(f"{name}-")]:
                data[each] = ""


def put_field(data, name, value):
    """Set a field of a QueryDict to one text or several; None leaves it."""
    if value is not None:
        data.setlist(name, value if isinstance(value, list) else [value])


def merged(data, mine, prefix, versions, about):
    """The HeldDifferences of the fields of one form (`mine`, as it was sent) between the `versions` (as it
    opened, as it is stored). What the visitor left alone becomes what is stored."""
    opened_as, stored = versions
    found = []
    for name, text in fields_of(mine).items():
        theirs, before = stored.get(name, ""), opened_as.get(name, "")
        if theirs in (before, text):
            continue
        asked = text != before
        if not asked:
            put_field(data, prefix + name, theirs)
        words = value_words(mine.fields[name])
        label = str(mine.fields[name].label or name)
        shown = words(text if asked else before), words(theirs)
        found.append(HeldDifference(about, label, *shown, prefix + name, asked))
    return found


class SentRows:
    """The rows of one formset in what was sent: brought into the order and number of those that are stored,
    with the visitor's own new rows after them."""

    def __init__(self, data, formset, opened_as, stored):
        self.data, self.formset, self.opened_as, self.stored = data, formset, opened_as, stored
        self.prefix = formset.prefix
        self.columns = kept(formset.empty_form)
        number = data.get(f"{self.prefix}-TOTAL_FORMS", "")
        places = range(min(int(number), MOST_HELD_ROWS) if is_key(number) else 0)
        self.places = {place: data.get(f"{self.prefix}-{place}-id", "") for place in places}

    def merged(self):
        """The HeldDifferences of these rows; `data` is set to the rows that the page shows next."""
        sent = {key: place for place, key in self.places.items() if key}
        rows, found = [], []
        for number, row in enumerate(self.formset.initial_forms):
            key = str(row.instance.pk)
            values, differences = self._stored_row(key, sent.get(key), number, row_name(row.instance))
            rows.append({**values, "id": key})
            found += differences
        for key, place in sent.items():
            if key not in self.stored:
                kept_row, difference = self._deleted_row(key, place, len(rows))
                rows += [kept_row] if kept_row else []
                found += [difference] if difference else []
        rows += [self._sent(place) for place, key in self.places.items() if not key]
        self._write(rows)
        return found

    def _stored_row(self, key, place, number, about):
        """(values, HeldDifferences) of a row that is stored; `place` is where it was sent, None where it was
        added meanwhile."""
        stored = self.stored[key]
        if place is None:
            added = (
                [HeldDifference(about, "", "", _("They added this row."))]
                if key not in self.opened_as
                else []
            )
            return stored, added
        row = self._bound(place)
        versions = self.opened_as.get(key, {}), stored
        found = merged(self.data, row, f"{self.prefix}-{place}-", versions, about)
        for one in found:
            one.name = one.name.replace(f"{self.prefix}-{place}-", f"{self.prefix}-{number}-", 1)
        return self._sent(place), found

    def _deleted_row(self, key, place, number):
        """(its values or None, a HeldDifference or None) of a row that they deleted."""
        row = self._bound(place)
        before = self.opened_as.get(key, {})
        about = self._words(before)
        if self.data.get(f"{self.prefix}-{place}-{DELETION_FIELD_NAME}"):
            return None, None
        if all(text == before.get(name, "") for name, text in fields_of(row).items()):
            return None, HeldDifference(about, "", "", _("They deleted this row."))
        mine = _("You changed it. It stands below as a new row.")
        name = f"{self.prefix}-{number}"
        difference = HeldDifference(about, "", mine, _("They deleted this row."), name, asked=True)
        return {**self._sent(place), "id": ""}, difference

    def _bound(self, place):
        """The row that was sent at a place, as a form."""
        return self.formset.form(self.data, prefix=f"{self.prefix}-{place}", **self.formset.form_kwargs)

    def _words(self, values):
        """A row that is gone, by its first two values."""
        shown = (
            value_words(self.formset.empty_form.fields[name])(values.get(name, "")) for name in self.columns
        )
        return ", ".join([text for text in shown if text != empty_words()][:2])

    def _sent(self, place):
        """{column: list of texts} of a row as it was sent, with the box that deletes it."""
        start = f"{self.prefix}-{place}-"
        return {key.removeprefix(start): self.data.getlist(key) for key in self.data if key.startswith(start)}

    def _write(self, rows):
        for place in self.places:
            start = f"{self.prefix}-{place}-"
            for key in [key for key in self.data if key.startswith(start)]:
                del self.data[key]
        parent = str(self.formset.instance.pk)
        for number, row in enumerate(rows):
            for column, value in {**row, self.formset.fk.name: parent}.items():
                put_field(self.data, f"{self.prefix}-{number}-{column}", value)
        self.data[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))
        self.data[f"{self.prefix}-INITIAL_FORMS"] = str(len(self.formset.initial_forms))


def empty_words():
    return _("(empty)")


def value_words(each):
    """A function that says what a text sent for this form field means to a reader."""

    def words(text):
        if not text:
            return empty_words()
        if isinstance(each, (ModelChoiceField, ModelMultipleChoiceField)):
            keys = text if isinstance(text, list) else [text]
            found = each.queryset.filter(pk__in=[key for key in keys if is_key(key)])
            return columns.names_listed(found) or str(text)
        if choices := getattr(each, "choices", None):
            labels = {str(value): str(label) for value, label in flat(choices)}
            return columns.names_listed(
                labels.get(one, one) for one in (text if isinstance(text, list) else [text])
            )
        if isinstance(each, CountriesField):
            codes, unknown = codes_in(text)
            return columns.names_listed([*map(country_name, codes), *unknown])
        return _("Yes") if text == "on" else str(text)

    return words


def flat(choices):
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield value, label


def authors(noun_admin, record, since):
    """(who saved the record or its rows after that moment, when the last of them did), in words."""
    begun = datetime.fromtimestamp(since, UTC)
    entries = list(record.history.filter(history_date__gte=begun).select_related("history_user"))
    for model in noun_admin.row_nouns:
        rows = model.history.filter(**{link_to(type(record), model): record.pk}, history_date__gte=begun)
        entries += rows.select_related("history_user")
    users = {entry.history_user for entry in entries if entry.history_user}
    names = ", ".join(sorted(columns.person(user) for user in users))
    last = max((entry.history_date for entry in entries), default=None)
    return names or _("Somebody"), columns.moment(last) if last else ""
