"""Desks as an iCalendar file (RFC 5545), worded in the page's language. Asks no database.

The file says what the record says and never what the desk is today: whoever fetches it every day finds it
changed only where staff changed something.
"""

import datetime

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from catalog.formats.moves import moved_words
from catalog.models import Desk

PRODUCER = "-//Domestic Production Portal//Desks//EN"
DOMAIN = "desks.domestic-production-portal"  # of the identities: a host name may change, they never do
DAY, REFRESH = datetime.timedelta(days=1), datetime.timedelta(hours=12)
FIRST_SECOND = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def calendar_file(desks, address, notices=()):
    """The file's bytes. `desks` have dates and their public sectors as `public_sectors`; `address` gives a
    desk's absolute address; `notices` say what of the query was left aside.
    """
    language = get_language()
    calendar = Calendar()
    calendar.add("PRODID", PRODUCER)
    calendar.add("VERSION", "2.0")
    name = f"{_('Desks')} · {settings.SITE_NAME[language]}"
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    if notices:
        calendar.add("DESCRIPTION", " ".join(notices))
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    for desk in desks:
        calendar.add_component(event_of(desk, address(desk)))
    return calendar.to_ical()


def event_of(desk, address):
    """The Event of one desk: whole days, the last one excluded as the format wants it."""
    first, last = desk.opens or desk.held_on, desk.closes or desk.held_on or desk.opens
    changed = desk.updated_at.astimezone(datetime.UTC).replace(microsecond=0)
    event = Event()
    event.add("UID", f"{desk.slug}@{DOMAIN}")
    event.add("DTSTAMP", changed)
    event.add("LAST-MODIFIED", changed)
    # Grows with every change and fits 32 bits until 2088; a count of changes would begin anew for a desk
    # that was removed and loaded again.
    event.add("SEQUENCE", int((changed - FIRST_SECOND).total_seconds()))
    event.add("DTSTART", first)
    event.add("DTEND", min(last, datetime.date.max - DAY) + DAY)  # 9999-12-31 has no day after it
    event.add("SUMMARY", _("Sample: %(name)s") % {"name": desk.name} if desk.is_sample else desk.name)
    for name, value in (("DESCRIPTION", description_of(desk)), ("LOCATION", location_of(desk))):
        if value:
            event.add(name, value)
    event.add("URL", address)
    event.add("STATUS", "CANCELLED" if desk.stated == Desk.Stated.CANCELLED else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT")  # days of a desk do not make a visitor busy
    if desk.public_sectors:
        event.add("CATEGORIES", [sector.name for sector in desk.public_sectors])
    return event


def description_of(desk):
    cancelled = desk.stated == Desk.Stated.CANCELLED
    parts = ["" if cancelled else moved_words(desk), desk.summary]
    if desk.take_part:
        parts.append(_("How to take part: %(text)s") % {"text": desk.take_part})
    return "\n\n".join(part for part in parts if part)


def location_of(desk):
    """The place, and that one may come online: "Abgineh Hall, Tehran (in a room and online)"."""
    if desk.mode in ("", Desk.Mode.ROOM) or not desk.place:
        return desk.place or (desk.get_mode_display() if desk.mode != Desk.Mode.ROOM else "")
    return _("%(place)s (%(mode)s)") % {"place": desk.place, "mode": desk.get_mode_display().lower()}
