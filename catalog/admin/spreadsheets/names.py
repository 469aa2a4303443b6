"""Finding the records that cells name: by key, by code, by a name that staff explained once, by name."""

import difflib
import re
from functools import reduce
from operator import or_

from django.db.models import Q

from catalog.formats.numerals import latin_digits
from catalog.formats.reading import INVISIBLE
from catalog.models import Company, Product, ProductAlias, RememberedName
from catalog.models.derived import chunks
from catalog.nouns import KEY_FIELDS, key_of
from catalog.search.fold import fold, sort_key

MOST_NEAR = 5
FEW = 5000
"""Records of a noun up to which all their names are compared."""
CODE = {Product: "hs_code", Company: "legal_id"}
NAMES = ("name_en", "name_fa", "title_en", "title_fa", "publisher_en", "publisher_fa", "label_en", "label_fa")
MARKS = {mark: none for mark, none in INVISIBLE.items() if chr(mark) not in "\u200c\u200d"}
NEAR = 0.5
"""How alike two names are that may mean the same, from 0 to 1."""


class UnknownNameError(Exception):
    """A text that names no record, or several."""

    def __init__(self, model, text):
        super().__init__(text)
        self.model, self.text = model, text


class Names:
    """Finds records for a whole sheet with a few queries: `prepare` first, then `find`.

    `new` holds records that the same file adds, {model: {folded key: record}}; such a one stands as
    {"new": key} where another has its key.
    """

    def __init__(self):
        self._found, self._records, self.new = {}, {}, {}

    def prepare(self, model, texts):
        """Look for all that these texts name."""
        found = self._found.setdefault(model, {})
        asked = {text: _plain(text) for text in texts if text not in found}
        for look in (_by_key, _remembered, _by_code, by_name, _by_alias):
            left = {text: plain for text, plain in asked.items() if text not in found}
            if left:
                by_plain = look(model, set(left.values()))
                found |= {text: by_plain[plain] for text, plain in left.items() if plain in by_plain}
        found |= {text: None for text in asked if text not in found}
        self.load(model, [pk for pk in found.values() if pk])

    def load(self, model, keys):
        """Have these records at hand."""
        known = self._records.setdefault(model, {})
        for some in chunks({key for key in keys if isinstance(key, int)} - known.keys()):
            known |= model._base_manager.in_bulk(some)

    def find(self, model, text):
        """The key of the record that a text names; raises UnknownNameError."""
        if fold(text) in self.new.get(model, {}):
            return {"new": text.strip()}
        if text not in self._found.get(model, {}):
            self.prepare(model, [text])
        key = self._found[model][text]
        if key is None:
            raise UnknownNameError(model, text)
        return key

    def record(self, model, raw):
        """The record with a key; None for none, or where it is gone."""
        if isinstance(raw, dict):
            return self.new.get(model, {}).get(fold(raw["new"]))
        self.load(model, [raw])
        return self._records[model].get(raw)

    def key(self, model, raw):
        """What files call the record with a key."""
        record = self.record(model, raw) if raw else None
        return getattr(record, _key_field(model)) if record else ""

    def words(self, model, raw):
        """What staff call it."""
        record = self.record(model, raw) if raw else None
        return str(record) if record else ""


def _plain(text):
    """A text as keys, codes and names are looked up: Latin digits, and joiners, which part words."""
    return latin_digits(text).translate(MARKS).strip()


def _by_spelling(texts, spelling):
    """{spelling: the texts that are spelt so}"""
    found = {}
    for text in texts:
        found.setdefault(spelling(text), []).append(text)
    return found


def _key_field(model):
    return key_of(model) or "pk"


def _by_key(model, texts):
    name = next((each for each in KEY_FIELDS if hasattr(model, each)), None)
    found = {}
    for some in chunks(texts if name else [], 500):
        found |= dict(model._base_manager.filter(**{f"{name}__in": some}).values_list(name, "pk"))
    return found


def _remembered(model, texts):
    folded = _by_spelling(texts, fold)
    rows = RememberedName.objects.filter(noun=model._meta.model_name, folded__in=list(folded)[:FEW])
    kept = {text: row.record_id for row in rows for text in folded[row.folded]}
    alive = set(model._base_manager.filter(pk__in=kept.values()).values_list("pk", flat=True)) if kept else ()
    return {text: pk for text, pk in kept.items() if pk in alive}


def _by_code(model, texts):
    name = CODE.get(model)
    codes = {re.sub(r"[.\s]", "", text): text for text in texts if re.fullmatch(r"[\d.\s]{5,}", text)}
    if not name or not codes:
        return {}
    rows = model._base_manager.filter(**{f"{name}__in": list(codes)}).values_list(name, "pk")
    return _single((codes[code], pk) for code, pk in rows)


def by_name(model, texts):
    """{text: key of the one record that is called so}, by names alone."""
    fields = {field.name for field in model._meta.concrete_fields}
    if "sort_en" in fields:
        return _by_sort_key(model, texts)
    named = [name for name in NAMES if name in fields]
    if not named:
        return {}
    folded = _by_spelling(filter(fold, texts), fold)
    rows = model._base_manager.order_by().values_list("pk", *named)[:FEW]
    pairs = ((fold(name or ""), pk) for pk, *found in rows for name in set(found))
    return _single((text, pk) for spelling, pk in pairs for text in folded.get(spelling, ()))


def _by_sort_key(model, texts):
    keys = _by_spelling(filter(fold, texts), sort_key)
    found = []
    for some in chunks(keys, 400):
        rows = model._base_manager.filter(Q(sort_en__in=some) | Q(sort_fa__in=some))
        for pk, *own in rows.order_by().values_list("pk", "sort_en", "sort_fa"):
            found += [(text, pk) for key in set(own) for text in keys.get(key, ())]
    return _single(found)


def _by_alias(model, texts):
    if model is not Product:
        return {}
    rows = ProductAlias.objects.filter(text__in=list(texts)[:FEW]).values_list("text", "product_id")
    return _single(rows)


def _single(pairs):
    """{text: key} of the texts that name one record alone."""
    found = {}
    for text, pk in pairs:
        found.setdefault(text, set()).add(pk)
    return {text: next(iter(keys)) for text, keys in found.items() if len(keys) == 1}


def nearest_records(model, text):
    """The records whose names are most like a text, best first."""
    fields = {field.name for field in model._meta.concrete_fields}
    named = [name for name in NAMES if name in fields]
    rows = model._base_manager.order_by()
    wanted = fold(text)
    if "sort_en" in fields and rows.count() > FEW:
        starts = [sort_key(word)[:6] for word in wanted.split() if len(word) > 2] or [sort_key(wanted)[:6]]
        rows = rows.filter(reduce(or_, (Q(sort_en__startswith=s) | Q(sort_fa__startswith=s) for s in starts)))
    scored = []
    for pk, *names in rows.values_list("pk", *named)[:FEW]:
        scored.append((max((_likeness(wanted, fold(name or "")) for name in names), default=0), pk))
    best = sorted((pair for pair in scored if pair[0] >= NEAR), key=lambda pair: -pair[0])[:MOST_NEAR]
    records = model._base_manager.in_bulk([pk for _score, pk in best])
    return [records[pk] for _score, pk in best]


def _likeness(wanted, name):
    """From 0 to 1; the same words in another order, or some of them, are nearly the same."""
    words, others = set(wanted.split()), set(name.split())
    if not words or not others:
        return 0
    shared = len(words & others) / len(words | others)
    matcher = difflib.SequenceMatcher(None, wanted, name)
    if shared == 0 and matcher.real_quick_ratio() < NEAR:
        return 0
    return max(matcher.ratio() if matcher.quick_ratio() >= NEAR else 0, 0.9 if words <= others else shared)


def remember(model, text, key):
    """Know from now on that a text means the record with this key."""
    RememberedName.objects.update_or_create(
        noun=model._meta.model_name, folded=fold(text)[:300], defaults={"record_id": key}
    )
