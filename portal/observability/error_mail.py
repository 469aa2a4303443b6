"""Mails the operator about errors of the program: what broke and where, and nothing that anybody sent.

Django's own handler mails every error, with the fields of the form that was sent. A service that collects
errors is not needed for that, and would be one more place where traces lie.
"""

import atexit
import logging
import threading
import time
from weakref import WeakSet

from django.conf import settings
from django.core.mail import mail_admins

from .request_ids import current_request_id

MAIL_PAUSE = 60 * 60  # seconds in which the same place is mailed once, by each process
MOST_PLACES_MAILED = 1000
LAST_WAIT = 20  # seconds that a process which ends waits for its mails
sending = WeakSet()
"""The threads that hand a mail over."""


class ErrorMail(logging.Handler):
    """Does nothing where ERROR_MAIL names nobody."""

    mailed = {}

    def emit(self, record):
        if not settings.ADMINS or not self.is_new(place_of(record)):
            return
        subject = f"{record.levelname} in {record.name}: {place_of(record)[-1]}"
        text = f"Request: {current_request_id.get() or 'none'}\n\n{self.format(record)}\n"
        thread = threading.Thread(target=mail_operators, args=(subject, text), daemon=True)
        sending.add(thread)
        thread.start()  # a visitor waits for no mail

    def is_new(self, place):
        """Whether nobody was mailed about this place within MAIL_PAUSE; notes that somebody is now."""
        now = time.monotonic()
        if now - self.mailed.get(place, -MAIL_PAUSE) < MAIL_PAUSE or len(self.mailed) >= MOST_PLACES_MAILED:
            return False
        self.mailed[place] = now
        return True


def place_of(record):
    """Where it broke: the line that raised, else the line that wrote the record; and of what kind it is."""
    trace = record.exc_info[2] if record.exc_info else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace:
        return trace.tb_frame.f_code.co_filename, trace.tb_lineno, record.exc_info[0].__name__
    return record.pathname, record.lineno, "an error was logged"


@atexit.register
def deliver():
    """Wait for the mails that are under way: a command may end right after its error."""
    until = time.monotonic() + LAST_WAIT
    for thread in list(sending):
        thread.join(max(0, until - time.monotonic()))


def mail_operators(subject, text):
    try:
        mail_admins(subject, text)
    except (
        Exception
    ):  # the mail server is away: the log has the error, and must not be asked to mail this one
        logging.getLogger("portal.error_mail").warning(
            "A mail about an error could not be sent", exc_info=True
        )
