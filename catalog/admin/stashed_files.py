"""A field for a file that need not be chosen again where the rest of its form has to be mended."""

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from . import proposed_files, stash

CHOSEN = "-chosen"
"""After the name of a field: the token and the name of the file that was chosen for it."""
LEFT_OUT = "-left-out"
"""The box that leaves that file out after all."""
GONE = object()
"""In place of a file that is kept no longer."""


class StashedFile(UploadedFile):
    """A file as it was uploaded, read from the stash, or from the proposal that it belongs to."""

    def __init__(self, token, name, file, is_proposed=False):
        super().__init__(file=file, name=name, size=file.size)
        self.token, self.is_proposed = token, is_proposed

    @property
    def text(self):
        return f"{self.token}:{self.name}"


class StashingFileInput(AdminFileWidget):
    template_name = "admin/widgets/stashing_file_input.html"
    user_pk = None
    revision = None
    """The proposal whose page this is."""
    found = None
    """The StashedFile that was sent."""
    chosen = None
    """The StashedFile that the page shows as chosen."""

    def value_from_datadict(self, data, files, name):
        text = data.get(name + CHOSEN, "")
        if text and name not in files and not data.get(name + LEFT_OUT):
            token, _colon, called = text.partition(":")
            self.found = self._stashed(token, called)
            if self.found is None:
                return GONE
            files = {name: self.found}
        return super().value_from_datadict(data, files, name)

    def _stashed(self, token, called):
        """The StashedFile of that token; None where it is kept no longer."""
        if file := stash.get(stash.FILES, self.user_pk, token):
            return StashedFile(token, called, file)
        file = proposed_files.proposed_file(self.revision, token) if self.revision else None
        return StashedFile(token, called, file, is_proposed=True) if file else None

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "chosen": self.chosen,
            "chosen_name": name + CHOSEN,
            "left_out": name + LEFT_OUT,
        }
        return context


class StashingFileField(forms.FileField):
    widget = StashingFileInput

    def clean(self, data, initial=None):
        if data is GONE:
            raise ValidationError(_("The file that you had chosen is kept no longer: choose it again."))
        return super().clean(data, initial)


def uploads_of(forms_sent):
    """(form, name, widget) of every field for a file in these forms."""
    for form in forms_sent:
        for name, field in form.fields.items():
            if isinstance(field.widget, StashingFileInput):
                yield form, name, field.widget


def keep_right_files(forms_sent):
    """Put aside the files that are right, for the page on which these forms come again."""
    for form, name, widget in uploads_of(forms_sent):
        file = form.cleaned_data.get(name)
        if isinstance(file, UploadedFile):
            if not isinstance(file, StashedFile):
                token = stash.put(stash.FILES, widget.user_pk, file)
                file = StashedFile(token, file.name, file)
            widget.chosen = file
        elif widget.found and not widget.found.is_proposed:
            stash.drop_file(stash.FILES, widget.user_pk, widget.found.token)


def drop_saved_files(forms_sent):
    """Erase the files that these forms have saved."""
    for form, name, widget in uploads_of(forms_sent):
        file = getattr(form, "cleaned_data", {}).get(name)
        if isinstance(file, StashedFile) and not file.is_proposed:
            stash.drop_file(stash.FILES, widget.user_pk, file.token)


def put_uploads_aside(request, data):
    """Put every upload of a request aside and name it in `data`, where it moves along with its row."""
    for name, file in request.FILES.items():
        data[name + CHOSEN] = StashedFile(stash.put(stash.FILES, request.user.pk, file), file.name, file).text
    request.FILES.clear()
