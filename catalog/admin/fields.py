"""Form fields that read what staff write: any digits, grouped numbers, days of both calendars."""

import datetime
import re

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.formats.calendar import input_text, parse_jalali
from catalog.formats.cleaning import clean_line, clean_text
from catalog.formats.countries import codes_in
from catalog.formats.numerals import digits, is_persian, number
from catalog.formats.reading import (
    LONGEST_NUMBER,
    WHOLE,
    NotANumberError,
    NotWholeError,
    plain_digits,
    typed_amount,
    whole_number,
)
from catalog.models.codes import SEPARATOR

TYPED_DAY = re.compile(r"(\d{4})[/\-.](\d{1,2})[/\-.](\d{1,2})")
# Years below are Iranian, years above Gregorian; nothing here is older than 1300 or as old as 1700.
FIRST_GREGORIAN_YEAR = 1700
LONGEST_PK = len(str(2**63))  # in digits; of 64 bits every shorter number


def reading_clean_text(field):
    """The same form field; where it is one for text, it reads it without what nobody sees."""
    if isinstance(field, forms.CharField):
        clean = clean_text if isinstance(field.widget, forms.Textarea) else clean_line
        field.to_python = _cleaning(field.to_python, clean)
    return field


def _cleaning(to_python, clean):
    return lambda value: to_python(clean(value) if isinstance(value, str) else value)


class NumberInput(forms.TextInput):
    """A number as text: browsers' own number fields refuse Persian digits and separators."""

    class Media:
        js = ["js/admin-numbers.js"]

    def __init__(self, attrs=None, grouped=True):
        css = "number-field number-grouped" if grouped else "number-field"
        super().__init__(
            {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr", "class": css, **(attrs or {})}
        )


class WholeNumberField(forms.IntegerField):
    """An int, shown grouped in the digits of the page: 999,999,999,999,999 or ۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹."""

    widget = NumberInput
    grouped = True
    default_error_messages = {
        "invalid": _(
            "Write a whole number such as 1,250,000, with or without commas and without a fraction."
        ),
    }

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        text = plain_digits(value)
        if not text:
            return None
        if WHOLE.fullmatch(text) and len(text) > LONGEST_NUMBER:
            raise ValidationError(_("This number is too large."), code="max_value")
        try:
            return self.number_of(text)
        except (NotANumberError, NotWholeError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def number_of(self, text):
        """The int that a text means; raises NotANumberError or NotWholeError."""
        return whole_number(text)

    def prepare_value(self, value):
        if isinstance(value, int) and not isinstance(value, bool):
            return number(value, get_language()) if self.grouped else digits(value, get_language())
        return value

    def widget_attrs(self, widget):
        return {}


class MoneyField(WholeNumberField):
    """An amount, which may name its currency: "44 میلیارد تومان". `stated_currency` is what it named, a code
    or an empty string."""

    stated_currency = ""

    def number_of(self, text):
        found = typed_amount(text)
        self.stated_currency = found.currency
        return found.value


def currency_name(model, name):
    """The name of the field that says in which currency the money field `name` of a model is, or None."""
    own = name.replace("amount", "currency")
    names = {field.name for field in model._meta.fields}
    return next((each for each in (own, "currency") if each in names and each != name), None)


class PlainNumberField(WholeNumberField):
    """An int that is never grouped: a year, an order, a share."""

    grouped = False

    def number_of(self, text):
        if not text.isdecimal():
            raise NotANumberError(text)
        return int(text)

    def __init__(self, **kwargs):
        kwargs["widget"] = NumberInput(grouped=False)
        super().__init__(**kwargs)


class CodesField(forms.MultipleChoiceField):
    """Several codes of a TextChoices as boxes to tick, kept as "finance,market" (see models/codes.py)."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, codes, **kwargs):
        super().__init__(choices=codes.choices, required=False, **kwargs)

    def prepare_value(self, value):
        return value.split(SEPARATOR) if isinstance(value, str) else value

    def clean(self, value):
        chosen = super().clean(value)
        return SEPARATOR.join(code for code, _label in self.choices if code in chosen)

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial or ""), data)


def _example():
    if is_persian(get_language()):
        return _("Year/month/day, such as %(iranian)s.") % {"iranian": digits("1405/03/01", "fa")}
    return _("Such as %(gregorian)s; an Iranian date such as %(iranian)s is read too.") % {
        "gregorian": "2026-05-22",
        "iranian": "1405/03/01",
    }


example = lazy(lambda: str(_example()), str)


class DayInput(AdminDateWidget):
    """Django's Gregorian calendar on English pages, an Iranian one on Persian pages."""

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", "dir": "ltr", **(attrs or {})})

    @property
    def media(self):
        if is_persian(get_language()):
            return forms.Media(js=["js/admin-jalali.js"])
        return super().media

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if is_persian(get_language()):
            context["widget"]["attrs"] |= {
                "class": "jalali-field",
                "data-today": _("Today"),
                "data-calendar": _("Calendar"),
                "data-earlier": _("Earlier month"),
                "data-later": _("Later month"),
                "data-close": _("Close"),
            }
        return context


class DayField(forms.DateField):
    """A day of either calendar, in any digits: 1405/03/01, ۱۴۰۵/۳/۱ and 2026-05-22 are the same."""

    widget = DayInput

    def __init__(self, **kwargs):
        kwargs["help_text"] = kwargs.get("help_text") or example()
        super().__init__(**kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            text = plain_digits(value)
            if not text:
                return None
            match = TYPED_DAY.fullmatch(text)
            if not match:
                raise ValidationError(
                    _("Write a day as in the example: %(example)s") % {"example": example()}
                )
            year, month, day = map(int, match.groups())
            try:
                return parse_jalali(text) if year < FIRST_GREGORIAN_YEAR else datetime.date(year, month, day)
            except ValueError:
                raise ValidationError(
                    _("There is no such day: %(day)s."), params={"day": digits(text, get_language())}
                ) from None
        return super().to_python(value)

    def prepare_value(self, value):
        if isinstance(value, datetime.date):
            return input_text(value, "fa") if is_persian(get_language()) else value.isoformat()
        return value


def is_key(value):
    """Whether a database can look for `value` among its keys, which have 64 bits."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) < LONGEST_PK


class _Numbers:
    """Django's select with search asks the database for whatever was sent; a made-up "abc" was a 500."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [each for each in value if not each or is_key(each)], attr)


class SearchSelect(_Numbers, AutocompleteSelect):
    pass


class SearchSelectMultiple(_Numbers, AutocompleteSelectMultiple):
    pass


class CountriesField(forms.CharField):
    """Countries of origin by code or by name, in either language, kept as "DE,TR"."""

    def to_python(self, value):
        codes, unknown = codes_in(super().to_python(value))
        if unknown:
            message = _("No country on the list: %(names)s. Write codes such as DE, or names, with commas.")
            raise ValidationError(message, params={"names": ", ".join(unknown)})
        return SEPARATOR.join(codes)


class ManyRecordsField(forms.ModelMultipleChoiceField):
    """Several records; SQLite raises for keys of more than 64 bits among them."""

    def clean(self, value):
        for key in value or ():
            if not is_key(key):
                message = self.error_messages["invalid_pk_value"]
                raise ValidationError(message, code="invalid_pk_value", params={"pk": key})
        return super().clean(value)
