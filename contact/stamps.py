"""The stamp of a form: when it was shown, and a secret of its own, signed. With it a form that is sent twice
makes one enquiry, and one filled in by a program is told by its haste."""

import time
from typing import NamedTuple

from django.core import signing

from .models.tokens import hash_of, new_token

STAMP_SALT = "contact.stamps"
LEAST_SECONDS = 2
"""Nobody fills in a form faster."""


class Stamp(NamedTuple):
    secret: str
    shown_at: float

    @property
    def is_hasty(self):
        """Whether the form comes back faster than a person can fill it in."""
        return time.time() - self.shown_at < LEAST_SECONDS

    def nonce(self, content):
        """What is stored of a form sent with this `content` (a text), to know it again."""
        return hash_of(f"{self.secret} {content}")


def new():
    """The text of a stamp for a form that is shown now."""
    return signing.dumps([new_token(), time.time()], salt=STAMP_SALT)


def read_stamp(text):
    """The Stamp of a form that was sent; None where it is not one of ours."""
    try:
        return Stamp(*signing.loads(text, salt=STAMP_SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None
