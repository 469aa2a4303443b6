"""What a desk that moved says of where and when it was to be, in the page's language."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from .calendar import date_words, days_words, gregorian_days_words

MODES = {
    "room": gettext_lazy("it was to be held in person"),
    "online": gettext_lazy("it was to be held online"),
    "both": gettext_lazy("it was to be held in person and online"),
}


def moved(desk):
    """The same while its readers still have to know; "" of a desk that was held or cancelled."""
    words = moved_words(desk)
    return words if words and desk.tells_that_it_moved else ""


def moved_words(desk):
    """As "Moved: it was to open on 5 Azar 1405 (26 November 2026); it was to be held in Tehran.", or ""."""
    said = [text for text in (_days(desk), _place(desk), _mode(desk)) if text]
    separator = "؛ " if get_language() == "fa" else "; "
    return _("Moved: %(what)s.") % {"what": separator.join(said)} if said else ""


def _days(desk):
    first, last = desk.was_first_day, desk.was_last_day
    words = {"day": _day(first or last)}
    if first and first == last:
        return _("it was to be held on %(day)s") % words
    if first and last:
        return _("it was to be held from %(days)s") % {"days": _several_days(first, last)}
    if first:
        return _("it was to open on %(day)s") % words
    return _("it was to close on %(day)s") % words if last else ""


def _day(date):
    return date_words(date, "day", get_language()) if date else ""


def _several_days(first, last):
    """As "13 to 15 Dey 1405 (3 to 5 January 2027)"."""
    words = days_words(first, last, get_language())
    return words if get_language() == "fa" else f"{words} ({gregorian_days_words(first, last)})"


def _place(desk):
    """The place that this page named before, else the province."""
    own, other = ("fa", "en") if get_language() == "fa" else ("en", "fa")
    stands = getattr(desk, f"place_{own}")
    if place := getattr(desk, f"was_place_{own}") or (not stands and getattr(desk, f"was_place_{other}")):
        return _("it was to be held in %(place)s") % {"place": place}
    if desk.was_province:
        return _("it was to be held in the province of %(name)s") % {"name": desk.get_was_province_display()}
    return ""


def _mode(desk):
    return str(MODES[desk.was_mode]) if desk.was_mode else ""
