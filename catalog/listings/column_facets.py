"""Counts beside the choices of a listing whose facets are few and plain.

Within a facet choices are *or*, across facets *and*; a facet's counts ignore its own choice, and equal the
rows behind its link.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import gettext as _

from catalog.formats.numerals import latin_digits
from catalog.listings.base import replaced, shown, toggled
from catalog.listings.product_facets import Chip, Choice, Facet
from catalog.models.codes import SEPARATOR


@dataclass(frozen=True)
class Column:
    """One facet: `path` is the column from the row, `labels` its choices as (value, label), `values` says
    which query value a stored one has where the two differ ("" -> "unknown"); `codes`: the column keeps
    several, "finance,market" (models/codes.py)."""

    name: str
    legend: str
    labels: list
    path: str = ""
    values: dict = field(default_factory=dict)
    multiple: bool = True
    codes: bool = False

    def values_of(self, stored):
        """The set of query values of a stored one; a row without a code has none."""
        if self.codes:
            return {code for code in stored.split(SEPARATOR) if code}
        return {self.values.get(stored, stored)}


def column_facets(filterset, columns):
    """Facets that are columns of the row, in their order; one grouped query counts all of them."""
    queryset = filterset.filter_queryset(filterset.queryset, leave_out={column.name for column in columns})
    grouped = queryset.order_by().values_list(*(column.path for column in columns))
    rows = list(grouped.annotate(n=Count("pk", distinct=True)))
    return facets_of_stored(filterset.chosen, columns, rows)


def facets_of_stored(query, columns, rows):
    """The Facets of these Columns; `rows` are (*stored values in the order of the columns, how many), without
    the facets' own choices applied."""
    chosen = _chosen(query, columns)
    values = [_values_of(column, {row[place] for row in rows}) for place, column in enumerate(columns)]
    fitting = {
        place: {stored for stored, its in values[place].items() if its & chosen[column.name]}
        for place, column in enumerate(columns)
        if chosen[column.name]
    }
    facets = []
    for place, column in enumerate(columns):
        others = [(other, fits) for other, fits in fitting.items() if other != place]
        left = [row for row in rows if all(row[other] in fits for other, fits in others)] if others else rows
        found = Counter()
        for stored, n in _sums(left, place).items():
            for value in values[place][stored]:
                found[value] += n
        facets.append(_facet(query, column, found, chosen[column.name]))
    return facets


def _sums(rows, place):
    """{stored value: how many} of one column."""
    sums = defaultdict(int)
    for row in rows:
        sums[row[place]] += row[-1]
    return sums


def _values_of(column, stored):
    """{stored value: the set of its query values}"""
    return {value: column.values_of(value) for value in stored}


def _chosen(query, columns):
    """{name of a column: the set of values chosen in it}"""
    return {c.name: {latin_digits(value) for value in query.getlist(c.name)} for c in columns}


def facets_of(query, columns, rows):
    """The Facets of these Columns; a choice without rows is left out unless it is chosen.

    `rows` are ({facet name: set of its query values}, how many), without the facets' own choices applied.
    """
    chosen = _chosen(query, columns)
    return [_facet(query, c, _counts(rows, c.name, chosen), chosen[c.name]) for c in columns]


def _counts(rows, name, chosen):
    others = {other: values for other, values in chosen.items() if other != name and values}
    found = Counter()
    for row, n in rows:
        if all(row[other] & values for other, values in others.items()):
            found.update(dict.fromkeys(row[name], n))
    return found


def _facet(query, column, found, chosen):
    choices = [
        Choice(
            value=value,
            label=str(label),
            count=found[value],
            selected=value in chosen,
            url=toggled(query, column.name, value) if column.multiple else _single(query, column.name, value),
        )
        for value, label in column.labels
        if found[value] or value in chosen
    ]
    if not column.multiple:  # a radio cannot be taken back without script
        choices.insert(0, Choice("", _("Any"), None, not chosen, replaced(query, **{column.name: None})))
    return Facet(column.name, column.legend, choices, column.multiple)


def _single(query, name, value):
    return replaced(query, **{name: None if latin_digits(query.get(name, "")) == value else value})


def chips(filterset, facets, typed=()):
    """What is chosen, as Chips: the facets' choices, then the fields named in `typed`."""
    query = filterset.chosen
    found = [
        Chip(facet.legend, choice.label, choice.url)
        for facet in facets
        for choice in facet.choices
        if choice.selected and choice.value
    ]
    for name in typed:
        if query.get(name):
            label = str(filterset.filters[name].label)
            found.append(Chip(label, str(filterset.cleaned[name]), replaced(query, **{name: None})))
    return found


def search_notices(filterset):
    """A sentence, in a list, where the visitor's text has no word to search for."""
    if filterset.text and not filterset.text_is_usable:
        return [
            _("“%(text)s” has no word to search for; the list shows everything else you chose.")
            % {"text": shown(filterset.text)}
        ]
    return []
