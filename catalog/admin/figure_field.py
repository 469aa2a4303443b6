"""Form fields for a figure as somebody said it, and for what it counts."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.formats.numerals import number
from catalog.templatetags.statements import UNIT_NAMES

from .fields import NumberInput, plain_digits

# 2.5, 26,148.3, ۲٫۵, ۲۶٬۱۴۸٫۳, 2/5 as Persian typists write it, 2,5: groups have three digits, a comma before
# fewer is the point.
GROUPED = re.compile(r"(\d{1,3}(?:[,٬،'’ \u00a0\u2009\u202f]\d{3})+|\d+)(?:[.٫/](\d+))?")
COMMA_FOR_POINT = re.compile(r"(\d+)[,،](\d{1,2})")
MOST_DECIMALS = 6
LARGEST = 2**63 - 1


class FigureField(forms.Field):
    """A Decimal of at most six digits after the point, zero or more, in any digits."""

    widget = NumberInput
    default_error_messages = {"invalid": _("Write a number such as 2.5 or 26,148.3.")}

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, Decimal):
            return value or None
        text = plain_digits(str(value))
        match = GROUPED.fullmatch(text) or COMMA_FOR_POINT.fullmatch(text)
        if not match:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        whole, fraction = re.sub(r"\D", "", match[1]), (match[2] or "").rstrip("0")
        if len(fraction) > MOST_DECIMALS:
            raise ValidationError(_("At most six digits follow the point."), code="max_decimal_places")
        if len(whole) > len(str(LARGEST)) or int(whole + fraction) > LARGEST:
            raise ValidationError(_("This number is too large."), code="max_value")
        return Decimal(f"{whole}.{fraction}" if fraction else whole)

    def prepare_value(self, value):
        if isinstance(value, (int, Decimal)):
            return number(value, get_language())
        return value

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != (None if initial is None else Decimal(initial))
        except ValidationError:
            return True


class UnitField(forms.ChoiceField):
    """What a figure counts. `own` is the unit that a stored statement has, were it none of these."""

    def __init__(self, own="", **kwargs):
        units = {**({own: own} if own else {}), **UNIT_NAMES}
        choices = [("", "---------"), *((unit, name) for unit, name in units.items())]
        super().__init__(choices=choices, **kwargs)
