"""HS 2017: the list of six-digit codes, for checking (rule 10)."""

from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

CODES_FILE = Path(__file__).resolve().parent.parent / "seed" / "data" / "facts" / "hs2017_codes.txt"


@cache
def hs_codes():
    """The six-digit codes of HS 2017 as a frozenset of strings."""
    return frozenset(CODES_FILE.read_text(encoding="ascii").split())


@deconstructible(path="catalog.migrations.frozen.validators.HSCodeValidator")
class HSCodeValidator:
    """Accepts 6 to 8 digits whose first six stand in HS 2017; raises ValidationError otherwise."""

    def __call__(self, value):
        if not (value.isascii() and value.isdigit() and 6 <= len(value) <= 8):
            raise ValidationError(_("An HS code has 6 to 8 digits, such as 841370."))
        if value[:6] not in hs_codes():
            raise ValidationError(_("%(code)s is not in the HS 2017 list."), params={"code": value[:6]})
