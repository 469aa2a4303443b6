"""A Table as one JSON object: what it is, `fields` that explain every name, the rows under the noun's name,
and last how many there were. Values are as the database has them, codes included; `fields` has their
words."""

import json
from datetime import date

from django.utils.translation import override

from .columns import ColumnKind

CONTENT_TYPE = "application/json"


def chunks(table):
    """The file in pieces (bytes): its head, then a piece a batch, then its end."""
    with override(table.language):
        head = _text(_head(table))
    yield f'{head.removesuffix("}")}, "{table.noun}": ['.encode()
    count = 0
    for batch in table.batches:
        with override(table.language):
            objects = [_text(_object(table.columns, row)) for row in batch]
        yield (("," if count else "") + "\n" + ",\n".join(objects)).encode()
        count += len(batch)
    yield f'\n], "count": {count}}}\n'.encode()


def _head(table):
    return {
        "title": table.title,
        "language": table.language,
        "page": table.page,
        "day": table.day,
        "chosen": table.chosen,
        "notices": table.notices,
        "fields": [_field(column) for column in table.columns],
    }


def _field(column):
    field = {"name": column.name, "label": str(column.label), "kind": column.kind.value}
    if column.kind in (ColumnKind.CODE, ColumnKind.CODES):
        field["choices"] = {code: str(label) for code, label in column.choices}
    return field


def _object(columns, row):
    return {column.name: _value(column.value(row)) for column in columns}


def _value(value):
    return None if value == "" else value


def _text(value):
    return json.dumps(value, ensure_ascii=False, default=_iso)


def _iso(value):
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"No JSON for {value!r}")
