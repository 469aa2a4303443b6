"""The newest public changes, for the first page of the site."""

from collections import Counter

from catalog.models import Change
from catalog.models.prepared import Keys, OneOf, PreparedQuery

NUMBER = 8
OF_A_KIND = 3
"""At most so many changes of one kind: an office that adds fifty products in a morning would leave no room
for the contract of that day."""
LOOKED_AT = 100

NEWEST = PreparedQuery(lambda: Change.objects.shown().newest_first().values_list("pk", "kind")[:LOOKED_AT])
WITH_RECORDS = PreparedQuery(
    lambda keys: Change.objects.filter(OneOf("pk", keys)).with_records().newest_first(), keys=Keys()
)


def latest_changes():
    """The newest Changes that a reader may see, newest first, at most NUMBER; two queries."""
    kinds, keys = Counter(), []
    for key, kind in NEWEST():
        kinds[kind] += 1
        if kinds[kind] <= OF_A_KIND:
            keys.append(key)
    return WITH_RECORDS(keys=keys[:NUMBER]) if keys else []
