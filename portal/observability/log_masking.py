"""Keeps what is nobody's business out of every log: addresses of private pages, e-mail addresses, values that
a database names in its errors, and who a refused request came from."""

import logging
import re

MASK = "…"
TOKEN_TEXT = re.compile(
    r"(?<=/)(?:[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])"  # as long as contact.models.tokens.new_token
    r"|[a-z0-9]{6,7}-[0-9a-f]{32}(?![0-9a-f]))"  # a new password's
)
"""A part of a path with which whoever reads it could open a page that is not theirs."""
EMAIL_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.+-]+")
DETAIL = re.compile(
    r"(?<=DETAIL: ).*?(?=\n(?:CONTEXT|HINT|QUERY|STATEMENT):|\n[ \t]*(?:\n|\Z)|\Z)", re.DOTALL
)
"""What PostgreSQL says of the values of the row that it refused; they may hold line breaks."""
REFUSED_REQUEST = re.compile(r"(?<=Invalid request from ip=)\S+(?=: )")
"""gunicorn's name of who sent what it could not read."""
PATTERNS = (TOKEN_TEXT, EMAIL_ADDRESS, DETAIL, REFUSED_REQUEST)


def masked(text):
    """The text with all of that blotted out."""
    for pattern in PATTERNS:
        text = pattern.sub(MASK, text)
    return text


class Masked(logging.Filter):
    """Blots it out of the messages that pass, and out of what went wrong."""

    def filter(self, record):
        record.msg, record.args = masked(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = masked(logging.Formatter().formatException(record.exc_info))
        return True
