"""A new password by mail, through the outbox."""

from datetime import timedelta

from django.contrib import admin
from django.contrib.auth import forms, views
from django.template import loader
from django.utils import timezone
from django.utils.translation import get_language

from catalog.models import AccountEvent, Outbox
from catalog.staff import audit, mail, sessions

MOST_IN_AN_HOUR = 3
"""Mails to one address."""


class ResetForm(forms.PasswordResetForm):
    """Puts a mail in the language of the page into the outbox, for members of staff alone."""

    request = None

    def get_users(self, email):
        return (user for user in super().get_users(email) if user.is_staff)

    def send_mail(  # noqa: PLR0913, PLR0917, they are Django's
        self, subject_name, text_name, context, from_email, to_email, html_email_template_name=None
    ):
        hour_ago = timezone.now() - timedelta(hours=1)
        if Outbox.objects.filter(to=to_email, created_at__gte=hour_ago).count() >= MOST_IN_AN_HOUR:
            return
        mail.put(
            to_email,
            loader.render_to_string(subject_name, context),
            loader.render_to_string(text_name, context),
            html=loader.render_to_string(html_email_template_name, context),
            language=get_language(),
            is_secret=True,
        )
        audit.note(AccountEvent.Kind.RESET_ASKED, context["user"], self.request)


class _InAdmin:
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return admin.site.each_context(self.request) | context


class Ask(_InAdmin, views.PasswordResetView):
    form_class = ResetForm
    subject_template_name = "admin/accounts/mail/reset_subject.txt"
    email_template_name = "admin/accounts/mail/reset.txt"
    html_email_template_name = "admin/accounts/mail/reset.html"

    def form_valid(self, form):
        form.request = self.request
        self.extra_email_context = {"site_header": admin.site.each_context(self.request)["site_header"]}
        return super().form_valid(form)


class ResetAskedView(_InAdmin, views.PasswordResetDoneView):
    pass


class Confirm(_InAdmin, views.PasswordResetConfirmView):
    """Sets the new password. Nobody is signed in by it: the second factor is still asked for."""

    def form_valid(self, form):
        answer = super().form_valid(form)
        sessions.end_all(self.user)
        audit.note(AccountEvent.Kind.PASSWORD_CHANGED, self.user, self.request)
        return answer


class Complete(_InAdmin, views.PasswordResetCompleteView):
    pass
