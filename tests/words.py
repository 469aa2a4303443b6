"""What a reader sees of a page, for tests that ask for sentences and not for markup."""

import re

from django.utils.html import strip_tags


def words(html):
    """The text of some HTML with one space between words; without scripts, styles and drawings' words."""
    html = re.sub(r"<(script|style|title|desc)\b.*?</\1>", " ", html, flags=re.S)
    return (
        re.sub(r"\s+", " ", strip_tags(html.replace("<", " <").replace("&nbsp;", " ")))
        .replace(" ,", ",")
        .replace(" ;", ";")
    )
