"""Bringing a checked file in, all of it or nothing, and taking it out again."""

from dataclasses import dataclass, field
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from catalog.admin import access, history
from catalog.formats.numerals import digits
from catalog.models import (
    Import,
    ImportRecord,
    ImportRow,
    ImportState,
    Origin,
    Product,
    Revision,
    RowOutcome,
    State,
)
from catalog.models.base import Publishable
from catalog.models.derived import chunks, postponed
from catalog.staff import scopes

from . import choices
from .books import BOOKS
from .checking import Check
from .columns import LinksColumn
from .names import Names

WRITTEN = (RowOutcome.NEW, RowOutcome.CHANGED)
IN_USE = (ImportState.APPLIED, ImportState.PARTLY_UNDONE)


class NotAppliedError(Exception):
    """Nothing was brought in, with the reason for staff."""


def may_apply(user, brought):
    """Whether what `user` brings in is written at once: it concerns drafts only, or nobody else decides."""
    model = BOOKS[brought.noun].model
    as_proposed = brought.revision or Revision(content_type=ContentType.objects.get_for_model(model))
    alone = access.may_decide(user, model) and not access.others_may_decide(user, as_proposed)
    return alone or not brought.concerns_public


def apply(brought, user):
    """Write all rows in one transaction; raises NotAppliedError, and then nothing is written."""
    try:
        with postponed():
            brought = Import.objects.select_for_update().get(pk=brought.pk)
            if brought.state != ImportState.CHECKED:
                raise NotAppliedError(_("This file was brought in or undone already."))
            seen = {row.pk: (row.outcome, row.before, row.after) for row in brought.rows.all()}
            checked = Check(brought, user, lock=True).run()
            if any(seen[one.row.pk] != (one.row.outcome, one.before, one.row.after) for one in checked):
                raise MovedError
            ended = choices.about_to_end(checked)
            _write_all(checked, brought, user)
            history.note_ended(ImportRecord, ended, brought)
            _retire_samples(brought, checked)
            brought.state, brought.applied_by = ImportState.APPLIED, user
            brought.applied_at = timezone.now()
            brought.save()
    except MovedError:
        _tell_moved(brought, user)
        raise NotAppliedError(
            _("Nothing was brought in: records changed since the file was checked. Look at the rows again.")
        ) from None
    return brought


class MovedError(Exception):
    """A record is no more what it was when the file was checked."""


def _tell_moved(brought, user):
    """Check again, and keep with each row that differs what was there before."""
    seen = {row.pk: row.before for row in brought.rows.all()}
    checked = Check(brought, user).run()
    for one in checked:
        old = {name: value for name, value in seen[one.row.pk].items() if one.before.get(name) != value}
        one.row.moved = old
    ImportRow.objects.bulk_update([one.row for one in checked], ["moved"], batch_size=200)


def _write_all(checked, brought, user):
    wrong = next((one for one in checked if one.outcome == RowOutcome.WRONG), None)
    if wrong:
        raise NotAppliedError(_("Nothing was brought in: some rows are wrong."))
    written = [one for one in checked if one.outcome in WRITTEN]
    if not written:
        raise NotAppliedError(_("Nothing was brought in: the file says what is there already."))
    for together in _batches(written):
        try:
            _write(together, brought, user)
        except (ValidationError, DatabaseError):
            numbers = ", ".join(digits(one.row.number, get_language()) for one in together[:10])
            text = _("Nothing was brought in: rows contradict others of the file, or of before: %(rows)s.")
            raise NotAppliedError(text % {"rows": numbers}) from None
    ImportRow.objects.bulk_update([one.row for one in written], ["record_id"], batch_size=200)


def _retire_samples(brought, checked):
    """Real figures of the customs end the invented series of their products."""
    if brought.customs and brought.customs.origin != Origin.SAMPLE:
        products = {one.record.product_id for one in checked}
        for some in chunks(products, 500):
            samples = ImportRecord.objects.filter(product__in=some, origin=Origin.SAMPLE)
            keys = list(samples.values_list("pk", flat=True))
            samples.delete()
            history.note_retired(ImportRecord, keys, brought)


def _bring_samples_back(brought):
    """Where nothing is left of a file of the customs for a product, the series that it ended is there again;
    where a later file has figures of the product, it is that file's to bring back."""
    ended = [entry for entry in history.retired(ImportRecord, brought) if not _is_there(entry.instance)]
    products = {entry.product_id for entry in ended}
    standing = _standing(brought.rows, products)
    others = ImportRow.objects.filter(brought_by__noun=brought.noun, brought_by__customs__isnull=False)
    later = _standing(others.exclude(brought_by=brought), products)
    for entry in ended:
        if entry.product_id in standing:
            continue
        if other := later.get(entry.product_id):
            history.note_retired_by(entry, other)
            continue
        record = entry.instance
        history.note_undoing(record, brought)
        record.save(force_insert=True)


def _is_there(record):
    """Whether a record, or another of the same year, stands, or its product does not."""
    same = {name: getattr(record, name) for name in ("product_id", "year", "currency")}
    gone = not Product.objects.filter(pk=record.product_id).exists()
    return gone or ImportRecord.objects.filter(Q(pk=record.pk) | Q(**same)).exists()


def _standing(rows, products):
    """{key of a product: the latest Import} of those of these rows whose real figures stand."""
    rows = rows.filter(brought_by__state__in=IN_USE, outcome__in=WRITTEN, undone=False)
    real = ImportRecord.objects.filter(product__in=products).exclude(origin=Origin.SAMPLE)
    product_of = dict(real.values_list("pk", "product"))
    rows = rows.filter(record_id__in=list(product_of)).order_by("brought_by").select_related("brought_by")
    return {product_of[row.record_id]: row.brought_by for row in rows}


def _batches(written):
    """The rows in lists: new ones of a sheet without links to many are written together, others alone."""
    for _key, group in groupby(written, key=lambda one: (one.sheet.name, one.is_new)):
        rows = list(group)
        many = any(isinstance(column, LinksColumn) for column in rows[0].sheet.links)
        yield from [rows] if rows[0].is_new and not many else ([one] for one in rows)


def _write(together, brought, user):
    """Store the records of some rows with their links."""
    for one in together:
        for column in one.sheet.links:
            if not isinstance(column, LinksColumn) and column.field.is_cached(one.record):
                setattr(one.record, column.name, getattr(one.record, column.name))  # a parent has its key now
        history.note_import(one.record, brought)
    if len(together) > 1:
        records, model = [one.record for one in together], together[0].sheet.model
        bulk_create_with_history(records, model, batch_size=500, default_user=user)
    else:
        together[0].record.save()
    for one in together:
        _write_links(one)
        one.row.record_id = one.record.pk
    for parent in {getattr(one.record, one.sheet.parent) for one in together if one.sheet.parent}:
        parent.touch()


def _write_links(one):
    for column in one.sheet.links:
        if isinstance(column, LinksColumn) and column.name in one.values:
            column.store(one.record, one.values[column.name])


# --- taking it out again


@dataclass
class Undoing:
    """How a row can be undone: `since` are the columns that changed since it was brought in, as (column, what
    the file said, what it is now); `hindrance` says why it cannot be undone at all."""

    row: ImportRow
    record: object = None
    since: list = field(default_factory=list)
    hindrance: str = ""

    @property
    def untouched(self):
        return not self.since and not self.hindrance


def may_undo(user, brought):
    """Whether `user` takes out what was brought in: who decides on the noun, and who brought mere drafts."""
    if brought.state not in IN_USE:
        return False
    model = BOOKS[brought.noun].model
    own = brought.author_id == user.pk and not brought.concerns_public
    decides = access.may_decide(user, model) and scopes.tags_of(user) is None
    return decides or (own and access.may_write(user, model))


def undoings(brought, user, names=None):
    """The Undoings of the rows that were written and not undone yet, the last first."""
    names = names or Names()
    book = BOOKS[brought.noun]
    found = []
    for sheet in reversed(book.sheets):
        rows = brought.rows.filter(sheet=sheet.name, outcome__in=WRITTEN, undone=False).order_by("-pk")
        rows = list(rows)
        links = [column.name for column in sheet.links if isinstance(column, LinksColumn)]
        queryset = sheet.model._base_manager.prefetch_related(*links)
        records = {}
        for start in range(0, len(rows), 500):
            records |= queryset.in_bulk([row.record_id for row in rows[start : start + 500]])
        found += [_undoing(sheet, row, records.get(row.record_id), user) for row in rows]
    return found


def _undoing(sheet, row, record, user):
    if record is None:
        return Undoing(row, hindrance=_("It is gone."))
    found = Undoing(row, record)
    for name, value in row.after.items():
        column = sheet.columns[name]
        now = column.raw(record)
        if now != value and not isinstance(value, dict):
            found.since.append((column, value, now))
    if (
        row.outcome == RowOutcome.NEW
        and access.is_kept(record)
        and not access.may_publish(user, type(record))
    ):
        found.hindrance = _("It was published since: a reviewer can undo it.")
    return found


def undo(brought, user, keys):
    """Take out the rows with these keys in one transaction. Returns what could not be undone, as texts."""
    left, undone = [], []
    with postponed():
        brought = Import.objects.select_for_update().get(pk=brought.pk)
        for each in undoings(brought, user):
            if str(each.row.pk) not in keys or each.hindrance:
                continue
            choice = choices.choice_of(each.row, each.record)
            try:
                with transaction.atomic():
                    _undo_row(each, brought)
            except ProtectedError as error:
                names = ", ".join(str(needed) for needed in list(error.protected_objects)[:3])
                text = _("“%(name)s” stays: this still needs it: %(names)s.")
                left.append(text % {"name": each.record, "names": names})
            except (ValidationError, DatabaseError) as error:
                reason = " ".join(getattr(error, "messages", []))
                left.append(f"“{each.record}”: {reason}".strip())
            else:
                each.row.undone = True
                each.row.save(update_fields=["undone"])
                undone += [choice] if choice else []
        choices.make_again(brought, undone)
        _bring_samples_back(brought)
        rest = brought.rows.filter(outcome__in=WRITTEN, undone=False).exists()
        brought.state = ImportState.PARTLY_UNDONE if rest else ImportState.UNDONE
        brought.undone_by, brought.undone_at = user, timezone.now()
        brought.save()
    return left


def _undo_row(each, brought):
    """A new record is deleted, or withdrawn where it was public; a changed one gets its old values back."""
    record, row = each.record, each.row
    history.note_undoing(record, brought)
    if row.outcome == RowOutcome.NEW:
        if isinstance(record, Publishable) and record.was_published:
            if record.state == State.PUBLISHED:
                record.withdraw(*_reasons())
        else:
            record.delete()
        return
    sheet = BOOKS[brought.noun].sheet(row.sheet)
    names = Names()
    for name, value in row.before.items():
        sheet.columns[name].put(record, value, names)
    record.full_clean()
    record.save()
    for column in sheet.links:
        if isinstance(column, LinksColumn) and column.name in row.before:
            column.store(record, row.before[column.name])
    if sheet.parent:
        getattr(record, sheet.parent).touch()


def _reasons():
    """Why what was published is public no more, in both languages."""
    found = []
    for language in ("en", "fa"):
        with override(language):
            found.append(_("It was brought in by mistake."))
    return found
