"""The staff: who signs in, and in which role. The roles themselves stand in catalog/staff/roles.py."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from catalog.models import AccountEvent
from catalog.staff import audit, roles, second_factor, sessions

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


class NewPassword(AdminPasswordChangeForm):
    """Ends the sessions of an account that is given a new password; whoever sets their own stays in."""

    def save(self, commit=True):
        user = super().save(commit)
        sessions.end_all(user)
        return user


for _model in (User, Group, TOTPDevice, StaticDevice):
    admin.site.unregister(_model)


@admin.register(User)
class StaffAdmin(Stashing, KnownKeys, UserAdmin):
    """Administrators keep the staff's accounts; nobody becomes more than an administrator here. No account is
    deleted: the history of records would lose its name."""

    form = AccountForm
    change_password_form = NewPassword
    change_form_template = "admin/accounts/of_another.html"
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
        (_("What they are limited to"), {"fields": limits.LIMIT_FIELDS, "description": limits.HELP}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"], "classes": ["wide"]}),
        (_("Who it is"), {"fields": ["first_name", "last_name", "email"]}),
        (_("What they may do"), {"fields": ["is_staff", "groups"]}),
        (_("What they are limited to"), {"fields": limits.LIMIT_FIELDS, "description": limits.HELP}),
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

    def get_urls(self):
        wrap = self.admin_site.admin_view
        steps = [
            path(f"<int:key>/{step}/", wrap(self.close_view), {"step": step}, name=f"auth_user_{step}")
            for step in ("reset-factor", "sign-out")
        ]
        return [*steps, *super().get_urls()]

    def close_view(self, request, key, step):
        """Takes the second factor of another account away, or ends its sessions, after asking."""
        user = self.get_queryset(request).filter(pk=key).first()
        if user is None:
            raise Http404
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if request.method == "POST":
            return self._close(request, user, step)
        resets = step == "reset-factor"
        title = gettext("Remove the second factor") if resets else gettext("Sign out on every device")
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        context |= {"account": user, "name": columns.person(user), "resets": resets}
        return TemplateResponse(request, "admin/accounts/close.html", context)

    def _close(self, request, user, step):
        kind = AccountEvent.Kind.SIGNED_OUT_EVERYWHERE
        if step == "reset-factor":
            second_factor.remove(user)
            kind = AccountEvent.Kind.FACTOR_REMOVED
        sessions.end_all(user)
        audit.note(kind, user, request, by=request.user)
        text = gettext("“%(name)s” is signed out everywhere.") % {"name": columns.person(user)}
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[user.pk]))

    def user_change_password(self, request, id, form_url=""):
        answer = super().user_change_password(request, id, form_url)
        if request.method == "POST" and answer.status_code == 302:
            user = self.get_object(request, unquote(id))
            audit.note(AccountEvent.Kind.PASSWORD_CHANGED, user, request, by=request.user)
        return answer

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["factor"] = obj is not None and second_factor.is_on(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.save_limits()
        user = form.instance
        if set(form.changed_data) & {*DECIDING}:
            audit.note(AccountEvent.Kind.RIGHTS_CHANGED, user, request, by=request.user)
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
        return columns.names_listed(names) or (_("Superuser") if user.is_superuser else columns.EMPTY)

    @admin.display(description=_("limited to"))
    def limited_to(self, user):
        return columns.names_listed(user.scope.names) if hasattr(user, "scope") else columns.EMPTY

    @admin.display(description=_("last signed in"), ordering="last_login")
    def seen(self, user):
        return columns.day_cell(columns.day_of(user.last_login)) if user.last_login else columns.EMPTY
