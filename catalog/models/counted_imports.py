"""Which of several import figures of one product, year and currency counts in sums, ranks and charts.

Each source has its own figure of a year, and none is thrown away; added up they would count the same goods
twice.
"""

from .base import Origin


def counting(records):
    """Those of these import records that count: of each product, year and currency the weightiest."""
    found = {}
    for record in records:
        key = record.product_id, record.year, record.currency  # the number of a year tells its calendar
        if key not in found or weight(record) > weight(found[key]):
            found[key] = record
    return list(found.values())


def weight(record):
    """What makes one figure count before another: it is real, staff chose it, it is the ministry's (the
    customs tables too), it was recorded last."""
    return record.origin != Origin.SAMPLE, record.chosen, record.origin == Origin.MINISTRY, record.pk
