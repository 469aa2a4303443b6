"""Several codes in one column, "finance,market": too few to be rows of their own."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Length, Replace
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThanOrEqual
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

SEPARATOR = ","


@deconstructible(path="catalog.migrations.frozen.validators.CodesValidator")
class CodesValidator:
    """Accepts codes among `values`, each once, separated by commas."""

    def __init__(self, values):
        self.values = list(values)

    def __call__(self, text):
        codes = text.split(SEPARATOR)
        if unknown := [code for code in codes if code not in self.values]:
            raise ValidationError(_("Unknown codes: %(codes)s."), params={"codes": ", ".join(unknown)})
        if len(set(codes)) < len(codes):
            raise ValidationError(_("A code stands here twice."))

    def __eq__(self, other):
        return isinstance(other, CodesValidator) and self.values == other.values

    def __hash__(self):
        return hash(tuple(self.values))


def codes_field(codes, verbose_name, **options):
    """A column for several of `codes`, a TextChoices that it keeps as its `codes`; empty where none is known.

    No code may be a part of another: `having` looks for them as text.
    """
    length = sum(len(code) + 1 for code in codes.values)
    field = models.CharField(
        verbose_name, max_length=length, blank=True, validators=[CodesValidator(codes.values)], **options
    )
    field.codes = codes
    return field


def codes_known(field, codes):
    """Condition of a CHECK: `field` is empty or consists of `codes`. In plain SQL, so that every tool for
    SQLite's files can check them; Django's regular expressions are a function of its own connection."""
    whole = Concat(Value(SEPARATOR), field, output_field=models.TextField())
    longest_first = sorted(codes.values, key=len, reverse=True)  # kermanshah before kerman
    return Q(**{field: ""}) | Q(nothing_left(whole, [SEPARATOR + code for code in longest_first]))


def has_digits(field, least, most):
    """Condition of a CHECK: `field` consists of `least` to `most` digits."""
    length = Q(GreaterThanOrEqual(Length(field), Value(least)), LessThanOrEqual(Length(field), Value(most)))
    return length & Q(nothing_left(F(field), "0123456789"))


def nothing_left(text, parts):
    """Condition of a CHECK: without `parts` nothing is left of the expression `text`."""
    for part in parts:
        text = Replace(text, Value(part), Value(""), output_field=models.TextField())
    return Exact(text, Value(""))


def having(field, values):
    """Condition: `field` has at least one of the codes `values`."""
    wanted = Q(pk__in=[])
    for value in values:
        wanted |= Q(**{f"{field}__contains": value})
    return wanted


def codes_of(text):
    """ "finance,market" -> ("finance", "market")."""
    return tuple(code for code in text.split(SEPARATOR) if code)


def labels(codes, text):
    """The words for "finance,market" of the TextChoices `codes`, in the active language."""
    return [str(codes(code).label) for code in codes_of(text) if code in codes.values]
