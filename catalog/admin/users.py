"""The staff: who signs in, and in which role. The roles themselves stand in catalog/staff/roles.py."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.staff import roles

from . import columns, limits
from .base import KnownKeys
from .fields import ManyRecordsField, reading_clean_text
from .stashing import Stashing

DECIDING = ("is_active", "is_staff", "groups")


class RoleField(ManyRecordsField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        return roles.label(group.name)


class AccountForm(limits.LimitsForm, UserChangeForm):
    """Refuses what would leave the portal without an administrator."""

    def clean(self):
        cleaned = super().clean()
        was = roles.administrators().filter(pk=self.instance.pk).exists()
        if was and not self._administers(cleaned) and not self._others().exists():
            text = _("Nobody else is an administrator with an open account: make somebody one first.")
            self.add_error(next(name for name in DECIDING if name in self.changed_data), text)
        return cleaned

    def _administers(self, cleaned):
        in_role = any(group.name == roles.ADMINISTRATOR for group in cleaned.get("groups", ()))
        return cleaned["is_active"] and cleaned["is_staff"] and (self.instance.is_superuser or in_role)

    def _others(self):
        return roles.administrators().exclude(pk=self.instance.pk)


class InRole(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return list(roles.LABELS.items())

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() in roles.LABELS else queryset


admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class StaffAdmin(Stashing, KnownKeys, UserAdmin):
    """Administrators keep the staff's accounts; nobody becomes more than an administrator here. No account is
    deleted: the history of records would lose its name."""

    form = AccountForm
    add_form = limits.NewAccountForm

    list_display = ["username", "full_name", "role", "limited_to", "is_active", "seen"]
    list_filter = [InRole, "is_active"]
    search_fields = ["username", "first_name", "last_name", "email"]
    ordering = ["username"]
    filter_horizontal = ()
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Who it is"), {"fields": ["first_name", "last_name", "email"]}),
        (_("What they may do"), {"fields": ["is_active", "is_staff", "groups"]}),
        (_("What they are limited to"), {"fields": limits.FIELDS, "description": limits.HELP}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"], "classes": ["wide"]}),
        (_("Who it is"), {"fields": ["first_name", "last_name", "email"]}),
        (_("What they may do"), {"fields": ["is_staff", "groups"]}),
        (_("What they are limited to"), {"fields": limits.FIELDS, "description": limits.HELP}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups", "scope__sectors", "scope__offices")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            return RoleField(
                label=_("role"), queryset=Group.objects.filter(name__in=roles.LABELS), required=False
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "is_active":
            field.label = _("Open account")
            field.help_text = _("Without this mark the account is closed. What it changed keeps its name.")
        if db_field.name == "groups":
            field.widget = forms.CheckboxSelectMultiple(choices=field.choices)
        return reading_clean_text(field)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._reachable(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.save_limits()
        user = form.instance
        if user.is_active and not user.is_superuser and not user.groups.exists():
            text = gettext("“%(name)s” has no role yet: this account can sign in and do nothing.")
            self.message_user(request, text % {"name": user}, messages.WARNING)

    def _reachable(self, request, obj):
        return obj is None or not obj.is_superuser or request.user.is_superuser

    def lookup_allowed(self, lookup, value, request=None):
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("name"))
    def full_name(self, user):
        return user.get_full_name() or columns.EMPTY

    @admin.display(description=_("role"))
    def role(self, user):
        names = [roles.label(group.name) for group in user.groups.all()]
        return columns.listed(names) or (_("Superuser") if user.is_superuser else columns.EMPTY)

    @admin.display(description=_("limited to"))
    def limited_to(self, user):
        return columns.listed(user.scope.names) if hasattr(user, "scope") else columns.EMPTY

    @admin.display(description=_("last signed in"), ordering="last_login")
    def seen(self, user):
        return columns.day(columns.day_of(user.last_login)) if user.last_login else columns.EMPTY
