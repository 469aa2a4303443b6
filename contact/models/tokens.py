"""Tokens of private pages that later mails name again: only a salt and a hash are stored.

A token follows from the row's salt and the site's SECRET_KEY: whoever reads the database alone makes none.
"""

import base64
import secrets

from django.utils.crypto import salted_hmac

from .enquiries import hash_of


def new_salt():
    """What is stored of a row so that its token can be made again."""
    return secrets.token_urlsafe(16)


def token_of(purpose, salt):
    """The token of a row: 43 characters for an address. `purpose` keeps the tokens of two kinds apart."""
    digest = salted_hmac(f"contact.token.{purpose}", salt, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def stored_of(purpose, salt):
    """The hash under which a row with this token is found."""
    return hash_of(token_of(purpose, salt))
