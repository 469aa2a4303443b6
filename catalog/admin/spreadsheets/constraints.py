"""A record's constraints, asked of the database only where plain Python cannot say that they hold.

Django asks a query for each CHECK of each record: a file of 2,000 rows would take half a minute.
"""

import operator

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

COMPARED = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, among: value in among,
}


def check_constraints(record, unique=()):
    """Raise ValidationError for each constraint that the record breaks. `unique`: sets of columns of which no
    other record is known to have the same values."""
    errors = []
    for constraint in record._meta.constraints:
        if _holds(constraint, record, unique):
            continue
        try:
            constraint.validate(type(record), record)
        except ValidationError as error:
            errors.append(error)
    if errors:
        raise ValidationError(errors)


def _holds(constraint, record, unique):
    """Whether it surely holds; False where only the database can say."""
    if isinstance(constraint, UniqueConstraint):
        does_not_apply = _is_true(constraint.condition, record) is False
        same = {*constraint.fields, *_fixed(constraint.condition)}
        return does_not_apply or any(names <= same for names in unique)
    return isinstance(constraint, CheckConstraint) and _is_true(constraint.condition, record) is True


def _fixed(condition):
    """The columns of which a Q fixes the value: two records that meet it have the same."""
    if condition is None or condition.connector != Q.AND or condition.negated:
        return []
    return [child[0] for child in condition.children if isinstance(child, tuple) and "__" not in child[0]]


def _is_true(condition, record):
    """True or False where a Q surely is, None where that is not known."""
    if not isinstance(condition, Q):
        return None
    found = [
        _is_true(child, record) if isinstance(child, Q) else _compares(child, record)
        for child in condition.children
    ]
    if condition.connector == Q.AND:
        result = False if False in found else None if None in found else True
    elif condition.connector == Q.OR:
        result = True if True in found else None if None in found else False
    else:
        result = None
    return not result if condition.negated and result is not None else result


def _compares(child, record):
    """The same for a lookup: ("year__gte", 1300)."""
    if not isinstance(child, tuple):
        return None
    name, _dash, lookup = child[0].partition("__")
    value, wanted = getattr(record, record._meta.get_field(name).attname), child[1]
    if isinstance(wanted, F):
        wanted = getattr(record, wanted.name, None)
    if lookup == "isnull":
        return (value is None) == wanted
    if not lookup and wanted is None:
        return value is None
    compare = COMPARED.get(lookup or "exact")
    if compare is None or value is None or wanted is None:
        return None
    return bool(compare(value, wanted))
