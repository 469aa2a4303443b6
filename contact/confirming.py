"""Asks keepers each half-year whether what stands on record is still true, and keeps what they say."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from catalog.formats.numerals import digits, number
from catalog.models import Demand, Engagement, IdleUnit, Origin

from . import letters
from .models import Asking, Keeper
from .models.tokens import hash_of, new_token
from .private_pages import confirm_address

HALF_YEAR = timedelta(days=182)
TIME_TO_ANSWER = timedelta(days=30)
"""After the second mail in a row; without an answer by then readers see that the company does not confirm."""


def records_of(keeper):
    """What readers see that this keeper speaks for, samples left out."""
    if keeper.unit_id:
        found = [IdleUnit.objects.published().filter(pk=keeper.unit_id)]
    else:
        found = [
            Engagement.objects.published().filter(company=keeper.company_id),
            Demand.objects.published().filter(buyer=keeper.company_id),
        ]
    return [record for rows in found for record in _with_names(rows.exclude(origin=Origin.SAMPLE))]


def _with_names(rows):
    names = {"Engagement": ["product", "company"], "Demand": ["product", "buyer"]}.get(
        rows.model.__name__, []
    )
    return rows.select_related(*names).order_by("pk")


def said_of(record):
    """What stands on record, in a line of the active language."""
    if isinstance(record, IdleUnit):
        return _("%(name)s: %(state)s") % {"name": record, "state": record.get_status_display()}
    if isinstance(record, Engagement):
        line = _("Makes or develops %(product)s: %(stage)s")
        return _with_amount(
            line % {"product": record.product, "stage": record.get_stage_display()},
            _("capacity a year: %(count)s"),
            record.capacity,
        )
    line = _("Wants to buy %(product)s: %(commitment)s")
    line %= {"product": record.product, "commitment": record.get_commitment_display()}
    if record.year:
        line = _("%(line)s, in %(year)s") % {"line": line, "year": digits(record.year, get_language())}
    return _with_amount(line, _("quantity: %(count)s"), record.quantity)


def _with_amount(line, words, amount):
    if amount is None:
        return line
    amount = words % {"count": number(amount, get_language())}
    return _("%(line)s, %(amount)s") % {"line": line, "amount": amount}


def ask_due(now=None):
    """Send each keeper the mail of the half-year that is due; one that was sent is never sent again. Returns
    how many."""
    now = now or timezone.now()
    due = Keeper.objects.filter(ended_at=None, checked_at__lte=now - HALF_YEAR).order_by("pk")
    return sum(_ask(key, now) for key in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _ask(key, now):
    """Whether this keeper was asked now."""
    keeper = Keeper.objects.select_for_update(of=("self",)).filter(pk=key, ended_at=None).first()
    if keeper is None:
        return False
    which = (now - keeper.checked_at) // HALF_YEAR
    if keeper.askings.filter(number__gte=which).exists():
        return False
    with override(keeper.language):
        lines = [said_of(record) for record in records_of(keeper)]
    if not lines:
        return False
    token = new_token()
    letter = letters.write_letter(
        keeper.email,
        "keeper_asked",
        keeper.language,
        enquiry=keeper.enquiry,
        of=keeper.of,
        lines=lines,
        address=confirm_address(keeper, token),
        fields={"is_secret": True},
    )
    Asking.objects.create(keeper=keeper, number=which, token_hash=hash_of(token), asked_at=now, letter=letter)
    return True


def note_silence(now=None):
    """Say of records whose keeper got two mails in a row and answered none that the company does not confirm
    them. Returns of how many."""
    now = now or timezone.now()
    Asking.objects.note_delivery()
    count = 0
    for keeper in Keeper.objects.filter(ended_at=None).prefetch_related("askings"):
        last = [asking for asking in keeper.askings.all() if not asking.is_undelivered][-2:]
        if len(last) < 2 or any(one.confirmed_at for one in last) or last[1].asked_at > now - TIME_TO_ANSWER:
            continue
        day = timezone.localdate(last[1].asked_at)
        count += sum(
            _is_silent(record, timezone.localdate(last[0].asked_at), day) for record in records_of(keeper)
        )
    return count


def _is_silent(record, first, day):
    """Note it where nobody confirmed the record since the first mail; whether it is news."""
    confirmed = record.confirmed_by_company_on
    if record.company_silent_since or (confirmed and confirmed >= first):
        return False
    record.company_silent_since = day
    record.save()
    return True


def confirm_all(asking):
    """The keeper says that all of it is still true. Safe to repeat."""
    now = timezone.now()
    with transaction.atomic():
        held = Asking.objects.select_for_update(of=("self",)).select_related("keeper").get(pk=asking.pk)
        for record in records_of(held.keeper):
            record.confirmed_by_company_on = timezone.localdate(now)
            record.company_silent_since = None
            record.save()
        held.confirmed_at = now
        held.save(update_fields=["confirmed_at"])
