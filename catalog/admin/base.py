"""What every noun's pages share: fields read both calendars and digit sets, permissions ask the
record's state, the history shows who changed what."""

from functools import cache

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import BLANK_CHOICE_DASH, ProtectedError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.formats.numerals import digits, is_persian, latin_digits
from catalog.models import Origin, Province
from catalog.models.base import Publishable
from catalog.search.fold import sort_key
from catalog.staff import scopes

from . import access, columns, error_pages, events, history, preview, proposals
from .adding import AddingAnother
from .fields import (
    CodesField,
    CountriesField,
    DayField,
    DayInput,
    ManyRecordsField,
    MoneyField,
    NumberInput,
    PlainNumberField,
    SearchSelect,
    SearchSelectMultiple,
    WholeNumberField,
    is_key,
    reading_clean_text,
)
from .forms import RecordForm, RowFormSet
from .held_saves import HeldSavesMixin
from .list_filters import Mine
from .proposing import Proposing
from .reverting import Reverting
from .search_boxes import in_alphabet
from .spreadsheets.listed import SpreadsheetMixin
from .stashed_files import StashingFileField, StashingFileInput
from .stashing import Stashing

FORM_FIELDS = {
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
    models.URLField: {"assume_scheme": "https"},
    models.FileField: {"form_class": StashingFileField, "widget": StashingFileInput},
    models.DateField: {"form_class": DayField, "widget": DayInput},
    models.IntegerField: {"form_class": PlainNumberField},
    models.PositiveIntegerField: {"form_class": WholeNumberField},
    models.PositiveBigIntegerField: {"form_class": WholeNumberField, "widget": NumberInput},
    models.BigIntegerField: {"form_class": MoneyField, "widget": NumberInput},
}


MOST_INLINE_ROWS = 500  # of one kind under a record


class FieldsMixin:
    """Form fields for pages and for rows."""

    form = RecordForm
    formfield_overrides = FORM_FIELDS

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if codes := getattr(db_field, "codes", None):
            return CodesField(codes, label=capfirst(db_field.verbose_name), help_text=db_field.help_text)
        if db_field.name == "countries":
            kwargs["form_class"] = CountriesField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if hasattr(field, "widget") and hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = False
        if isinstance(db_field, models.FileField):
            field.widget.user_pk = request.user.pk
            field.widget.revision = proposals.of(request).revision
        return reading_clean_text(field)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SearchSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SearchSelectMultiple(db_field, self.admin_site)
        kwargs["form_class"] = ManyRecordsField
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "origin":
            kwargs["choices"] = [choice for choice in Origin.choices if choice[0] != Origin.SAMPLE]
        elif db_field.name == "province":
            provinces = sorted(Province.choices, key=lambda choice: sort_key(str(choice[1])))
            kwargs["choices"] = [*BLANK_CHOICE_DASH, *provinces]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def readable(self, fieldsets):
        """The same fieldsets for a page without inputs: days and numbers as the page writes them."""
        meta = self.model._meta
        return [
            (name, {**options, "fields": [_readable(meta, field) for field in options["fields"]]})
            for name, options in fieldsets
        ]


def own_language_first(fieldsets):
    """The same fieldsets; on a Persian page what is written in Persian stands before what is in English."""
    if not is_persian(get_language()):
        return fieldsets
    return [(name, {**options, "fields": _persian_first(options["fields"])}) for name, options in fieldsets]


def _persian_first(fields):
    ordered = list(fields)
    for name in fields:
        twin = f"{name.removesuffix('_en')}_fa" if isinstance(name, str) and name.endswith("_en") else None
        if twin in ordered:
            ordered.remove(twin)
            ordered.insert(ordered.index(name), twin)
    return ordered


def _readable(meta, field):
    if isinstance(field, (list, tuple)):
        return [_readable(meta, each) for each in field]
    if not isinstance(field, str) or field not in _field_names(meta):
        return field
    return _shown(meta.get_field(field)) or field


def _shows_change(formset):
    """Whether a reader can see what a saved formset of rows did."""
    internal = getattr(formset.model, "internal", frozenset())
    changed = any(set(names) - internal for _row, names in formset.changed_objects)
    return bool(formset.new_objects or formset.deleted_objects or changed)


@cache
def _field_names(meta):
    return {field.name for field in meta.fields}


@cache
def _shown(field):
    return columns.shown_field(field)


class KnownKeys:
    """For a ModelAdmin: its list asks the database for no keys that cannot be. No page of ours sends such."""

    def changelist_view(self, request, extra_context=None):
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        lookups = [
            part for name, text in request.GET.items() if name != SEARCH_VAR for part in text.split(",")
        ]
        if not all(map(is_key, chosen)) or any(part.isdecimal() and not is_key(part) for part in lookups):
            return HttpResponseRedirect(request.path)
        return super().changelist_view(request, extra_context)


class NounList(ChangeList):
    """A list whose names stand in the alphabet of the page's language."""

    def get_ordering_field(self, field_name):
        found = super().get_ordering_field(field_name)
        return in_alphabet([found], _field_names(self.lookup_opts))[0]


class NounAdmin(
    SpreadsheetMixin,
    AddingAnother,
    Proposing,
    Reverting,
    Stashing,
    HeldSavesMixin,
    FieldsMixin,
    KnownKeys,
    admin.ModelAdmin,
):
    """A noun. `row_nouns` are models with a foreign key here whose changes its history shows too."""

    list_per_page = 25
    row_nouns = ()
    object_history_template = "admin/record_history.html"

    # --- who may do what

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj) and scopes.reaches(request.user, self.model)
        return may and not proposals.closed(request, obj)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and scopes.may_begin(request.user, self.model)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (
            obj is None or (access.may_delete(request.user, obj) and access.is_in_scope(request.user, obj))
        )

    def get_queryset(self, request):
        return access.visible(request.user, super().get_queryset(request))

    def get_urls(self):
        name = f"catalog_{self.opts.model_name}_preview"
        view = self.admin_site.admin_view(self.preview_view, cacheable=True)
        return [path("<int:pk>/preview/<str:language>/", view, name=name), *super().get_urls()]

    def preview_view(self, request, pk, language):
        record = self.get_object(request, str(pk)) if is_key(pk) else None
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return preview.of_record(self, request, record, language)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        form.proposal = proposals.of(request)
        form.is_page = True
        form.may_propose = "_popup" not in request.POST
        return form

    def get_fieldsets(self, request, obj=None):
        fieldsets = own_language_first(super().get_fieldsets(request, obj))
        if obj is not None and obj.pk and not self.has_change_permission(request, obj):
            return self.readable(fieldsets)
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        fields = list(super().get_readonly_fields(request, obj))
        is_sample = getattr(obj, "origin", "") == Origin.SAMPLE
        if hasattr(self.model, "is_sample") and (is_sample or not access.may_choose_origin(request.user)):
            fields.append("origin")
        if isinstance(obj, Publishable) and obj.was_published:
            fields += [name.removesuffix("_id") for name in obj.frozen]
        return fields

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_view_on_site_url(self, obj=None):
        """Its public page in the admin's language, once there is one."""
        if obj is None or not isinstance(obj, Publishable) or not hasattr(obj, "get_absolute_url"):
            return None
        if not obj.is_public:
            return None
        try:
            return obj.get_absolute_url()
        except NoReverseMatch:
            return None

    # --- lists

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, latin_digits(search_term))

    def get_changelist(self, request, **kwargs):
        return NounList

    def get_list_filter(self, request):
        limited = scopes.tags_of(request.user) is not None
        return [*super().get_list_filter(request), *([Mine] if limited else [])]

    def get_ordering(self, request):
        return in_alphabet(super().get_ordering(request) or self.opts.ordering, _field_names(self.opts))

    def get_actions(self, request):
        actions = super().get_actions(request)
        if "delete_selected" in actions:  # last: it is the one asked for least
            actions["delete_selected"] = actions.pop("delete_selected")
        return actions

    def get_deleted_objects(self, objs, request):
        """Published records stand among what keeps a deletion from happening, with the way that is open."""
        deleted, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        for obj in objs:
            if access.is_kept(obj):
                protected.append(_("%(name)s – it was published: withdraw it instead") % {"name": obj})
                perms_needed.discard(self.opts.verbose_name)
        return deleted, counts, perms_needed, protected

    def delete_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        if obj is not None and access.is_kept(obj) and self.has_view_permission(request, obj):
            return self._stays(
                request, obj, _("It was published, so it is never deleted: withdraw it instead.")
            )
        try:
            return super().delete_view(request, object_id, extra_context)
        except ProtectedError as error:  # something came to need it while the question stood on the screen
            names = ", ".join(str(needed) for needed in list(error.protected_objects)[:5])
            return self._stays(
                request, obj, _("Nothing was deleted; this still needs it: %(names)s.") % {"names": names}
            )

    def _stays(self, request, obj, message):
        self.message_user(request, message, messages.ERROR)
        return HttpResponseRedirect(reverse(f"admin:catalog_{self.opts.model_name}_change", args=[obj.pk]))

    def delete_queryset(self, request, queryset):
        for obj in queryset:  # one by one, so that each is asked and leaves its line in the history
            obj.delete()

    # --- the page of one record

    def save_related(self, request, form, formsets, change):
        """A new or changed row and a changed link show on the record's page: they are its change too."""
        request.names_sent = proposals.input_names(form, formsets)
        request.forms_sent = [form, *(row for formset in formsets for row in formset.forms)]
        request.changed = form.has_changed() or any(formset.has_changed() for formset in formsets)
        if form.proposes:
            return
        if revision := proposals.of(request).revision:
            for row in (row for formset in formsets for row in formset.forms):
                history.note_revision(row.instance, revision)
        super().save_related(request, form, formsets, change)
        request.drafts = proposals.drafts_among(formsets)
        links = {field.name for field in self.opts.many_to_many}
        seen = links & set(form.changed_data) or any(_shows_change(formset) for formset in formsets)
        if seen and change and "updated_at" in _field_names(self.opts):
            form.instance.touch()

    def get_object(self, request, object_id, from_field=None):
        """The record; where it is about to be saved, held until that is done. A publication in the same
        moment waits, else the save would write the old state over it."""
        obj = super().get_object(request, object_id, from_field)
        if obj is not None and request.method == "POST" and transaction.get_connection().in_atomic_block:
            self.model._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)
            obj = super().get_object(request, object_id, from_field)
        return obj

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        context |= proposals.proposal_context(self, request, obj, context["adminform"].form, formsets)
        closed = proposals.closed(request, obj)
        context["locked_by"] = (access.governing(obj) or obj) if closed else None
        context["previews"] = preview.addresses_for(proposals.of(request).revision, obj)
        context["out_of_scope"] = closed and not access.is_in_scope(request.user, obj)
        context["under_review"] = closed and access.is_under_review(request.user, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Of a record that was deleted: who did it and when. Else to the first page, as Django has it."""
        key = unquote(object_id)
        if is_key(key):
            proposals.close_gone(self.model, key)
        deleted = history.deletion(self.model, key) if is_key(key) else None
        if (
            deleted is None
            or scopes.tags_of(request.user) is not None
            or not self.has_view_permission(request)
        ):
            shown = digits(object_id, get_language())
            return super()._get_obj_does_not_exist_redirect(request, opts, shown)
        title = _("“%(name)s” was deleted") % {"name": deleted.name}
        sentence = _("%(who)s deleted it on %(when)s.") % {"who": deleted.who, "when": deleted.when}
        return error_pages.staff_page(request, 410, (title, sentence), history_url=deleted.url)

    def history_view(self, request, object_id, extra_context=None):
        """Every change of the record and its rows, newest first, also of a record that was deleted."""
        obj = self.get_object(request, unquote(object_id))
        deleted = obj is None
        if deleted and is_key(unquote(object_id)) and scopes.tags_of(request.user) is None:
            obj = history.as_it_was(self.model, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        page = history.history_page(obj, self.row_nouns, request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % events.entry_name(obj),
            "name": events.entry_name(obj),
            "opts": self.opts,
            "object": obj,
            "deleted": deleted,
            "page": page,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template, context)


class InlineRows(FieldsMixin, admin.TabularInline):
    """Rows under a record; closed where the record is locked for the user."""

    formset = RowFormSet
    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if hasattr(field, "widget") and hasattr(field.widget, "can_change_related"):
            # A row has no room for them.
            field.widget.can_change_related = field.widget.can_view_related = False
        return field

    def get_queryset(self, request):
        return access.visible(request.user, super().get_queryset(request))

    def has_add_permission(self, request, obj):
        if not scopes.may_begin(request.user, self.model):
            return False
        return super().has_add_permission(request, obj) and not proposals.closed(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not proposals.closed(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not proposals.closed(request, obj)

    def get_formset(self, request, obj=None, **kwargs):
        # Not what `readable` makes of them; Django adds to this list.
        kwargs.setdefault("fields", list(self.fields))
        kwargs |= {"max_num": MOST_INLINE_ROWS, "absolute_max": MOST_INLINE_ROWS}
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.user = request.user
        formset.form.proposal = proposals.of(request)
        return formset

    def get_fieldsets(self, request, obj=None):
        fieldsets = own_language_first(super().get_fieldsets(request, obj))
        return fieldsets if self.has_change_permission(request, obj) else self.readable(fieldsets)
