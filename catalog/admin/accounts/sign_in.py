"""Signing in: the password, then the code of those who have a second factor."""

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import LoginView, redirect_to_login
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django_otp import login as verified_login

from catalog.formats.numerals import digits
from catalog.models import AccountEvent
from catalog.staff import audit, second_factor


class PasswordStep(LoginView):
    """Signs in whoever has no second factor; asks the others for their code."""

    authentication_form = AdminAuthenticationForm
    template_name = "admin/login.html"

    def form_valid(self, form):
        user = form.get_user()
        if not second_factor.is_on(user):
            return super().form_valid(form)
        second_factor.wait_for(self.request.session, user, self.get_success_url())
        return HttpResponseRedirect(reverse("admin:second_step"))


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "dir": "ltr"}),
    )


@never_cache
def code_step(request):
    """Asks for the code after the password; signs in whoever gives it."""
    found = second_factor.awaiting_code(request.session)
    if found is None:
        return redirect_to_login(reverse("admin:index"))
    user, way = found
    who = {"username": user.get_username(), "code": ""}
    if not AxesProxyHandler.is_allowed(request, who):
        return get_lockout_response(request, credentials=who)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        device = second_factor.check(user, form.cleaned_data["code"])
        if device is not None:
            return _signed_in(request, user, device, way)
        form.add_error("code", _refusal(user))
        user_login_failed.send(sender=__name__, credentials=who, request=request)
    context = admin.site.each_context(request) | {"title": _("Second step"), "form": form}
    return render(request, "admin/accounts/second_step.html", context)


def _refusal(user):
    if second_factor.has_to_wait(user):
        return _("This code is not right. After each wrong one the next is looked at later: wait a moment.")
    return _("This code is not right.")


def _signed_in(request, user, device, way):
    del request.session[second_factor.PENDING]
    login(request, user, backend=user.backend)
    verified_login(request, device)
    if second_factor.is_recovery(device):
        audit.note(AccountEvent.Kind.RECOVERY_CODE, user, request)
        left = second_factor.recovery_codes_left(user)
        text = ngettext(
            "This recovery code holds no more. You have %(count)s left.",
            "This recovery code holds no more. You have %(count)s left.",
            left,
        )
        messages.warning(request, text % {"count": digits(left, get_language())})
    return HttpResponseRedirect(way)
