"""What a form was sent with, beside what it showed when it opened, in words."""

from dataclasses import dataclass

from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import held_saves, stashed_files
from .form_values import fields_of, restated_text, row_name


@dataclass
class Difference:
    """One field or one row (`label` is empty) of a record: what was, what is proposed, in words."""

    about: str
    label: str
    before: str
    after: str
    token: str = ""
    """Of the file that is proposed."""


def form_differences(opened, form, formsets):
    """The Differences between FormValues and a form with its formsets, both bound to what was sent."""
    found = _changed_fields(opened.fields, form, "")
    for formset in formsets:
        rows = opened.rows.get(formset.prefix, {})
        about = capfirst(str(formset.model._meta.verbose_name))
        for row in formset.forms:
            found += _row_differences(rows, row, formset, about)
    return found


def _row_differences(rows, row, formset, about):
    key = str(row.instance.pk) if row.instance.pk else ""
    if key not in rows:
        new = [one for one in _changed_fields({}, row, about) if one.after != held_saves.empty_words()]
        return new if row.has_changed() else []
    name = f"{about}: {row_name(row.instance)}"
    if row.data.get(row.add_prefix(DELETION_FIELD_NAME)):
        return [Difference(name, "", str(row.instance), _("deleted"))]
    return _changed_fields(rows[key], row, name)


def _changed_fields(before, form, about):
    found = []
    for name, typed in fields_of(form).items():
        text = restated_text(form.fields[name], typed)
        old = restated_text(form.fields[name], before.get(name, ""))
        if text == old:
            continue
        words = held_saves.value_words(form.fields[name])
        found.append(Difference(about, str(form.fields[name].label or name), words(old), words(text)))
    return found + _changed_files(form, about)


def _changed_files(form, about):
    """The Differences of the files of a form."""
    found = []
    for _form, name, widget in stashed_files.uploads_of([form]):
        file = getattr(form, "cleaned_data", {}).get(name)
        stored = _("the file that is there now") if form.initial.get(name) else held_saves.empty_words()
        label = str(form.fields[name].label or name)
        if isinstance(file, stashed_files.UploadedFile):
            token = widget.found.token if widget.found else ""
            found.append(Difference(about, label, stored, file.name, token))
        elif file is False:
            found.append(Difference(about, label, stored, held_saves.empty_words()))
    return found
