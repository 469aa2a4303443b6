"""The page of one's own account: the second factor, recovery codes, signing out everywhere."""

from base64 import b32encode
from functools import wraps

import segno
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp import login as verified_login

from catalog.admin import columns
from catalog.models import AccountEvent
from catalog.staff import audit, roles, second_factor, sessions

from .sign_in import CodeForm

LATEST = 10


class PasswordForm(forms.Form):
    """Asks for the password again before the second factor changes."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        password = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password


def own_page(view):
    """A page of whoever is signed in as staff, with or without the second factor that may be demanded."""

    @never_cache
    @sensitive_post_parameters()
    @wraps(view)
    def guarded(request):
        if not (request.user.is_active and request.user.is_staff):
            return redirect_to_login(request.get_full_path())
        if second_factor.is_demanded(request.user) and second_factor.is_on(request.user):
            logout(request)  # this session began before the factor did
            return redirect_to_login(request.get_full_path())
        sessions.keep(request.session)
        return view(request)

    return guarded


def _page(request, name, title, **context):
    context |= admin.site.each_context(request) | {"title": title}
    return render(request, f"admin/accounts/{name}.html", context)


def _back(request, text):
    messages.success(request, text)
    return HttpResponseRedirect(reverse("admin:account"))


@own_page
def account(request):
    """What the account is, its second factor, and what happened to it."""
    user = request.user
    events = AccountEvent.objects.filter(account=user).select_related("by")[:LATEST]
    shown = [(columns.moment(one.at), one.get_kind_display(), one.address) for one in events]
    names = [roles.label(group.name) for group in user.groups.all()]
    return _page(
        request,
        "account",
        _("My account"),
        role=columns.names_listed(names) or (_("Superuser") if user.is_superuser else columns.EMPTY),
        factor=second_factor.is_on(user),
        codes_left=second_factor.recovery_codes_left(user),
        events=shown,
    )


@own_page
def set_up_factor(request):
    """Shows the secret as a picture and as text; on when a code proves that the app has it. Whoever finds an
    open session is asked for the password first."""
    user = request.user
    if second_factor.is_on(user):
        return HttpResponseRedirect(reverse("admin:account"))
    if not sessions.is_proved(request.session):
        return _prove(request, _("Set up the second factor"))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if done := second_factor.set_up(user, form.cleaned_data["code"]):
            device, codes = done
            verified_login(request, device)
            sessions.end_all(user, but=request.session.session_key)
            audit.note(AccountEvent.Kind.FACTOR_ADDED, user, request)
            return _page(request, "codes", _("The second factor is on"), codes=codes)
        form.add_error("code", _("This code is not right: the clock of the telephone may be wrong."))
    device = second_factor.unconfirmed(user)
    secret = _secret(device)
    picture = segno.make(device.config_url, error="m").svg_inline(scale=5, border=4, light="#fff")
    return _page(
        request,
        "set_up",
        _("Set up the second factor"),
        form=form,
        picture=mark_safe(picture),  # noqa: S308, made here and of numbers alone
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        demanded=second_factor.is_demanded(user),
    )


def _prove(request, title):
    """Asks for the password again, then leads back to where it was asked for."""
    form = PasswordForm(request.user, request.POST or None)
    if form.is_valid():
        sessions.prove(request.session)
        return HttpResponseRedirect(request.path)
    sentence = _("You signed in a while ago: write your password once more.")
    return _page(request, "password", title, form=form, sentence=sentence, button=_("Go on"))


def _secret(device):
    """The secret of a device as apps take it."""
    return b32encode(device.bin_key).decode().rstrip("=")


@own_page
def new_codes(request):
    """Makes new recovery codes; the old ones hold no more."""
    form = PasswordForm(request.user, request.POST or None)
    if not second_factor.is_on(request.user):
        return HttpResponseRedirect(reverse("admin:account"))
    if form.is_valid():
        codes = second_factor.new_recovery_codes(request.user)
        audit.note(AccountEvent.Kind.NEW_CODES, request.user, request)
        return _page(request, "codes", _("New recovery codes"), codes=codes)
    sentence = _("The recovery codes you have now will hold no more.")
    button = _("Make new codes")
    return _page(request, "password", _("New recovery codes"), form=form, sentence=sentence, button=button)


@own_page
def remove_factor(request):
    """Takes the own second factor away."""
    form = PasswordForm(request.user, request.POST or None)
    if not second_factor.is_on(request.user):
        return HttpResponseRedirect(reverse("admin:account"))
    if form.is_valid():
        second_factor.remove(request.user)
        audit.note(AccountEvent.Kind.FACTOR_REMOVED, request.user, request)
        return _back(request, _("The second factor is off. Your password alone opens this account."))
    sentence = (
        _("You will have to set up another one at once: this site asks for one.")
        if settings.SECOND_FACTOR_REQUIRED
        else _("After that your password alone opens this account.")
    )
    button = _("Remove the second factor")
    return _page(request, "password", button, form=form, sentence=sentence, button=button)


@require_POST
@own_page
def sign_out_everywhere(request):
    """Ends every session of the account, this one too."""
    audit.note(AccountEvent.Kind.SIGNED_OUT_EVERYWHERE, request.user, request)
    sessions.end_all(request.user)
    request.session.flush()
    messages.success(request, _("You are signed out on every device."))
    return redirect_to_login(reverse("admin:index"))
