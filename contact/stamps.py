"""The stamp of a form: when it was shown, and a secret of its own, signed. With it a form that is sent twice
makes one enquiry, one filled in by a program is told by its haste, and a private page has its address."""

import base64
import time
from typing import NamedTuple

from django.core import signing
from django.utils.crypto import salted_hmac

from .models.enquiries import hash_of, new_token

SALT = "contact.stamps"
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

    def token(self, content):
        """The token of the private page of what was sent: the same each time, and nobody can work it out from
        what is stored."""
        keyed = salted_hmac(SALT, f"{self.secret} {content}", algorithm="sha256").digest()
        return base64.urlsafe_b64encode(keyed).decode().rstrip("=")


def new():
    """The text of a stamp for a form that is shown now."""
    return signing.dumps([new_token(), time.time()], salt=SALT)


def read(text):
    """The Stamp of a form that was sent; None where it is not one of ours."""
    try:
        return Stamp(*signing.loads(text, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None
