"""Makes one record of two that are the same: rows move to the one that stays, and addresses lead to it."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalog.models import FormerAddress, State
from catalog.models.base import Publishable
from catalog.nouns import key_of

from .roles import MACHINERY

OWN_FIELDS = {
    "slug",
    "key",
    "state",
    "published_at",
    "withdrawn_reason_en",
    "withdrawn_reason_fa",
    "updated_at",
    "origin",
}
"""Fields that a record keeps for itself."""
UNIQUE = {"legal_id"}
MOVED_APPS = ("catalog", "contact")
"""The apps whose rows move: what visitors sent about a record, and who speaks for it, go along."""


@dataclass
class Move:
    """Rows of one kind: those that move, and those that stay because the kept record has such a one."""

    label: str
    rows: list = field(default_factory=list)
    staying: list = field(default_factory=list)


@dataclass
class Merger:
    """`filled`: the fields of `kept` that are empty and take what `gone` has. `problem`: why it cannot be."""

    kept: object
    gone: object
    problem: str = ""
    filled: list = field(default_factory=list)
    moves: list = field(default_factory=list)
    address: str = ""


def plan(kept, gone):
    """What merging `gone` into `kept` does; nothing is done yet."""
    found = Merger(kept, gone, problem=_problem(kept, gone))
    if found.problem:
        return found
    found.filled = _fillable(kept, gone)
    found.moves = [move for move in map(_move_of(kept, gone), _relations(type(kept))) if move]
    if isinstance(gone, Publishable) and gone.was_published:
        found.address = getattr(gone, key_of(type(gone)))
    return found


def _problem(kept, gone):
    if type(kept) is not type(gone) or kept.pk == gone.pk:
        return _("Choose another record of the same kind.")
    if getattr(kept, "is_sample", False) != getattr(gone, "is_sample", False):
        return _("One of them is a sample, and samples never touch what is real.")
    if isinstance(kept, Publishable) and gone.state == State.PUBLISHED and kept.state != State.PUBLISHED:
        return _("“%(name)s” is public and the other is not: keep the public one.") % {"name": gone}
    return ""


def _fillable(kept, gone):
    fields = [
        each
        for each in kept.kept_fields()
        if each.name not in OWN_FIELDS and getattr(kept, each.attname) in (None, "") and each.blank
    ]
    return [each for each in fields if getattr(gone, each.attname) not in (None, "")]


def _relations(model):
    """The foreign keys and links of other nouns to a model."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        other = getattr(relation, "related_model", None)
        if not relation.auto_created or relation.concrete or other is None:
            continue
        if hasattr(other, "instance_type") or other in MACHINERY or other._meta.app_label not in MOVED_APPS:
            continue
        is_link = relation.many_to_many and relation.through._meta.auto_created
        if is_link or (not relation.many_to_many and not other._meta.auto_created):
            found.append(relation.field)
    return found


def _move_of(kept, gone):
    def move(column):
        rows = list(column.model._base_manager.filter(**{column.name: gone}))
        if not rows:
            return None
        found = Move(str(column.model._meta.verbose_name_plural))
        for row in rows:
            (found.rows if _may_move(row, column, kept) else found.staying).append(row)
        return found

    return move


def _may_move(row, column, kept):
    """Whether `kept` has no such row yet; the row in hand stays as it was."""
    if column.many_to_many:
        return True
    before = getattr(row, column.name)
    setattr(row, column.name, kept)
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError:
        return False
    finally:
        setattr(row, column.name, before)
    return True


def carry_out(kept, gone, note=lambda record: None):
    """Merge `gone` into `kept`, in one transaction. `note` is called with each record before it is saved.
    Returns the Merger of what was done; raises ValidationError, and does nothing, where it has a problem."""
    with transaction.atomic():
        model = type(kept)
        locked = {
            one.pk: one
            for one in model._base_manager.select_for_update(of=("self",))
            .filter(pk__in=[kept.pk, gone.pk])
            .order_by("pk")
        }
        kept, gone = locked[kept.pk], locked[gone.pk]
        found = plan(kept, gone)
        if found.problem:
            raise ValidationError(found.problem)
        _take_fields(found, note)
        for column in _relations(model):
            _move(column, kept, gone, note)
        note(gone)
        _take_leave(found)
    return found


def _take_fields(found, note):
    for each in found.filled:
        setattr(found.kept, each.attname, getattr(found.gone, each.attname))
        if each.name in UNIQUE:
            setattr(found.gone, each.attname, "")
    for record in (found.gone, found.kept):
        note(record)
        record.save()


def _move(column, kept, gone, note):
    for row in column.model._base_manager.filter(**{column.name: gone}):
        if column.many_to_many:
            getattr(row, column.name).add(kept)
            getattr(row, column.name).remove(gone)
        elif _may_move(row, column, kept):
            setattr(row, column.name, kept)
            note(row)
            row.save()


def _take_leave(found):
    """What was public once answers with the kept record; a draft goes, unless something still needs it."""
    gone = found.gone
    if isinstance(gone, Publishable) and gone.was_published:
        FormerAddress.lead(gone, found.address, found.kept)
        if gone.state == State.PUBLISHED:
            gone.withdraw(*(_reason(found.kept, language) for language in ("en", "fa")))
        return
    try:
        with transaction.atomic():
            gone.delete()
    except ProtectedError:
        return


def _reason(kept, language):
    with override(language):
        return (_("It is one with “%(name)s”.") % {"name": kept})[:300]
