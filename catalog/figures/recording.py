"""Finds what changed in public since the last look, and records it as Changes.

What the public sees is read through the same doors as its pages (`published()`, makers, promises) and
compared with what it saw before, so that nothing can be told which no page shows. What the first look or a
load of files brings is where news begin, and no news itself.
"""

import datetime
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from catalog.caching import editions
from catalog.models import (
    Call,
    Change,
    ChangeKind,
    Commitment,
    Company,
    Contract,
    Desk,
    Did,
    IdleUnit,
    Origin,
    Product,
    ProductMaker,
    ProductPromise,
    Question,
    Seen,
    SeenNoun,
    Statement,
    UnitMatch,
)
from catalog.models.base import where_published
from catalog.models.calls import state_between
from catalog.models.desks import status_on

CHANGES_AT_ONCE = 1000
EARLIEST_NEWS = 40
"""At most so many dated facts of a noun (a contract's day, a desk's) are news at the first look."""
FLAG = "_is_sample"
"""The end of the name of a fact that says whether another one rests on samples."""


@dataclass(frozen=True)
class Thing:
    """What the public sees of one record or link. `links`: {name of a Change's key: key}; `facts`: plain
    values; `on`: the day it is dated by itself, as text."""

    key: str
    links: dict
    facts: dict
    is_sample: bool = False
    on: str = ""

    def stored(self):
        values = {"links": self.links, "facts": self.facts, "sample": self.is_sample}
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @classmethod
    def read(cls, key, text):
        values = json.loads(text)
        return cls(key, values["links"], values["facts"], values["sample"])


@dataclass(frozen=True)
class RecordedNoun:
    """A kind of thing whose changes are told. `things(today)` yields the public ones; `told`: the facts whose
    change is news; `kinds`: of those that are news of another kind; `model` where they are records."""

    name: str
    kind: str
    things: Callable
    told: tuple
    kinds: dict = field(default_factory=dict)
    model: type | None = None


def _each(rows):
    return rows.order_by().iterator(chunk_size=2 * CHANGES_AT_ONCE)


def _text_mark(*texts):
    """Tells two texts apart without keeping them."""
    return zlib.crc32("\n".join(texts).encode())


def _day(date):
    return date.isoformat() if date else None


def _products(_today):
    names = ("pk", "origin", "name_en", "name_fa", "stage", "stage_is_sample", "import_year", "import_usd")
    more = ("import_is_sample", "hs_code", "specification", "target_year", "summary_en", "summary_fa")
    for row in _each(Product.objects.published().values_list(*names, *more, named=True)):
        facts = {
            "name": [row.name_en, row.name_fa],
            "stage": row.stage,
            "stage_is_sample": row.stage_is_sample,
            "imports": None if row.import_usd is None else [row.import_year, row.import_usd],
            "imports_is_sample": row.import_is_sample,
            "hs_code": row.hs_code,
            "specification": row.specification,
            "target_year": row.target_year,
            "summary": _text_mark(row.summary_en, row.summary_fa),
        }
        yield Thing(str(row.pk), {"product": row.pk}, facts, row.origin == Origin.SAMPLE)


def _makers(_today):
    names = ("product_id", "company_id", "stage", "rests_on_sample", "engagement__seeks")
    rows = ProductMaker.objects.makers().filter(where_published("company"))
    for product, company, stage, sample, seeks in _each(rows.values_list(*names)):
        links = {"product": product, "company": company}
        yield Thing(f"{product}-{company}", links, {"stage": stage, "seeks": seeks or ""}, sample)


def _promises(_today):
    """What a buyer promises to buy of a product in a year, the strongest of its promises."""
    strength, strongest = Commitment.values.index, {}
    names = ("product_id", "buyer_id", "year", "commitment", "quantity", "is_sample")
    rows = ProductPromise.objects.promised().filter(where_published("buyer"))
    for row in _each(rows.values_list(*names, named=True)):
        key = (row.product_id, row.buyer_id, row.year)
        rank = (not row.is_sample, strength(row.commitment), row.quantity or 0)
        if key not in strongest or rank > strongest[key][0]:
            strongest[key] = (rank, row)
    for (product, buyer, year), (_rank, row) in strongest.items():
        facts = {"commitment": row.commitment, "quantity": row.quantity, "year": year}
        links = {"product": product, "company": buyer}
        yield Thing(f"{product}-{buyer}-{year or 0}", links, facts, row.is_sample)


def _matches(_today):
    for product, unit, sample in _each(UnitMatch.objects.values_list("product", "unit", "is_sample")):
        yield Thing(f"{product}-{unit}", {"product": product, "unit": unit}, {}, sample)


def _companies(_today):
    names = ("pk", "origin", "name_en", "name_fa", "knowledge_based", "province", "verified_on")
    for row in _each(Company.objects.published().values_list(*names, named=True)):
        facts = {
            "name": [row.name_en, row.name_fa],
            "knowledge_based": row.knowledge_based,
            "province": row.province,
            "verified_on": _day(row.verified_on),
        }
        yield Thing(str(row.pk), {"company": row.pk}, facts, row.origin == Origin.SAMPLE)


def _desks(today):
    for desk in _each(Desk.objects.published()):
        first = desk.opens or desk.held_on
        facts = {
            "name": [desk.name_en, desk.name_fa],
            "status": status_on(desk, today).value,
            "days": [_day(first), _day(desk.closes or first)] if first else None,
            "place": [desk.place_en, desk.place_fa],
        }
        on = _day(first) if first and first <= today and facts["status"] != "cancelled" else ""
        yield Thing(str(desk.pk), {"desk": desk.pk}, facts, desk.is_sample, on)


def _contracts(_today):
    for contract in _each(Contract.objects.published()):
        currency = contract.currency
        facts = {
            "name": [contract.title_en, contract.title_fa],
            "kind": contract.kind,
            "status": contract.status,
            "amount": None if contract.amount is None else [contract.amount, currency],
            "delivered": [contract.delivered, currency] if contract.delivered else None,
        }
        on = _day(contract.signed_on) if contract.signed_precision == "day" else ""
        yield Thing(str(contract.pk), {"contract": contract.pk}, facts, contract.is_sample, on)


def _units(_today):
    names = ("pk", "origin", "name_en", "name_fa", "status", "province")
    for row in _each(IdleUnit.objects.published().values_list(*names, named=True)):
        facts = {"name": [row.name_en, row.name_fa], "status": row.status, "province": row.province}
        yield Thing(str(row.pk), {"unit": row.pk}, facts, row.origin == Origin.SAMPLE)


def _statements(_today):
    names = ("pk", "origin", "value", "decimals", "said_on")
    for row in _each(Statement.objects.published().values_list(*names, named=True)):
        facts = {"value": [row.value, row.decimals]}
        sample = row.origin == Origin.SAMPLE
        yield Thing(str(row.pk), {"statement": row.pk}, facts, sample, _day(row.said_on) or "")


def _calls(today):
    for call in _each(Call.objects.published()):
        facts = {
            "state": state_between(call.opens, call.closes, today).value,
            "days": [_day(call.opens), _day(call.closes)],
        }
        yield Thing(str(call.pk), {"product": call.product_id}, facts)


def _questions(_today):
    names = ("pk", "product", "desk", "origin")
    for key, product, desk, origin in _each(Question.objects.published().values_list(*names)):
        links = {"product": product} if product else {"desk": desk}
        yield Thing(str(key), links, {}, origin == Origin.SAMPLE)


PRODUCT_KINDS = {"stage": ChangeKind.STAGE, "imports": ChangeKind.IMPORTS}
RECORDED_NOUNS = (
    RecordedNoun(
        "product",
        ChangeKind.PRODUCT,
        _products,
        ("name", "stage", "imports", "hs_code", "specification", "target_year", "summary"),
        PRODUCT_KINDS,
        Product,
    ),
    RecordedNoun(
        "company",
        ChangeKind.COMPANY,
        _companies,
        ("name", "knowledge_based", "province", "verified_on"),
        model=Company,
    ),
    RecordedNoun("unit", ChangeKind.UNIT, _units, ("name", "status", "province"), model=IdleUnit),
    RecordedNoun("desk", ChangeKind.DESK, _desks, ("name", "status", "days", "place"), model=Desk),
    RecordedNoun(
        "contract",
        ChangeKind.CONTRACT,
        _contracts,
        ("name", "kind", "status", "amount", "delivered"),
        model=Contract,
    ),
    RecordedNoun("statement", ChangeKind.FIGURE, _statements, ("value",), model=Statement),
    RecordedNoun("maker", ChangeKind.MAKER, _makers, ("stage", "seeks")),
    RecordedNoun("promise", ChangeKind.PROMISE, _promises, ("commitment", "quantity")),
    RecordedNoun("match", ChangeKind.UNIT, _matches, ()),
    RecordedNoun("call", ChangeKind.CALL, _calls, ("state", "days")),
    RecordedNoun("question", ChangeKind.QUESTION, _questions, ()),
)
"""Records before the links between them: of a link it counts which of its records are there."""


def record(silently=False, today=None):
    """Record what changed since the last look, in one transaction; how many Changes that were.

    `silently`: after a load of files, take what is there now as seen. Two runs at a time wait for each other.
    """
    today = today or timezone.localdate()
    with transaction.atomic():
        marks = _locked()
        stamp = f"{editions.current()} {today}"
        if not silently and all(mark.edition == stamp for mark in marks.values()):
            return 0
        seen, changes = {}, []
        for noun in RECORDED_NOUNS:
            found = _Look(noun, seen).compare(today)
            news = found.earliest() if marks[noun.name].since is None else found.changes()
            changes += [] if silently and marks[noun.name].since else news
            found.store()
        now = timezone.now()
        SeenNoun.objects.filter(since=None).update(since=now)
        SeenNoun.objects.update(edition=stamp)
        Change.objects.bulk_create(changes, CHANGES_AT_ONCE)
    return len(changes)


def has_begun():
    """Whether there was a first look."""
    return SeenNoun.objects.exclude(since=None).exists()


def forget_samples():
    """After samples were removed: nothing of them is news any more, nor that they are gone."""
    if has_begun():
        record(silently=True)
    Change.objects.filter(is_sample=True).delete()


def _locked():
    """{name: SeenNoun}, locked."""
    for noun in RECORDED_NOUNS:
        SeenNoun.objects.get_or_create(noun=noun.name)
    return {mark.noun: mark for mark in SeenNoun.objects.select_for_update().order_by("noun")}


class _Look:
    """One look at a noun: what is new, what changed and what is gone. `seen`: {noun: (keys before, keys
    now)} of the nouns that were looked at before."""

    def __init__(self, noun, seen):
        self.noun, self.seen = noun, seen
        self.new, self.changed, self.gone = [], [], []

    def compare(self, today):
        before = dict(Seen.objects.filter(noun=self.noun.name).values_list("key", "facts"))
        old_keys, keys = set(before), set()
        for thing in self.noun.things(today):
            keys.add(thing.key)
            was, text = before.pop(thing.key, None), thing.stored()
            if was is None:
                self.new.append((thing, text))
            elif was != text:
                self.changed.append((Thing.read(thing.key, was), thing, text))
        self.gone = [Thing.read(key, text) for key, text in before.items()]
        self.seen[self.noun.name] = (old_keys, keys)
        return self

    def store(self):
        texts = [(thing.key, text) for thing, text in self.new]
        texts += [(thing.key, text) for _was, thing, text in self.changed]
        rows = [Seen(noun=self.noun.name, key=key, facts=text) for key, text in texts]
        options = {"update_conflicts": True, "unique_fields": ["noun", "key"], "update_fields": ["facts"]}
        Seen.objects.bulk_create(rows, CHANGES_AT_ONCE, **options)
        for start in range(0, len(self.gone), CHANGES_AT_ONCE):
            keys = [thing.key for thing in self.gone[start : start + CHANGES_AT_ONCE]]
            Seen.objects.filter(noun=self.noun.name, key__in=keys).delete()

    def earliest(self):
        """News of a first look: the latest of what is dated by itself and lies in the past."""
        today = timezone.localdate().isoformat()
        dated = sorted((t for t, _text in self.new if t.on and t.on <= today), key=lambda t: t.on)
        return [self._change(t, Did.ENTERED, at=_noon(t.on)) for t in dated[-EARLIEST_NEWS:]]

    def changes(self):
        found = [self._change(thing, Did.ENTERED) for thing, _text in self.new if self._is_news(thing, 0)]
        for was, thing, _text in self.changed:
            found += self._differences(was, thing)
        return found + [self._change(thing, Did.LEFT) for thing in self._leavers()]

    def _is_news(self, thing, when):
        """Whether a link appeared (0) or ended (1) by itself: not with a product that appeared with all its
        makers, nor because one of its records is gone."""
        if self.noun.model:
            return True
        product = thing.links.get("product")
        if product and str(product) not in self.seen["product"][when]:
            return False
        return all(str(key) in self.seen[name][1] for name, key in thing.links.items())

    def _leavers(self):
        """Of what is gone, what readers are told of; of records that were deleted, nothing is kept."""
        if not self.noun.model:
            return [thing for thing in self.gone if self._is_news(thing, 1)]
        keys = [int(thing.key) for thing in self.gone]
        if not keys:
            return []
        kept = set(self.noun.model._base_manager.in_bulk(keys))
        deleted = [key for key in keys if key not in kept]
        Change.objects.filter(**{f"{self.noun.name}__in": deleted}).delete()
        if self.noun.name == "statement":
            return []
        return [thing for thing in self.gone if int(thing.key) in kept]

    def _differences(self, was, thing):
        for name in self.noun.told:
            if name not in was.facts or was.facts[name] == thing.facts[name]:
                continue
            flags = [one.facts.get(name + FLAG, False) for one in (was, thing)]
            values = {"field": name, "old": was.facts[name], "new": thing.facts[name]}
            change = self._change(thing, Did.CHANGED, **values)
            change.kind = self.noun.kinds.get(name, self.noun.kind)
            change.is_sample = any([was.is_sample, thing.is_sample, *flags])
            yield change

    def _change(self, thing, did, **values):
        links = {f"{name}_id": key for name, key in thing.links.items()}
        facts = {} if did == Did.LEFT and self.noun.model else _facts_told(thing)
        values = {"is_sample": thing.is_sample, "facts": facts, **links, **values}
        return Change(kind=self.noun.kind, noun=self.noun.name, did=did, **values)


def _facts_told(thing):
    """What the line of a change shows besides: nothing that its record says itself."""
    untold = ("name", "summary", "hs_code")
    return {
        name: value for name, value in thing.facts.items() if name not in untold and value not in ("", None)
    }


def _noon(day):
    """The middle of a day, for what is known to the day; now, before noon of today."""
    moment = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(12))
    return min(timezone.make_aware(moment), timezone.now())
