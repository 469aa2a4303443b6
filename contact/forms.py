"""What visitors type, and how it is read: nothing is taken over that a field does not name."""

import re
from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from catalog.formats.cleaning import clean_line, clean_text
from catalog.formats.numerals import digits, latin_digits
from catalog.models.uploads import fault_of

from .models.enquiries import ROLES_OF_KIND, EnquiryRole, Kind

MOST_LETTERS = 5000
MOST_FILES = 5
MOST_MEGABYTES = 10
SUFFIXES = (".pdf", ".jpg", ".jpeg", ".png", ".webp", ".docx", ".xlsx")
ACCEPTED = ",".join(SUFFIXES)
MOST_MONTHS = 240
PHONE = re.compile(r"\+?[0-9 ()/.-]*")
LEAST_DIGITS, MOST_DIGITS = 5, 20

WHAT = {Kind.ASK.value: Kind.ASK} | {
    role.value: kind for kind, roles in ROLES_OF_KIND.items() for role in roles
}
"""What a visitor may choose, and which kind of enquiry it is: a role says its kind, a question has none."""
NEEDS_COMPANY = (EnquiryRole.MAKES, EnquiryRole.COULD_MAKE, EnquiryRole.BUYS, EnquiryRole.PLANT_COULD)


def at_most(most):
    """A validator of texts that have at most so many characters."""

    def check(text):
        if len(text) > most:
            sizes = {"most": digits(most, get_language()), "count": digits(len(text), get_language())}
            raise ValidationError(_("Write at most %(most)s characters; this has %(count)s.") % sizes)

    return check


class LineField(forms.CharField):
    """One line, without signs that nobody sees: a header of a mail cannot end in it."""

    def __init__(self, *, longest, **kwargs):
        super().__init__(validators=[at_most(longest)], **kwargs)

    def to_python(self, value):
        return super().to_python(clean_line(value or "")).strip()


class Lines(LineField):
    """Text of several lines."""

    def to_python(self, value):
        text = clean_text(str(value or "")).replace("\r\n", "\n").replace("\r", "\n")
        return forms.CharField.to_python(self, text)


class Email(forms.EmailField):
    def to_python(self, value):
        return super().to_python(clean_line(value or ""))


class Phone(LineField):
    """A telephone number in any digits, kept in Latin ones."""

    def clean(self, value):
        number = latin_digits(super().clean(value))
        count = sum(sign.isdigit() for sign in number)
        if number and not (PHONE.fullmatch(number) and LEAST_DIGITS <= count <= MOST_DIGITS):
            raise ValidationError(_("This is not a telephone number. Write it as +98 21 1234 5678."))
        return number


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Some files, each of a kind that is taken, by its content and not by its name alone."""

    def __init__(self, **kwargs):
        super().__init__(widget=ManyFilesInput, required=False, **kwargs)

    def clean(self, value, initial=None):
        files = [file for file in value or () if file]
        if len(files) > MOST_FILES:
            raise ValidationError(
                _("Choose at most %(count)s files.") % {"count": digits(MOST_FILES, get_language())}
            )
        if faults := [
            f"{sent_file_name(file)}: {fault}" for file in files if (fault := fault_of_upload(file))
        ]:
            raise ValidationError(faults)
        return files


def fault_of_upload(file):
    """What is wrong with a file that was sent; "" where nothing is."""
    suffix = PurePath(sent_file_name(file)).suffix.lower()
    if suffix not in SUFFIXES:
        return _("Only PDF, JPEG, PNG, WebP, Word (.docx) and Excel (.xlsx) files are taken.")
    if file.size > MOST_MEGABYTES * 2**20:
        return _("It is larger than %(most)s MB.") % {"most": digits(MOST_MEGABYTES, get_language())}
    if not file.size:
        return _("It is empty.")
    return str(fault_of(file, suffix))


def sent_file_name(file):
    """The name of a file as its sender has it, for people to read; never a place on this machine."""
    return clean_line(PurePath(file.name).name).strip()[-200:]


class Sent(forms.Form):
    """What every form with text and proofs has."""

    text = Lines(
        longest=MOST_LETTERS, error_messages={"required": gettext_lazy("Write what you want to say.")}
    )
    proofs = Files()

    @property
    def summary(self):
        """(the id of the field, its label, what is wrong) of each error, in the order of the fields."""
        for name in self.fields:
            yield from ((f"id_{name}", error) for error in self.errors.get(name, ()))


class AskForm(Sent):
    """An enquiry, in the order in which a person thinks: what for, what, who, how to answer."""

    field_order = (*("what", "months", "text", "proofs", "may_be_published"),)
    field_order += ("name", "organization", "email", "phone", "website", "stamp")

    what = forms.ChoiceField(
        choices=[(value, value) for value in WHAT],
        error_messages={
            "required": gettext_lazy("Choose one."),
            "invalid_choice": gettext_lazy("Choose one of these."),
        },
    )
    months = forms.IntegerField(
        min_value=1,
        max_value=MOST_MONTHS,
        required=False,
        error_messages={
            "invalid": gettext_lazy("Write a whole number of months."),
            "min_value": gettext_lazy("Write a whole number of months, 1 or more."),
            "max_value": gettext_lazy("Write a whole number of months; that is too many."),
        },
    )
    may_be_published = forms.BooleanField(required=False)
    name = LineField(longest=120, error_messages={"required": gettext_lazy("Write your name.")})
    organization = LineField(longest=200, required=False)
    email = Email(
        required=False,
        error_messages={"invalid": gettext_lazy("Write an e-mail address such as name@example.com.")},
    )
    phone = Phone(longest=40, required=False)
    website = forms.CharField(required=False)  # people do not see it; programs fill it in
    stamp = forms.CharField(required=False)

    def clean(self):
        cleaned = super().clean()
        what = cleaned.get("what")
        if what != EnquiryRole.COULD_MAKE:
            cleaned["months"] = None
            self._errors.pop("months", None)
        if what != Kind.ASK:
            cleaned["may_be_published"] = False
        if what in NEEDS_COMPANY and not cleaned.get("organization") and "organization" not in self.errors:
            self.add_error("organization", _("Name the company that this is about."))
        if not ({"email", "phone"} & set(self.errors) or cleaned.get("email") or cleaned.get("phone")):
            self.add_error("email", _("Give an e-mail address or a telephone number."))
        return cleaned


class AddForm(Sent):
    """Something that a visitor adds to an enquiry."""
