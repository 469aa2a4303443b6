"""Tokens of private pages that later mails name again: only a salt and a hash are stored.

A token follows from the row's salt and the site's SECRET_KEY: whoever reads the database alone makes none.
"""

import base64
import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

from .enquiries import hash_of


def new_salt():
    """What is stored of a row so that its token can be made again."""
    return secrets.token_urlsafe(16)


def token_of(purpose, salt, token_hash=""):
    """The token of a row: 43 characters for an address. `purpose` keeps the tokens of two kinds apart.

    The one whose hash that is, should a key that SECRET_KEY was before have made it: links that were sent
    lead to the row as long as SECRET_KEY_FALLBACKS names the key.
    """
    made = [_made(purpose, salt, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return next((token for token in made if hash_of(token) == token_hash), made[0])


def _made(purpose, salt, key):
    digest = salted_hmac(f"contact.token.{purpose}", salt, secret=key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
