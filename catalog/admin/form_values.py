"""What a browser sends of a form nobody touched: the text of every field and of every row."""

from dataclasses import asdict, dataclass, field

from django.core import signing
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils import timezone

from .reviewed import fingerprint

SALT = "catalog.admin.form_values"


@dataclass
class FormValues:
    """`fields` of the record, {name: text or list of texts}; `rows`, {prefix of a formset: {key: fields}}.
    Files are left out: a browser sends none that it was not given. `at`: when they were read, in seconds.
    `fingerprint`: of all that readers see of the record, what the form does not show included."""

    fields: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    at: float = 0.0
    fingerprint: str = ""

    def signed(self, record):
        """As a text that only the page of this record takes back."""
        return signing.dumps(asdict(self), salt=_salt(record), compress=True)


def read(text, record):
    """The FormValues of a signed text, or None where it is none of this record's."""
    try:
        return FormValues(**signing.loads(text or "", salt=_salt(record)))
    except signing.BadSignature:
        return None


def _salt(record):
    return f"{SALT}.{record._meta.label}.{record.pk}"


def values_of(form, formsets):
    """The FormValues of a form on a record and of its formsets, none of them sent yet."""
    rows = {
        formset.prefix: {str(row.instance.pk): fields_of(row) for row in formset.initial_forms}
        for formset in formsets
    }
    return FormValues(fields_of(form), rows, timezone.now().timestamp(), fingerprint(form.instance))


def fields_of(form):
    """{name: text or list of texts} of what a form shows, and of what was sent of it where it was."""
    return {name: sent(form, name) if form.is_bound else shown(form[name]) for name in kept(form)}


def kept(form):
    """The names of the fields that a person fills in: no keys, no files, no box that deletes a row."""
    return [
        name
        for name, each in form.fields.items()
        if name != DELETION_FIELD_NAME
        and not each.disabled
        and not each.widget.needs_multipart_form
        and not each.widget.is_hidden
    ]


def shown(bound):
    """What the widget of a field shows of its value."""
    widget = getattr(bound.field.widget, "widget", bound.field.widget)  # out of its links to related pages
    value = bound.value()
    if hasattr(widget, "check_test"):  # a box is sent where it is ticked
        return "on" if widget.check_test(value) else ""
    return _plain(widget.format_value(value), widget)


def sent(form, name):
    """What was sent of a field."""
    widget = getattr(form.fields[name].widget, "widget", form.fields[name].widget)
    texts = form.data.getlist(form.add_prefix(name))
    if hasattr(widget, "check_test"):
        return "on" if any(texts) else ""
    return _plain(texts, widget)


def _plain(value, widget):
    if isinstance(value, (list, tuple)):
        texts = [_plain(each, widget) for each in value if each not in (None, "")]
        if getattr(widget, "allow_multiple_selected", False):
            return texts
        return texts[-1] if texts else ""
    return "" if value is None else str(value).replace("\r\n", "\n")
