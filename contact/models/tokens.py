"""Tokens that open private pages: a row stores a hash of its token alone.

A token that later mails name again follows from something in the row, its seed, and from the site's
SECRET_KEY: whoever reads the database alone makes none.
"""

import base64
import hashlib
import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

TOKEN_BYTES = 32


def new_salt():
    """A seed for a row that has nothing else of its own."""
    return secrets.token_urlsafe(16)


def hash_of(token):
    """What is stored of a token: 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token():
    """An unguessable text for an address, 43 characters, that nobody can make again."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_of(purpose, seed, secret=None):
    """The token of a row with this seed, 43 characters; `purpose` keeps the tokens of two kinds apart."""
    digest = salted_hmac(f"contact.token.{purpose}", seed, secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def token_behind(stored, purpose, seed):
    """The token whose hash is `stored`, made again; "" where the site has another secret by now."""
    made = (token_of(purpose, seed, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    return next((token for token in made if hash_of(token) == stored), "")
