"""Mail to visitors: one plain text a template, in the reader's language, and the same text as simple HTML."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, linebreaks, urlize
from django.utils.safestring import mark_safe
from django.utils.translation import override

from catalog.staff import mail

DIRECTION = {"fa": "rtl", "en": "ltr"}


def write(to, template, language, **context):
    """Put the letter `templates/public/contact/mail/<template>.txt` into the outbox; returns the Outbox row.

    The template's first line is the subject. `context` may hold `fields`: further fields of the row.
    """
    fields = context.pop("fields", {})
    with override(language):
        names = {"site_name": settings.SITE_NAME[language], "site_address": settings.SITE_ADDRESS}
        text = render_to_string(f"contact/mail/{template}.txt", {**names, **context}, using="letters")
    subject, _break, body = text.strip().partition("\n")
    return mail.put(
        to, subject, body.strip() + "\n", html=html_of(body.strip(), language), language=language, **fields
    )


def absolute(address):
    """The whole address of a path of this site, for mails that no request asks for."""
    return settings.SITE_ADDRESS.rstrip("/") + address


def html_of(text, language):
    """The text with its paragraphs and links, as a document that every mail program shows."""
    body = mark_safe(linebreaks(urlize(text, nofollow=False, autoescape=True)))  # noqa: S308, urlize escapes
    return format_html(
        '<!doctype html><html lang="{}" dir="{}"><head><meta charset="utf-8"></head><body>{}</body></html>',
        language,
        DIRECTION[language],
        body,
    )
