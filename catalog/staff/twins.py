"""Records that are most likely the same: their names, folded, are equal or differ in a letter or two."""

import re
from itertools import product

from django.db.models import Count, Q
from django.db.models.functions import Left, Right

from catalog.models import Company, Product, Source
from catalog.search.fold import sort_key, words

MODELS = (Company, Product, Source)
LEGAL_FORMS = frozenset(
    words("شرکت سهامی عام خاص مؤسسه گروه co company corp corporation inc llc ltd group pjs pjsc")
)
SHORTEST_COMPARED = 4  # letters of a name that is compared
LETTERS_A_DIFFERENCE = 8
NEIGHBOURS = 3
MOST_SCANNED = 5000
MOST_PAIRS = 50
LETTERS_ALIKE = 8  # letters at one end
DIGITS_A_LETTER = 2  # of a stored key of the alphabet
MOST_ALIKE = 8
MOST_BLOCKS = 500


def key(text):
    """A name as it is compared: folded, without legal forms, in one word."""
    return "".join(word for word in words(text) if word not in LEGAL_FORMS)


def nearly_equal(one, other):
    """Whether two keys name the same thing: every number alike, of the letters one in eight may differ."""
    if one == other:
        return len(one) >= SHORTEST_COMPARED
    longest, shortest = max(len(one), len(other)), min(len(one), len(other))
    allowed = min(2, longest // LETTERS_A_DIFFERENCE)
    if not allowed or shortest < SHORTEST_COMPARED or longest - shortest > allowed:
        return False
    return re.findall(r"\d+", one) == re.findall(r"\d+", other) and _distance(one, other, allowed) <= allowed


def _distance(one, other, most):
    """How many letters have to be changed, added or dropped; `most` + 1 where it is more than `most`."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        last, row = row, [place]
        for at, its in enumerate(other, start=1):
            row.append(min(last[at] + 1, row[-1] + 1, last[at - 1] + (letter != its)))
        if min(row) > most:
            return most + 1
    return row[-1]


def _columns(model):
    """The columns whose texts name a row, and those that tell rows apart that are called the same."""
    if model is Source:
        return ("publisher_en", "publisher_fa"), ("published_on", "address")
    return ("name_en", "name_fa"), ("origin",)


def naming(model):
    """The columns whose texts name a row."""
    return _columns(model)[0]


def telling(model):
    """Those and the columns that tell rows apart which are called the same."""
    names, apart = _columns(model)
    return (*names, *apart)


def _apart(model, one, other):
    """Whether two rows that are called the same are known to be two things."""
    if model is Source:
        (day, address), (other_day, other_address) = one, other
        same_address = address and address == other_address
        return not same_address and (day is None or day != other_day or bool(address and other_address))
    return (one[0] == "sample") != (other[0] == "sample")


def twin_pairs(model, rows=None):
    """[(key of a record, key of another)] of those among `rows` that are most likely the same. Each is
    compared with its neighbours in the alphabet, read from the front and from the back; where there are very
    many rows, only those are compared whose names begin or end alike."""
    rows = (model._base_manager.all() if rows is None else rows).order_by()
    if are_very_many(model, rows):
        rows = rows.filter(_called_the_same(rows) | _alike(rows))
    names, apart = _columns(model)
    listed = list(rows.values_list("pk", *names, *apart))
    told = len(names) + 1
    found = set()
    for column in range(1, told):
        keyed = [(key(row[column]), row) for row in listed if row[column]]
        for one, other in _neighbours(keyed):
            if not _apart(model, one[told:], other[told:]):
                found.add(tuple(sorted((one[0], other[0]))))
    return sorted(found)[:MOST_PAIRS]


def _neighbours(keyed):
    """Pairs of rows whose keys are nearly equal, of [(key, row)]."""
    for direction in (1, -1):
        keyed.sort(key=lambda each: each[0][::direction])
        for place, (text, row) in enumerate(keyed):
            for other_text, other in keyed[place + 1 : place + 1 + NEIGHBOURS]:
                if nearly_equal(text, other_text):
                    yield row, other


def are_very_many(model, rows):
    """Whether there are more `rows` than are compared with one another."""
    return model is not Source and rows.order_by()[: MOST_SCANNED + 1].count() > MOST_SCANNED


def _called_the_same(rows):
    """Condition: they share their name in one of the languages, by the stored keys of the alphabet."""
    shared = Q(pk__in=[])
    for column in ("sort_en", "sort_fa"):
        several = (
            rows.exclude(**{column: ""}).values(column).annotate(number=Count("pk")).filter(number__gt=1)
        )
        keys = list(several.values_list(column, flat=True)[:MOST_PAIRS])
        shared |= Q(**{f"{column}__in": keys})
    return shared


def _alike(rows):
    """Condition: a few of `rows` share the first letters of their names, or the last; at most MOST_BLOCKS
    such groups a language and end, the smallest first. A group of many says nothing: pumps begin alike."""
    keys = set()
    for column, end in product(("sort_en", "sort_fa"), (Left, Right)):
        named = rows.exclude(**{column: ""}).annotate(part=end(column, LETTERS_ALIKE * DIGITS_A_LETTER))
        groups = named.values("part").annotate(number=Count("pk")).filter(number__range=(2, MOST_ALIKE))
        parts = list(groups.order_by("number", "part").values_list("part", flat=True)[:MOST_BLOCKS])
        keys.update(named.filter(part__in=parts).values_list("pk", flat=True))
    return Q(pk__in=keys)


def twins_of(record):
    """Records that are most likely the same as `record`, which need not be stored yet."""
    model = type(record)
    names, apart = _columns(model)
    texts = [getattr(record, name) for name in names]
    keys = [key(text) for text in texts]
    mine = [getattr(record, name) for name in apart]
    rows = _candidates(model, texts).exclude(pk=record.pk).order_by()
    found = [
        row[0]
        for row in rows.values_list("pk", *names, *apart)
        if any(map(nearly_equal, keys, map(key, row[1 : len(names) + 1])))
        and not _apart(model, mine, row[len(names) + 1 :])
    ]
    return list(model._base_manager.filter(pk__in=found[:MOST_PAIRS]))


def _candidates(model, texts):
    """All rows where they are few, else those whose names begin alike."""
    rows = model._base_manager.all()
    if model is Source or rows.order_by()[: MOST_SCANNED + 1].count() <= MOST_SCANNED:
        return rows
    english, persian = (sort_key(text)[:10] for text in texts)
    found = rows.none()
    if english:
        found |= rows.filter(sort_en__startswith=english)
    if persian:
        found |= rows.filter(sort_fa__startswith=persian)
    return found
