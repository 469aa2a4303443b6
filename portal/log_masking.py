"""Keeps the addresses of visitors' private pages out of every log: whoever reads one could open the page."""

import logging
import re

TOKEN = re.compile(r"(?<=/)[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
"""A part of a path that is as long as a token (contact.models.tokens)."""


def masked(text):
    """The text with each token in a path blotted out."""
    return TOKEN.sub("…", text)


class Masked(logging.Filter):
    """Blots tokens out of the messages that pass, and out of what went wrong."""

    def filter(self, record):
        record.msg, record.args = masked(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = masked(logging.Formatter().formatException(record.exc_info))
        return True
