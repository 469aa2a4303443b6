"""Sessions that know their account; they end an hour after the last click, and half a day after the first."""

import time

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import Error

from catalog.caching.failures import FAILED_WRITES, failure_of
from catalog.models import StaffSession

BEGAN, SEEN = "began", "seen"
PROVED = "proved"
NOTED_EVERY = 60  # seconds
PROOF_HOLDS = 10 * 60  # seconds


class SessionStore(DatabaseSessions):
    @classmethod
    def get_model_class(cls):
        return StaffSession

    def save(self, must_create=False):
        """Whoever is signed in stays so while nothing can be written: that they clicked is then not noted."""
        try:
            super().save(must_create)
        except (Error, UpdateError) as error:
            if must_create or failure_of(error) not in FAILED_WRITES:
                raise

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        key = data.get("_auth_user_id")
        row.account_id = int(key) if key else None
        return row


def begin_session(session):
    """Note that somebody just signed in."""
    session[BEGAN] = time.time()
    _note(session)


def prove(session):
    """Note that whoever is signed in just gave the password again."""
    session[PROVED] = time.time()


def is_proved(session):
    """Whether somebody signed in, or gave the password again, a moment ago."""
    return time.time() - max(session.get(BEGAN, 0), session.get(PROVED, 0)) < PROOF_HOLDS


def keep(session):
    """Note a click of somebody who is signed in: the session ends an hour after the last one."""
    if BEGAN not in session:
        begin_session(session)
    elif time.time() - session.get(SEEN, 0) >= NOTED_EVERY:
        _note(session)


def _note(session):
    now = time.time()
    session[SEEN] = now
    left = session[BEGAN] + settings.SESSION_COOKIE_AGE - now
    session.set_expiry(max(1, int(min(settings.SESSION_IDLE_SECONDS, left))))


def end_all(user, but=None):
    """End every session of an account; `but`: the key of one that stays."""
    StaffSession.objects.filter(account=user).exclude(session_key=but).delete()
