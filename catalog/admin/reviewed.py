"""What somebody saw of a record when a page opened, as a short text: only that is published."""

import hashlib

from . import access


def fingerprint(record):
    """A text that changes with every field of the record, of its links and of the rows that belong to it,
    but with no editors' note."""
    parts = [_values([record]), *(_values(rows) for rows in _rows_of(record))]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _rows_of(record):
    """A queryset of each kind of row that shows with the record and has no state of its own."""
    for model, name in access.PARENT.items():
        if model._meta.get_field(name).related_model is type(record):
            yield model._base_manager.filter(**{name: record}).order_by("pk")


def _values(records):
    """Plain values, the same whether they were read from a form or from the database."""
    found = []
    for record in records:
        fields = [field for field in record.kept_fields() if field.name not in record.internal]
        links = record._meta.many_to_many
        found.append(
            [field.value_to_string(record) for field in fields]
            + [sorted(getattr(record, link.name).values_list("pk", flat=True)) for link in links]
        )
    return found
