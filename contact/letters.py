"""Mail to visitors: one plain text a template, in the reader's language, and the same text as simple HTML."""

import re
from html import unescape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import override

from catalog.models import Outbox
from catalog.staff import mail
from catalog.templatetags.values import latin

DIRECTION = {"fa": "rtl", "en": "ltr"}
ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")
STYLE = (
    "font-family: Vazirmatn, Tahoma, 'Segoe UI', sans-serif; line-height: 1.8; max-width: 40em;"
    " padding: 1em; overflow-wrap: anywhere"
)
ISOLATED = "\N{LEFT-TO-RIGHT ISOLATE}%s\N{POP DIRECTIONAL ISOLATE}"
BDI = re.compile(r'<bdi dir="ltr">(.*?)</bdi>')


def write_letter(to, template, language, **context):
    """Put the letter `templates/public/contact/mail/<template>.txt` into the outbox; returns the Outbox row.

    The template's first line is the subject. `context` may hold `fields`: further fields of the row.
    """
    fields = context.pop("fields", {})
    with override(language):
        names = {"site_name": settings.SITE_NAME[language], "site_address": settings.SITE_ADDRESS}
        text = render_to_string(f"contact/mail/{template}.txt", {**names, **context}, using="letters")
        subject, _break, body = text.strip().partition("\n")
        plain, html = plain_of(body.strip()), html_of(body.strip(), language)
    return mail.put(to, subject, plain + "\n", html=html, language=language, **fields)


def is_unreachable(email):
    """Whether the latest mail to this address was given up on."""
    latest = email and Outbox.objects.filter(to=email).order_by("-created_at", "-pk").first()
    return bool(latest) and latest.sent_at is None and latest.undeliverable_at is not None


def absolute(address):
    """The whole address of a path of this site, for mails that no request asks for."""
    return settings.SITE_ADDRESS.rstrip("/") + address


def plain_of(text):
    """The text for programs that show no HTML: Latin words inside Persian are kept from turning around."""
    pieces = ADDRESS.split(text)
    return "".join(piece if at % 2 else _isolated(piece) for at, piece in enumerate(pieces))


def _isolated(text):
    return unescape(BDI.sub(lambda run: ISOLATED % run[1], str(latin(text))))


def html_of(text, language):
    """The text with its paragraphs and links, as a document that every mail program shows."""
    pieces = ADDRESS.split(text)
    linked = "".join(
        format_html('<a href="{0}"><bdi dir="ltr">{0}</bdi></a>', piece) if at % 2 else latin(piece)
        for at, piece in enumerate(pieces)
    )
    body = mark_safe(linebreaks(mark_safe(linked)))  # noqa: S308, every piece is escaped
    return format_html(
        '<!doctype html><html lang="{}" dir="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"></head>'
        '<body style="{}">{}</body></html>',
        language,
        DIRECTION[language],
        STYLE,
        body,
    )
