"""What a browser sends of a form nobody touched: the text of every field and of every row."""

from dataclasses import asdict, dataclass, field

from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils import timezone
from django.utils.translation import get_language

from .reviewed import fingerprint

FORM_SALT = "catalog.admin.form_values"


def row_name(record):
    """What a row is called where rows that say the same of other things stand beside it."""
    return getattr(record, "told_apart", None) or str(record)


@dataclass
class FormValues:
    """`fields` of the record, {name: text or list of texts}; `rows`, {prefix of a formset: {key: fields}}.
    Files are left out: a browser sends none that it was not given. `at`: when they were read, in seconds.
    `fingerprint`: of all that readers see of the record, what the form does not show included.
    Numbers and days stand as the page in `language` writes them."""

    fields: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    at: float = 0.0
    fingerprint: str = ""
    language: str = ""

    def signed(self, record):
        """As a text that only the page of this record takes back."""
        return signing.dumps(asdict(self), salt=_salt(record), compress=True)

    def restated(self, form, formsets):
        """The same as a page in the active language writes it."""
        if self.language in ("", get_language()):
            return self
        forms = {formset.prefix: formset.empty_form for formset in formsets}
        rows = {
            prefix: {key: restated(forms[prefix], row) for key, row in found.items()}
            for prefix, found in self.rows.items()
            if prefix in forms
        }
        return FormValues(restated(form, self.fields), rows, self.at, self.fingerprint, get_language())


def read_values(text, record):
    """The FormValues of a signed text, or None where it is none of this record's."""
    try:
        return FormValues(**signing.loads(text or "", salt=_salt(record)))
    except signing.BadSignature:
        return None


def _salt(record):
    return f"{FORM_SALT}.{record._meta.label}.{record.pk}"


def values_of(form, formsets):
    """The FormValues of a form on a record and of its formsets, none of them sent yet."""
    rows = {
        formset.prefix: {str(row.instance.pk): fields_of(row) for row in formset.initial_forms}
        for formset in formsets
    }
    now = timezone.now().timestamp()
    return FormValues(fields_of(form), rows, now, fingerprint(form.instance), get_language())


def restated(form, texts):
    """{name: text} as a page in the active language writes it."""
    return {
        name: restated_text(form.fields[name], text) if name in form.fields else text
        for name, text in texts.items()
    }


def restated_text(each, text):
    """What was typed into a field, as the active language writes it; as it stands where it is no value."""
    if not isinstance(text, str) or not text or hasattr(each, "choices"):
        return text
    widget = getattr(each.widget, "widget", each.widget)
    try:
        value = each.prepare_value(each.to_python(text))
    except ValidationError:
        return text
    return text if hasattr(widget, "check_test") else _plain(widget.format_value(value), widget)


def fields_of(form):
    """{name: text or list of texts} of what a form shows, and of what was sent of it where it was."""
    return {name: sent_value(form, name) if form.is_bound else shown_value(form[name]) for name in kept(form)}


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


def shown_value(bound):
    """What the widget of a field shows of its value."""
    widget = getattr(bound.field.widget, "widget", bound.field.widget)  # out of its links to related pages
    value = bound.value()
    if hasattr(widget, "check_test"):  # a box is sent where it is ticked
        return "on" if widget.check_test(value) else ""
    return _plain(widget.format_value(value), widget)


def sent_value(form, name):
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
            return sorted(texts)  # browsers send them in the order of the page
        return texts[-1] if texts else ""
    return "" if value is None else str(value).replace("\r\n", "\n")
