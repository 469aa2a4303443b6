"""The page on which a keeper says that what stands on record is still true."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from catalog.models import IdleUnit
from contact import confirming
from contact.models import Asking
from contact.models.tokens import hash_of
from contact.private import private
from contact.same_origin import same_origin_posts


@private
@same_origin_posts
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Shows what stands on record; the button alone changes anything, for mail programs follow links."""
    asking = Asking.objects.by_token(token)
    if asking is None:
        raise Http404
    records = confirming.records_of(asking.keeper)
    lines = [confirming.said_of(record) for record in records]
    seen = hash_of("\n".join(lines))
    moved = request.method == "POST" and request.POST.get("seen") != seen
    if request.method == "POST" and not moved and records:
        confirming.confirm_all(asking)
        return HttpResponseRedirect(request.path)
    context = {
        "of": asking.keeper.of,
        "rows": [(line, ask_address(record)) for line, record in zip(lines, records, strict=True)],
        "seen": seen,
        "moved": moved,
        "confirmed_at": asking.confirmed_at and timezone.localdate(asking.confirmed_at),
        "address": request.path,
    }
    return render(request, "contact/keeper_confirm.html", context)


def ask_address(record):
    """The form that says that this record is wrong; "" where there is none."""
    try:
        page = reverse("contact:ask")
    except NoReverseMatch:
        return ""
    what = {"unit": record.slug} if isinstance(record, IdleUnit) else {"p": record.product.slug}
    return f"{page}?{urlencode({'kind': 'claim', 'role': 'wrong', **what})}"
