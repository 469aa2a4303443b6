"""A public change as a line for readers: what it is about, what happened, from what to what."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from catalog.formats.calendar import date_words, days_words, year_words
from catalog.formats.money import compact
from catalog.formats.numerals import number
from catalog.models import (
    CallState,
    Commitment,
    Contract,
    DeskStatus,
    Did,
    Engagement,
    EngagementStage,
    IdleUnit,
    Product,
    Province,
    Stage,
)
from catalog.models.base import in_language, label_of
from catalog.models.changes import WITHDRAWN
from catalog.models.products import dotted
from catalog.templatetags.values import stated_words

WITHDRAWN_NAMES = {
    "product": gettext_lazy("A product"),
    "company": gettext_lazy("A company"),
    "desk": gettext_lazy("A desk"),
    "contract": gettext_lazy("A contract"),
    "unit": gettext_lazy("An idle unit"),
}
"""What stands for the name of a withdrawn record, which is not shown."""
ENTERED = {
    "product": gettext_lazy("new in the catalogue"),
    "company": gettext_lazy("new on record"),
    "desk": gettext_lazy("new on record"),
    "contract": gettext_lazy("new on record"),
    "unit": gettext_lazy("new on record"),
    "statement": gettext_lazy("stated"),
    "maker": gettext_lazy("a maker on record:"),
    "promise": gettext_lazy("a promise to buy:"),
    "match": gettext_lazy("an idle unit that could make it:"),
    "call": gettext_lazy("makers are called for"),
    "question": gettext_lazy("a question was answered"),
}
LEFT = {
    "maker": gettext_lazy("no longer on record as its maker:"),
    "promise": gettext_lazy("its promise to buy is no longer on record:"),
    "match": gettext_lazy("no longer named as a unit that could make it:"),
    "call": gettext_lazy("the call for makers was taken back"),
    "question": gettext_lazy("an answer was withdrawn"),
}
BEHIND = {"maker": "company", "promise": "company", "match": "unit"}
"""The second record of a link; the first is the product."""


@dataclass(frozen=True)
class ChangeLine:
    """One change in words. `name` and `url` are what it is about (`record`, None where it was withdrawn),
    `words` what happened, `other` a second record they lead to, `detail` what follows: all but `record` and
    `other` are texts, empty where there is nothing."""

    change: object
    name: str
    url: str
    words: str
    record: object = None
    other: object = None
    detail: str = ""

    @property
    def day(self):
        """The day of the change in the office's time."""
        return timezone.localdate(self.change.at)

    @property
    def what(self):
        """What happened, as one text without marks."""
        happened = " ".join(filter(None, [self.words, self.other and str(self.other)]))
        return joined_words([happened, self.detail])


def line_of(change):
    """The ChangeLine of a Change in the active language; it comes from `with_records`."""
    name = change.noun if change.noun in WITHDRAWN else "product" if change.product_id else "desk"
    if change.noun == "statement":
        return _statement_line(change)
    record = getattr(change, name)
    if not record.is_public:
        words = _("withdrawn; its address says why")
        return ChangeLine(change, str(WITHDRAWN_NAMES[name]), record.get_absolute_url(), words)
    other = getattr(change, BEHIND[change.noun]) if change.noun in BEHIND else None
    title = record.title if name == "contract" else str(record)
    words, detail = WORDS_OF_DID[change.did](change)
    return ChangeLine(change, title, record.get_absolute_url(), words, record, other, detail)


def _statement_line(change):
    statement = change.statement
    url, words = statement.get_absolute_url(), strip_tags(stated_words(statement))
    if change.did == Did.CHANGED:
        words = _("corrected; it now says %(value)s") % {"value": words}
    return ChangeLine(change, statement.label, url, words)


def _entered(change):
    return str(ENTERED[change.noun]), _state(change)


def _left(change):
    if change.noun in LEFT:
        return str(LEFT[change.noun]), ""
    return _("withdrawn for a time, and public again since"), ""


def _changed(change):
    words = from_to(change)
    return ("", joined_words([words, _year(change)])) if change.noun in BEHIND else (words, "")


WORDS_OF_DID = {Did.ENTERED: _entered, Did.LEFT: _left, Did.CHANGED: _changed}


EMPTY_VALUES = (None, "", ["", ""])


def from_to(change):
    """The change of a field: "Stage: from Design to Prototype"."""
    label, show = CHANGED_FIELDS[change.noun, change.field]
    old, new = (show(value) if value not in EMPTY_VALUES else "" for value in (change.old, change.new))
    if show is _nothing:
        return _("%(what)s: revised") % {"what": label}
    if not old:
        return _("%(what)s: %(new)s, not stated before") % {"what": label, "new": new}
    if not new:
        return _("%(what)s: no longer stated, was %(old)s") % {"what": label, "old": old}
    return _("%(what)s: from %(old)s to %(new)s") % {"what": label, "old": old, "new": new}


def _state(change):
    """How what is new on record stands, in a few words."""
    state = STATES.get(change.noun, lambda facts: [])(change.facts)
    return joined_words([*state, _year(change)])


STATES = {
    "product": lambda facts: [label_of(Stage, "" if facts.get("stage_is_sample") else facts.get("stage"))],
    "maker": lambda facts: [label_of(EngagementStage, facts.get("stage"))],
    "promise": lambda facts: [label_of(Commitment, facts.get("commitment"))],
    "contract": lambda facts: [
        label_of(Contract.Kind, facts.get("kind")),
        facts.get("amount") and _money(facts["amount"]),
    ],
    "desk": lambda facts: [
        label_of(DeskStatus, facts.get("status")),
        facts.get("days") and _days(facts["days"]),
    ],
    "unit": lambda facts: [label_of(IdleUnit.Status, facts.get("status"))],
    "call": lambda facts: [facts.get("days") and _days(facts["days"])],
}
"""What is told of a new thing, from the facts of its change."""


def joined_words(texts):
    """Those that are not empty, in a row."""
    return f"{pgettext('list', ',')} ".join(str(text) for text in texts if text)


def _year(change):
    year = change.facts.get("year") if change.noun == "promise" else None
    return _("for %(year)s") % {"year": year_words(year, get_language())} if year else ""


def _money(value):
    return compact(*value, get_language())


def _days(value):
    first, last = map(datetime.date.fromisoformat, value)
    language = get_language()
    return date_words(first, "day", language) if first == last else days_words(first, last, language)


def _imports(value):
    year, amount = value
    money = compact(amount, "USD", get_language())
    return _("%(amount)s in %(year)s") % {"amount": money, "year": year_words(year, get_language())}


def _of(choices):
    return lambda value: label_of(choices, value)


def _in_language(value):
    english, persian = value
    return in_language(_Names(english, persian), "name")


@dataclass
class _Names:
    name_en: str
    name_fa: str


def _yes_or_no(value):
    return pgettext("answer", "yes") if value else pgettext("answer", "no")


def _nothing(_value):
    """For texts, of which only that they changed is told."""
    return ""


CHANGED_NAME = (gettext_lazy("Name"), _in_language)
CHANGED_FIELDS = {
    ("product", "name"): CHANGED_NAME,
    ("product", "stage"): (gettext_lazy("Stage"), _of(Stage)),
    ("product", "imports"): (gettext_lazy("Imports"), _imports),
    ("product", "hs_code"): (gettext_lazy("HS code"), dotted),
    ("product", "specification"): (gettext_lazy("Specification"), _of(Product.Specification)),
    ("product", "target_year"): (gettext_lazy("Target year"), lambda y: year_words(y, get_language())),
    ("product", "summary"): (gettext_lazy("Description"), _nothing),
    ("company", "name"): CHANGED_NAME,
    ("company", "knowledge_based"): (gettext_lazy("Knowledge-based"), _yes_or_no),
    ("company", "province"): (gettext_lazy("Province"), _of(Province)),
    ("company", "verified_on"): (
        gettext_lazy("Verified on"),
        lambda day: date_words(datetime.date.fromisoformat(day), "day", get_language()),
    ),
    ("desk", "name"): CHANGED_NAME,
    ("desk", "status"): (gettext_lazy("Status"), _of(DeskStatus)),
    ("desk", "days"): (gettext_lazy("Days"), _days),
    ("desk", "place"): (gettext_lazy("Place"), _in_language),
    ("contract", "name"): (gettext_lazy("Subject"), _in_language),
    ("contract", "kind"): (gettext_lazy("Kind"), _of(Contract.Kind)),
    ("contract", "status"): (gettext_lazy("Status"), _of(Contract.Status)),
    ("contract", "amount"): (gettext_lazy("Amount"), _money),
    ("contract", "delivered"): (gettext_lazy("Amount delivered"), _money),
    ("unit", "name"): CHANGED_NAME,
    ("unit", "status"): (gettext_lazy("Status"), _of(IdleUnit.Status)),
    ("unit", "province"): (gettext_lazy("Province"), _of(Province)),
    ("maker", "stage"): (gettext_lazy("Stage"), _of(EngagementStage)),
    ("maker", "seeks"): (gettext_lazy("Seeks"), _of(Engagement.Seeks)),
    ("call", "state"): (gettext_lazy("Status"), _of(CallState)),
    ("call", "days"): (gettext_lazy("Days"), _days),
    ("promise", "commitment"): (gettext_lazy("Commitment"), _of(Commitment)),
    ("promise", "quantity"): (gettext_lazy("Quantity"), lambda n: number(n, get_language())),
}
"""(noun, field): what the field is called, and how a value of it reads."""
