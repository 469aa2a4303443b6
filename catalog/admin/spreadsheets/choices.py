"""The choices of import figures that a file ended: noted as it comes in, made again as it is undone."""

from typing import NamedTuple

from catalog.admin import history
from catalog.models import ImportRecord
from catalog.models.derived import chunks


class Choice(NamedTuple):
    """That a row of a file chose the import record with this key for the sums of its `figure`; `stands`:
    nobody ended that since."""

    record: int
    figure: tuple
    stands: bool


def about_to_end(checked):
    """The keys of the chosen records whose choice these rows end. A row of the file itself keeps what it
    changes."""
    figures = {figure(one.record) for one in checked if _chooses(one.row, one.record)}
    own = {one.record.pk for one in checked}
    return [record.pk for record in _chosen(figures) if record.pk not in own]


def make_again(brought, undone):
    """Of each of these Choices, whose rows were undone, make the one that it had ended again. Where a later
    file ended it in its turn, that file is the one to bring back what was before."""
    ended = {}
    for entry in history.ended_choices(ImportRecord, brought).order_by("-history_id"):
        ended[figure(entry)] = entry  # the first one: a file that was undone may have handed on its own
    taken = {figure(record) for record in _chosen({choice.figure for choice in undone})}
    for choice in undone:
        if (entry := ended.get(choice.figure)) is None:
            continue
        if not choice.stands:
            history.hand_on(entry, choice.record)
        elif choice.figure not in taken:
            _choose(entry.id, brought)


def choice_of(row, record):
    """The Choice that a row made, None for none; asked before the row is undone."""
    return Choice(record.pk, figure(record), record.chosen) if _chooses(row, record) else None


def figure(record):
    """What one record at most is chosen for; also of an entry of the history."""
    return record.product_id, record.year, record.currency


def _chooses(row, record):
    return isinstance(record, ImportRecord) and row.after.get("chosen") is True


def _chosen(figures):
    """The records that are chosen for these figures."""
    products = {product for product, _year, _currency in figures}
    for some in chunks(products, 500):
        for record in ImportRecord.objects.filter(product__in=some, chosen=True):
            if figure(record) in figures:
                yield record


def _choose(key, brought):
    record = ImportRecord.objects.filter(pk=key).first()
    if record:
        record.chosen = True
        history.note_undoing(record, brought)
        record.save()
