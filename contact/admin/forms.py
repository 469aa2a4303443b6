"""What staff fill in on the page of an enquiry."""

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.admin import columns
from catalog.admin.fields import reading_clean_text
from catalog.formats.numerals import is_persian
from contact import inbox
from contact.models.enquiries import Kind, Reason

LONGEST_LETTER = 10_000


class CleanForm(forms.Form):
    """A form whose texts are read without what nobody sees; Persian words first on a Persian page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for field in self.fields.values():
            reading_clean_text(field)
        if is_persian(get_language()) and "text_fa" in self.fields:
            names = list(self.fields)
            names.remove("text_fa")
            names.insert(names.index("text_en"), "text_fa")
            self.order_fields(names)


class TextForm(CleanForm):
    """A letter to the visitor, or a note."""

    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": _("Write a text first.")},
    )


class AssignForm(CleanForm):
    """Who looks after it: an account that may read it."""

    to = forms.ModelChoiceField(User.objects.none(), label=_("Assigned to"), required=False)

    def __init__(self, enquiry, *args, **kwargs):
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_active=True, is_staff=True).order_by("last_name", "username")
        able = [user.pk for user in staff if inbox.may_see(user, enquiry)]
        field = self.fields["to"]
        field.queryset = staff.filter(pk__in=able)
        field.label_from_instance = columns.person
        field.empty_label = _("nobody")


def words_field(label, language):
    attrs = {"rows": 3, "dir": "rtl" if language == "fa" else "ltr", "lang": language}
    return forms.CharField(label=label, max_length=1000, required=False, widget=forms.Textarea(attrs=attrs))


class CloseForm(CleanForm):
    """Why it ends. The words may be read in public beside a call; of a claim they are needed in both
    languages."""

    reason = forms.ChoiceField(label=_("Reason"))
    text_en = words_field(_("In words, in English"), "en")
    text_fa = words_field(_("In words, in Persian"), "fa")

    def __init__(self, enquiry, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_claim = enquiry.kind == Kind.CLAIM
        left_out = (Reason.PROVED, Reason.ANSWERED) if self.is_claim else (Reason.PROVED, Reason.NOT_PROVED)
        self.fields["reason"].choices = [
            ("", "—"),
            *(one for one in Reason.choices if one[0] not in left_out),
        ]
        for name in ("text_en", "text_fa"):
            self.fields[name].required = self.is_claim
            self.fields[name].error_messages["required"] = _(
                "Say why, in both languages: the words may stand beside the call."
            )
