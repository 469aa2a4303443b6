"""What the rows of a file would do: each is new, changes a record, says the same, or is wrong and why."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.admin import access
from catalog.admin.forms import (
    NO_ADDRESS,
    field_of_constraint,
    free_address,
    other_currency,
    scope_message,
)
from catalog.formats import reading
from catalog.formats.numerals import digits
from catalog.models import ImportRecord, ImportRow, Origin, RowOutcome, languages
from catalog.models.derived import chunks
from catalog.search.fold import fold
from catalog.staff import scopes

from .books import BOOKS, PLACE
from .columns import Column, LinkColumn, LinksColumn, parts
from .constraints import check_constraints
from .names import Names, UnknownNameError, by_name

ROW = ""
"""The place of a fault that is of no cell."""
UNKNOWN = "?"
"""Before the column of a name that nobody knows: it is chosen among the nearest."""
NAMES = ("name_en", "name_fa")


@dataclass
class Checked:
    """A row while it is checked: `values` of its cells by column, `record` as it would be."""

    row: ImportRow
    sheet: object
    values: dict = field(default_factory=dict)
    faults: dict = field(default_factory=lambda: defaultdict(list))
    record: models.Model | None = None
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    given: str = ""
    """The address that was made for it."""
    alone: list = field(default_factory=list)
    """The keys of its sheet whose values no record has."""

    @property
    def is_new(self):
        return self.record is not None and self.record._state.adding

    def fault(self, column, message):
        self.faults[column].append(str(message))

    @property
    def outcome(self):
        if self.faults:
            return RowOutcome.WRONG
        if self.is_new:
            return RowOutcome.NEW
        return RowOutcome.CHANGED if self.after else RowOutcome.SAME


class Check:
    """Checks an Import for its `user`; `lock`: the records stay as they are until the transaction ends."""

    def __init__(self, brought, user, lock=False, rows=None):
        self.brought, self.user, self.lock = brought, user, lock
        self.rows = list(brought.rows.order_by("pk")) if rows is None else rows
        self.names, self.taken = Names(), defaultdict(set)
        self.checked = []

    def run(self):
        """The Checked rows, in the order of the file; their rows and the Import are stored."""
        for sheet in BOOKS[self.brought.noun].sheets:
            own = [Checked(row, sheet) for row in self.rows if row.sheet == sheet.name]
            present = self.brought.columns.get(sheet.name, [])
            self._sheet(sheet, [sheet.columns[name] for name in present if name in sheet.columns], own)
            self.checked += own
        self._store()
        return self.checked

    def _sheet(self, sheet, columns, rows):
        for column in columns:
            if isinstance(column, LinkColumn):
                texts = {one.row.cells.get(column.name, "") for one in rows}
                found = {part for text in texts for part in _texts(column, text)}
                self.names.prepare(column.field.related_model, found)
        for one in rows:
            self._read(one, columns)
        self._recognise(sheet, columns, rows)
        for one in rows:
            self._compare(one, columns)
        sheet.together(rows, self.checked)

    # --- cells

    def _read(self, one, columns):
        for column in columns:
            text = one.row.cells.get(column.name, "")
            if not text.strip():
                one.values[column.name] = column.empty
                if one.sheet.needs(column):
                    one.fault(column.name, _("This is needed."))
                continue
            try:
                one.values[column.name] = self._value(one, column, text)
            except UnknownNameError as unknown:
                one.fault(column.name, _not_known(unknown))
            except ValidationError as error:
                one.fault(column.name, " ".join(error.messages))
            except ValueError:
                one.fault(column.name, _("This cannot be read."))
        for column in one.sheet.money:
            if isinstance(one.values.get(column.name), reading.TypedAmount):
                self._amount(one, column)
        self._follow(one)

    def _follow(self, one):
        """Fill what is left empty and follows from another cell."""
        for name, (leading, of) in one.sheet.follows.items():
            if one.values.get(leading) is not None and not one.row.cells.get(name, "").strip():
                one.values[name] = of(one.values[leading])

    def _value(self, one, column, text):
        unit = reading.currency_of(text) if column.name in _currencies(one.sheet) else None
        return unit[0] if unit else column.read(text, self.names)

    def _amount(self, one, column):
        """Put an amount beside its currency: toman become rials, a currency in the cell fills its column."""
        found, typed = one.values[column.name], one.row.cells.get(column.currency, "")
        one.values[column.name] = found.value
        if found.currency and column.currency:
            chosen = one.values.get(column.currency) if typed.strip() else None
            if chosen and chosen != found.currency:
                one.fault(column.name, other_currency(found.currency, chosen))
            one.values[column.currency] = chosen or found.currency
        elif found.currency:
            one.values[f"{column.name} in"] = found.currency
        elif unit := reading.currency_of(typed):
            one.values[column.name] *= unit[1]

    # --- records

    def _recognise(self, sheet, columns, rows):
        """Find the record of each row that there is, and rows that mean the same one."""
        if sheet.parent:
            self._count_under_parents(sheet, rows)
        else:
            found = self._matches(sheet, rows)
            records = self._fetch(sheet, set(found.values()))
            for index, one in enumerate(rows):
                record = records.get(found.get(index))
                meant = record is not None and sheet.same(one.values, record)
                one.record = record if meant else sheet.model()
        self._find_twins(sheet, rows)

    def _fetch(self, sheet, keys):
        queryset = sheet.model._base_manager.all()
        if self.lock:
            queryset = queryset.select_for_update(of=("self",))
        links = [column.name for column in sheet.columns.values() if isinstance(column, LinksColumn)]
        found = {}
        for some in chunks(keys, 500):
            found |= {one.pk: one for one in queryset.filter(pk__in=some).prefetch_related(*links)}
        return found

    def _matches(self, sheet, rows):
        """{place of a row: key of its record}, by the first of the sheet's keys that finds one."""
        found, left = {}, dict(enumerate(rows))
        for names in sheet.keys:
            able = {place: one for place, one in left.items() if self._has(one, names)}
            keys = {place: tuple(_plain(one.values[name]) for name in names) for place, one in able.items()}
            known = _records_by(sheet.model, names, set(keys.values()))
            for place, key in keys.items():
                if key not in known:
                    rows[place].alone.append(set(names))
                elif len(known[key]) == 1:
                    found[place] = next(iter(known[key]))
            decided = able if names[0] in ("slug", "reference", "key") else found
            left = {place: one for place, one in left.items() if place not in decided}
        return found

    def _has(self, one, names):
        first = one.values.get(names[0])
        return (
            all(name in one.values and name not in one.faults for name in names)
            and first not in (None, "")
            and not any(isinstance(one.values[name], dict) for name in names)
        )

    def _count_under_parents(self, sheet, rows):
        """Rows under a record are known by their place in it; without a place they are added to it."""
        name = sheet.parent
        keys = {one.values.get(name) for one in rows if isinstance(one.values.get(name), int)}
        under = defaultdict(list)
        link = sheet.model._meta.get_field(name).attname
        queryset = sheet.model._base_manager.order_by("pk")
        if self.lock:
            queryset = queryset.select_for_update(of=("self",))
        for some in chunks(keys, 500):
            for record in queryset.filter(**{f"{name}__in": some}):
                under[getattr(record, link)].append(record)
        for one in rows:
            parent, place = one.values.get(name), one.values.pop(PLACE, None)
            existing = under[parent] if isinstance(parent, int) else []
            known = place is not None and 0 < place <= len(existing)
            one.record = existing[place - 1] if known else sheet.model()

    def _find_twins(self, sheet, rows):
        seen = {}
        for one in rows:
            key = self._identity(sheet, one)
            if key is None:
                continue
            first = seen.setdefault(key, one)
            if first is not one:
                number = digits(first.row.number, get_language())
                one.fault(ROW, _("It is about the same record as row %(row)s.") % {"row": number})

    def _identity(self, sheet, one):
        """What no other row of the file may be about."""
        if one.record.pk:
            return one.record.pk
        for names in sheet.keys:
            if names != (PLACE,) and self._has(one, names):
                return names, *(_folded(one.values[name]) for name in names)
        return None

    # --- what a row changes

    def _compare(self, one, columns):
        record, new = one.record, one.is_new
        before = {} if new else {column.name: column.raw(record) for column in columns if _stored(column)}
        for column in filter(_stored, columns):
            if column.name not in one.values:
                continue
            typed, stored = one.row.cells.get(column.name), before.get(column.name)
            if type(column) is Column and typed and typed.replace("\r\n", "\n") == stored:
                one.values[column.name] = stored  # as it is stored, whatever it begins with
            column.put(record, _plain_list(one.values[column.name]), self.names)
        for column in one.sheet.money:
            if column.currency in one.values and column.currency not in {each.name for each in columns}:
                one.sheet.columns[column.currency].put(record, one.values[column.currency], self.names)
                before.setdefault(column.currency, None)
        for name in one.sheet.follows:
            if name in one.values:
                one.sheet.columns[name].put(record, one.values[name], self.names)
        self._lapse(one, columns, before)
        differs = (
            new
            or _gives_way(one)
            or any(_plain_list(one.values.get(name, value)) != value for name, value in before.items())
        )
        if differs:
            self._fill_in(one, before)
            self._validate(one)
            self._forbid(one, before)
        self._note(one, columns, before)

    def _lapse(self, one, columns, before):
        """Empty what no column of the file says, and what was true of the value that the row replaces."""
        present = {column.name for column in columns}
        for name, of in one.sheet.lapses.items():
            column, replaced = one.sheet.columns[name], of in before and one.values.get(of) != before[of]
            if replaced and name not in present and (stored := column.raw(one.record)) != column.empty:
                before[name] = stored
                column.put(one.record, column.empty, self.names)

    def _fill_in(self, one, before):
        """What a record gets without a cell: its address; a sample that is replaced is none any more."""
        record, address = one.record, one.sheet.address
        if one.is_new and address and not getattr(record, address) and address not in one.faults:
            words = one.sheet.words_of_address(record) or f"{type(record)._meta.model_name}-draft"
            free = free_address(type(record), address, words, taken=self.taken[one.sheet.name])
            setattr(record, address, free)
            one.given = address
            if not free:
                one.fault(address, NO_ADDRESS)
        if address:
            self.taken[one.sheet.name].add(getattr(record, address))
        if getattr(record, "origin", "") != Origin.SAMPLE:
            return
        if _gives_way(one):
            record.origin = Origin.MINISTRY
            before.setdefault("origin", Origin.SAMPLE)
        elif self.brought.customs_id:
            if before.get("origin", Origin.SAMPLE) != Origin.SAMPLE:
                one.fault("origin", _("A real figure stands there: a sample does not take its place."))
        elif one.is_new or isinstance(record, ImportRecord):
            one.fault("origin", _("Say where it comes from: what is brought in is no sample."))

    def _validate(self, one):
        """Ask the model's own rules."""
        record = one.record
        links = [each.name for each in record._meta.concrete_fields if isinstance(each, models.ForeignKey)]
        later = self._ask_for_languages(one)
        self._collect(one, lambda: record.clean_fields(exclude=[*links, *later, *one.faults]))
        if one.faults:
            return
        self._collect(one, record.clean)
        self._collect(one, lambda: one.sheet.rule(record))
        if not one.faults:
            self._collect(one, lambda: record.validate_unique(exclude={one.given}))
        if not one.faults:
            self._collect(one, lambda: check_constraints(record, self._found_unique(one)))
        parent = getattr(record, one.sheet.parent) if one.sheet.parent else None
        for column in one.sheet.money:
            stated = one.values.get(f"{column.name} in")
            if parent is not None and stated and stated != parent.currency:
                words = _("“%(name)s” is in another currency than this amount.")
                one.fault(column.name, words % {"name": parent})

    def _ask_for_languages(self, one):
        """A draft needs each name in one language, what is public in both. Returns the names of the fields
        that may be empty though the model asks for them."""
        record = one.record
        pairs = languages.language_pairs(type(record))
        empty = [field.name for pair in pairs for field in pair if not getattr(record, field.attname)]
        if _is_public_matter(one):
            for each in languages.missing_fields(record):
                one.fault(each.name, _("Write it in this language too: it is public."))
        for english, persian in languages.unnamed(record):
            own = persian if get_language() == "fa" else english
            one.fault(own.name, _("Write it in one language at least."))
        return empty

    def _found_unique(self, one):
        """The sets of columns of which it is known already that no other record has their values."""
        return one.alone if one.is_new else [set(names) for names in one.sheet.keys]

    def _collect(self, one, ask):
        try:
            ask()
        except ValidationError as error:
            by_field = hasattr(error, "error_dict")
            found = error.error_dict if by_field else {NON_FIELD_ERRORS: error.error_list}
            for name, errors in found.items():
                for each in errors:
                    field_name = field_of_constraint(one.record, each) if name == NON_FIELD_ERRORS else name
                    place = field_name if field_name in one.sheet.columns else ROW
                    one.fault(place, " ".join(ValidationError(each).messages))

    def _forbid(self, one, before):
        """What this member of staff may not do, whatever the row says."""
        stored = before.get("origin") or Origin.MINISTRY
        changes = "origin" in one.values and one.values["origin"] != stored
        if changes and not access.may_choose_origin(self.user):
            one.fault("origin", _("Only editors choose where a record comes from: leave it out."))
        if not self._in_scope(one):
            one.fault(ROW, str(scope_message(self.user)))

    def _in_scope(self, one):
        """Whether the record, as it is and as it would be, is in the scope of who brings the file. A row of a
        new record is as that record is."""
        if scopes.tags_of(self.user) is None:
            return True
        record, parent = one.record, one.sheet.parent
        if one.is_new and parent and not getattr(record, f"{parent}_id"):
            return True
        several = {
            name: each.field for name, each in one.sheet.columns.items() if isinstance(each, LinksColumn)
        }
        links = {
            name: field.related_model._base_manager.in_bulk(one.values[name]).values()
            for name, field in several.items()
            if name in one.values
        }
        stored = scopes.within(self.user, type(record)).filter(pk=record.pk)
        return scopes.in_scope(self.user, record, links) and (one.is_new or stored.exists())

    def _note(self, one, columns, before):
        """Keep what the row changes: old and new values of the columns that differ."""
        read = {column.name: column for column in columns if _stored(column)}
        read |= {name: one.sheet.columns[name] for name in before if name in one.sheet.columns}
        if one.is_new:
            names = [*read, *filter(None, [one.sheet.address])]
            read = {name: one.sheet.columns[name] for name in names}
        for name, column in read.items():
            value = _after(one, column)
            if one.is_new and value not in (None, "", [], ()):
                one.after[name] = value
            elif not one.is_new and value != before.get(name):
                one.before[name], one.after[name] = before.get(name), value
        if one.is_new and not one.faults and one.sheet.keys == (("reference",),):
            self.names.new.setdefault(one.sheet.model, {})[fold(one.record.reference)] = one.record

    def _store(self):
        """Keep what was found."""
        public, stored = False, []
        for one in self.checked:
            row, seen = one.row, _found(one.row)
            row.outcome, row.faults = one.outcome, dict(one.faults)
            row.record_id = one.record.pk if one.record is not None else None
            row.before, row.after = one.before, {name: _plain_list(v) for name, v in one.after.items()}
            row.title = _title(one)
            if row.outcome in (RowOutcome.NEW, RowOutcome.CHANGED):
                public = public or _is_public_matter(one)
            if row.pk and seen != _found(row):
                stored.append(row)
        ImportRow.objects.bulk_update(stored, FOUND, batch_size=100)
        new = [one.row for one in self.checked if not one.row.pk]
        ImportRow.objects.bulk_create(new, batch_size=500)
        counts = defaultdict(int)
        for one in self.checked:
            counts[one.row.outcome] += 1
        self.brought.counts, self.brought.concerns_public = dict(counts), public
        self.brought.language = get_language()
        self.brought.save(update_fields=["counts", "concerns_public", "language"])


FOUND = ["outcome", "faults", "record_id", "before", "after", "title"]


def _found(row):
    """What a check found of a row."""
    return [getattr(row, name) for name in FOUND]


def _gives_way(one):
    """Whether it is a sample figure of a product, in whose place comes what the file says."""
    is_figure = isinstance(one.record, ImportRecord) and one.record.origin == Origin.SAMPLE
    return is_figure and not one.is_new and "origin" not in one.values


def _is_public_matter(one):
    """Whether the row changes what the public sees; what stands under a new record, or none, is none."""
    if one.sheet.parent in one.faults:
        return False
    above = one.record
    if one.sheet.parent:
        above = getattr(one.record, one.sheet.parent)
        return bool(above.pk) and access.is_public_matter(above)
    return access.is_public_matter(above)


def _after(one, column):
    if isinstance(column, LinksColumn):
        return list(one.values.get(column.name, column.raw(one.record)) or [])
    if isinstance(column, LinkColumn) and isinstance(one.values.get(column.name), dict):
        return one.values[column.name]
    return column.raw(one.record)


def _stored(column):
    return column.name != PLACE


def _plain(value):
    """A value as a part of a key."""
    if isinstance(value, dict):
        return tuple(value.items())
    return value.isoformat() if isinstance(value, datetime.date) else value


def _folded(value):
    return fold(value) if isinstance(value, str) else _plain(value)


def _plain_list(value):
    return list(value) if isinstance(value, tuple) else value


def _texts(column, text):
    if not text.strip():
        return []
    return parts(text) if isinstance(column, LinksColumn) else [text]


def _currencies(sheet):
    return {column.currency for column in sheet.money} | {"currency"}


def _not_known(unknown):
    noun = unknown.model._meta.verbose_name
    return _("No %(noun)s is known by this: %(text)s") % {"noun": noun, "text": unknown.text}


def _title(one):
    """What the record is called; empty where the cells that would say so are wrong."""
    if one.is_new and any(name in one.faults for names in one.sheet.keys for name in names):
        return ""
    try:
        return str(one.record)[:300]
    except (AttributeError, models.ObjectDoesNotExist):
        return ""


def _records_by(model, names, wanted):
    """{values of these columns: keys of the records that have them}, of values that some have."""
    if not wanted:
        return {}
    if names[0] in NAMES:
        found = by_name(model, {text for (text,) in wanted})
        return {(text,): {pk} for text, pk in found.items()}
    columns = [model._meta.get_field(name).attname for name in names]
    found = {}
    for some in chunks({key[0] for key in wanted}, 500):
        rows = model._base_manager.filter(**{f"{columns[0]}__in": some})
        for pk, *values in rows.order_by().values_list("pk", *columns):
            found.setdefault(tuple(_plain(value) for value in values), set()).add(pk)
    return {key: keys for key, keys in found.items() if key in wanted}
