"""The operator's page of the admin: how this installation stands, and where something wants a look."""

import platform
from dataclasses import dataclass

import django
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.timesince import timesince
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from catalog.admin import columns
from catalog.formats.numerals import digits
from catalog.templatetags.values import file_size
from contact import routing
from portal.build import BUILD
from portal.observability import state

SETTINGS, BACKUP, TIMERS, BROKEN = "Settings", "Back up and restore", "Jobs", "When it breaks"
"""Headings of docs/operating.md."""


@dataclass
class StateRow:
    """One thing with its state. `is_fine`: True, False where somebody should look, None where it is only
    said. `section`: the heading of docs/operating.md that says what to do."""

    name: str
    value: str
    is_fine: bool | None = None
    section: str = ""


@never_cache
def operation_page(request):
    """For those who keep the accounts: it names folders and versions."""
    if not request.user.has_perm("auth.view_user"):
        raise PermissionDenied
    parts = [
        (_("Program"), program()),
        (_("Readiness"), readiness_rows()),
        (_("Backups"), backup_rows()),
        (_("Mail"), mail()),
        (_("Jobs of the timers"), job_rows()),
        (_("Visitors"), visitors()),
        (_("Security"), safety()),
    ]
    context = {**admin.site.each_context(request), "title": _("Operation"), "parts": parts}
    context["looks"] = sum(row.is_fine is False for _title, rows in parts for row in rows)
    return render(request, "admin/operation.html", context)


def program():
    engine, version, size = state.database_facts()
    pending, changed = state.pending_migrations(), state.last_public_change()
    migrations = ngettext("%(count)s is pending", "%(count)s are pending", pending)
    return [
        StateRow(_("Build"), BUILD),
        StateRow(_("Versions"), f"Django {django.get_version()}, Python {platform.python_version()}"),
        StateRow(_("Database"), f"{engine} {version}"),
        StateRow(_("Size of the database"), file_size(size)),
        StateRow(
            _("Migrations"),
            worded_state(migrations % {"count": pending}) if pending else _("all applied"),
            not pending,
            BROKEN,
        ),
        StateRow(_("Newest public change"), ago(changed) if changed else columns.EMPTY),
    ]


def readiness_rows():
    names = {
        "database": _("Database"),
        "migrations": _("Migrations"),
        "static": _("Static files"),
        "disk": _("Disk"),
        "media": _("Folders of uploads"),
        "uploads": _("Uploaded files"),
    }
    rows = [
        StateRow(names.get(part, part), "" if said == "ok" else said, said == "ok", BROKEN)
        for part, said in state.readiness().items()
    ]
    for folder, free in state.free_disk():
        name = _("Free disk at %(folder)s") % {"folder": f"\u2066{folder}\u2069"}  # isolated
        rows.append(StateRow(name, file_size(free), free >= settings.LEAST_FREE_MIB * 2**20, BROKEN))
    return rows


def backup_rows():
    newest = state.newest_backup()
    if newest is None:
        return [StateRow(_("Newest backup"), _("none"), False, BACKUP)]
    closed = _("encrypted") if newest.is_encrypted else _("not encrypted: whoever has the file can read it")
    return [
        StateRow(_("Newest backup"), newest.name),
        StateRow(_("Made"), ago(newest.made_at), newest.is_fine, BACKUP),
        StateRow(_("Size"), file_size(newest.size), newest.size > 0, BACKUP),
        StateRow(_("Encryption"), closed, newest.is_encrypted, BACKUP),
    ]


def mail():
    waiting = state.outbox()
    rows = [StateRow(_("Messages that wait"), worded_state(waiting.count))]
    if waiting.since:
        rows.append(
            StateRow(_("The oldest was written"), ago(waiting.since), waiting.age < state.OUTBOX_LATE, TIMERS)
        )
    given_up = waiting.undeliverable
    return [
        *rows,
        StateRow(_("Refused by the mail server"), worded_state(waiting.refused), not waiting.refused, TIMERS),
        StateRow(_("Mail that cannot be delivered"), worded_state(given_up), not given_up, TIMERS),
    ]


def job_rows():
    return [StateRow(job.name, run_in_words(job), job.is_fine, TIMERS) for job in state.job_runs()]


def run_in_words(job):
    run = job.run
    if run is None:
        return _("never run")
    if run.ended is None:
        return _("begun %(ago)s, not ended") % {"ago": ago(run.began)}
    if run.error:
        return _("failed %(ago)s: %(error)s") % {"ago": ago(run.ended), "error": run.error}
    return _("ended well %(ago)s") % {"ago": ago(run.ended)}


def visitors():
    """Who answers where no desk's or sector's office does."""
    office, key = routing.front_door(), settings.FRONT_DOOR_OFFICE
    if office:
        said = office.name
    elif key:
        said = _("No published office has the key %(key)s; the administrators get the enquiries.") % {
            "key": key
        }
    else:
        said = _("none is set; the administrators get the enquiries")
    return [StateRow(_("Office for other enquiries"), said, bool(office) if key else None, SETTINGS)]


def safety():
    named, demanded = bool(settings.ADMINS), settings.SECOND_FACTOR_REQUIRED
    return [
        StateRow(
            _("Second factor"), _("demanded of all") if demanded else _("not demanded"), demanded, SETTINGS
        ),
        StateRow(_("Errors are mailed to"), settings.ADMINS[0][1] if named else _("nobody"), named, SETTINGS),
        StateRow(
            _("Contact for security"),
            settings.SECURITY_CONTACT or _("nobody"),
            bool(settings.SECURITY_CONTACT),
            SETTINGS,
        ),
    ]


def ago(moment):
    """“3 hours ago”, with the moment."""
    passed = worded_state(timesince(moment))
    return _("%(duration)s ago (%(moment)s)") % {"duration": passed, "moment": columns.moment(moment)}


def worded_state(text):
    return digits(text, get_language())
