"""Refuses passwords that are too short, or little more than words of this site, which guessers try first."""

from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.formats.numerals import digits
from catalog.staff import roles

COMMON = ("portal", "domestic", "production", "iran", "tehran", "admin", "password", "درگاه", "ساخت", "داخل")
LEAST_BESIDE = 6
"""Signs that a password has besides such words."""


def guessable_words():
    """The words of the site, of its owner and of the roles, the longest first."""
    names = " ".join([*settings.SITE_NAME.values(), *settings.SITE_OWNER.values()]).casefold().split()
    found = {*COMMON, *roles.LABELS, *(name for name in names if len(name) > 2)}
    return sorted(found, key=len, reverse=True)


class LengthValidator(MinimumLengthValidator):
    """Django's, with the number in the digits of the page."""

    def get_error_message(self):
        text = ngettext(
            "This password is too short: it needs at least %(count)s character.",
            "This password is too short: it needs at least %(count)s characters.",
            self.min_length,
        )
        return text % {"count": digits(self.min_length, get_language())}

    def get_help_text(self):
        text = ngettext(
            "Your password must contain at least %(count)s character.",
            "Your password must contain at least %(count)s characters.",
            self.min_length,
        )
        return text % {"count": digits(self.min_length, get_language())}


class SiteWordsValidator:
    def validate(self, password, user=None):
        left = password.casefold()
        for word in guessable_words():
            left = left.replace(word, "")
        if left == password.casefold():
            return
        if sum(map(str.isalnum, left)) < LEAST_BESIDE:
            raise ValidationError(_("This password is little more than words of this site."))

    def get_help_text(self):
        return _("Your password can’t be made of words of this site alone.")
