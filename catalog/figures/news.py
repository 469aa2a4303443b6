"""The newest public changes, for the first page of the site."""

from catalog.models import Change
from catalog.models.prepared import Keys, OneOf, PreparedQuery

NEWS_SHOWN = 8
OF_A_KIND = 3
"""At most so many changes of one kind: an office that adds fifty products in a morning would leave no room
for the contract of that day."""
CHANGES_LOOKED_AT = 100

NEWEST = PreparedQuery(
    lambda but: (
        Change.objects.shown()
        .exclude(OneOf("kind", but))
        .newest_first()
        .values_list("pk", "kind")[:CHANGES_LOOKED_AT]
    ),
    but=Keys(),
)
WITH_RECORDS = PreparedQuery(
    lambda keys: Change.objects.filter(OneOf("pk", keys)).with_records().newest_first(), keys=Keys()
)


def latest_changes():
    """The newest Changes that a reader may see, newest first, at most NEWS_SHOWN; two queries, and two more
    at most where hundreds are of one or two kinds."""
    kinds = {}
    while sum(map(len, kinds.values())) < NEWS_SHOWN:
        full = [kind for kind, keys in kinds.items() if len(keys) == OF_A_KIND]
        newest = NEWEST(but=full)
        for key, kind in newest:
            keys = kinds.setdefault(kind, [])
            if key not in keys and len(keys) < OF_A_KIND:
                keys.append(key)
        if len(newest) < CHANGES_LOOKED_AT:
            break
    found = WITH_RECORDS(keys=[key for keys in kinds.values() for key in keys]) if kinds else []
    return found[:NEWS_SHOWN]
