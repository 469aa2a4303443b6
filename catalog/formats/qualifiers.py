"""How exactly a figure is known, in words: "at most 34.5%", "about €14m"."""

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

_WORDS = {
    ("exact", False): "{amount}",
    ("exact", True): _("about {amount}"),
    ("at_least", False): _("at least {amount}"),
    ("at_least", True): _("at least about {amount}"),
    ("at_most", False): _("at most {amount}"),
    ("at_most", True): _("at most about {amount}"),
    ("open", False): "{amount}",
    ("open", True): _("about {amount}"),
}


def bounded(amount, bound, rough=False):
    """`amount`, in words, as exactly as `bound` (see figures.differences) and `rough` say; safe HTML."""
    return format_html(str(_WORDS[bound, rough]), amount=amount)
