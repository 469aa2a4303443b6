"""The choices beside a listing, each with the number of rows behind it, and the chips of what is chosen.

Within a facet choices are *or*, across facets *and*; a facet's counts ignore its own choices, and equal the
rows behind its link.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Count
from django.utils.translation import gettext as _

from catalog.formats.numerals import latin_digits
from catalog.listings.base import DISPLAY_ONLY, address, canonical_order, replaced, shown, toggled
from catalog.models.codes import SEPARATOR


@dataclass(slots=True)  # a listing has a hundred, and frozen ones take three times as long to make
class FacetChoice:
    """One choice of a facet: `count` rows (None where they are not counted) stand behind `url`, which adds or
    removes it. `stage` names the drawing beside it."""

    value: str
    label: str
    count: int | None
    selected: bool
    link: Callable
    stage: str = ""

    @property
    def url(self):
        return self.link()


@dataclass(frozen=True)
class Facet:
    """One group of choices; `multiple` when several may be chosen together."""

    name: str
    legend: str
    choices: list
    multiple: bool = True
    note: str = ""


@dataclass(frozen=True)
class Chip:
    """A value that is chosen, and the address of the result without it."""

    facet: str
    label: str
    url: str


@dataclass(frozen=True)
class FacetColumn:
    """What one facet is made of: `labels` are its choices as (value, label).

    `path` is the column of the row, `values` says which query value a stored one has where the two differ
    ("" -> "unknown"); `codes`: the column holds several, "finance,market" (models/codes.py). `every`: choices
    without rows are listed too; `by_count`: how many rows each choice has whatever is chosen, for its order:
    those with most rows come first, and stay there; `stages`: the choices are stages, and drawn.
    """

    name: str
    legend: str
    labels: list
    path: str = ""
    values: dict = field(default_factory=dict)
    multiple: bool = True
    codes: bool = False
    every: bool = False
    by_count: dict | None = None
    stages: bool = False

    def values_of(self, stored):
        """The set of query values of a stored one; a row without a code has none."""
        if self.codes:
            return {code for code in stored.split(SEPARATOR) if code}
        return {self.values.get(stored, stored)}


def column_facets(filterset, columns):
    """Facets that are columns of the row, in their order; one grouped query counts all of them. No filter of
    the listing joins several rows to one."""
    queryset = filterset.result(leave_out={column.name for column in columns})
    grouped = queryset.order_by().values_list(*(column.path for column in columns))
    rows = [
        ({c.name: c.values_of(value) for c, value in zip(columns, stored, strict=True)}, n)
        for *stored, n in grouped.annotate(n=Count("*"))
    ]
    return facets_of(filterset.chosen, columns, rows)


def facets_of_stored(query, columns, rows):
    """The Facets of these FacetColumns; `rows` are the stored values of each record in the order of the
    columns, without the facets' own choices applied."""
    chosen = {column.name: values_chosen(query, column.name) for column in columns}
    values = [
        {stored: column.values_of(stored) for stored in {row[place] for row in rows}}
        for place, column in enumerate(columns)
    ]
    fitting = {
        place: {stored for stored, its in values[place].items() if its & chosen[column.name]}
        for place, column in enumerate(columns)
        if chosen[column.name]
    }
    return [
        facet_of(query, column, _counts_of_stored(rows, place, values[place], fitting))
        for place, column in enumerate(columns)
    ]


def fitting(query, columns):
    """A function that says whether a row fits what is chosen in every column; it begins with its stored
    values in the columns."""
    chosen = [(place, column, values_chosen(query, column.name)) for place, column in enumerate(columns)]
    chosen = [(place, column, values) for place, column, values in chosen if values]
    return lambda row: all(column.values_of(row[place]) & values for place, column, values in chosen)


def _counts_of_stored(rows, place, values, fitting):
    """{query value: rows that have it in the column at `place` and fit what is chosen in the others}."""
    others = [(other, fits) for other, fits in fitting.items() if other != place]
    if others:
        rows = [row for row in rows if all(row[other] in fits for other, fits in others)]
    counted = Counter()
    for stored, number in Counter(row[place] for row in rows).items():
        for value in values[stored]:
            counted[value] += number
    return counted


def facets_of(query, columns, rows):
    """The Facets of these FacetColumns; a choice without rows is left out unless it is chosen.

    `rows` are ({facet name: set of its query values}, how many), without the facets' own choices applied.
    """
    chosen = {column.name: values_chosen(query, column.name) for column in columns}
    return [facet_of(query, column, counts(rows, column.name, chosen)) for column in columns]


def values_chosen(query, name):
    """The values of a parameter as a set, digits in any script as Latin ones."""
    return {latin_digits(value) for value in query.getlist(name)}


def counts(rows, name, chosen):
    """{query value of the facet `name`: rows that have it and fit what is `chosen` in the other facets}."""
    others = [(other, values) for other, values in chosen.items() if other != name and values]
    found = Counter()
    for row, n in rows:
        if all(not values.isdisjoint(row[other]) for other, values in others):
            for value in row[name]:
                found[value] += n
    return found


def counts_by_column(groups, chosen):
    """The same where a row has one value in each column: a Counter for each of `chosen`, the sets of values
    that are chosen in the columns. Groups of rows begin with their values in these columns, and end with the
    number of rows and a sum."""
    found = [Counter() for _ in chosen]
    for *values, n, _sum in groups:
        misfits = [place for place, wanted in enumerate(chosen) if wanted and values[place] not in wanted]
        if len(misfits) > 1:
            continue
        for place in misfits or range(
            len(chosen)
        ):  # a facet ignores its own choices, so one misfit counts there
            found[place][values[place]] += n
    return found


def facet_of(query, column, found):
    """The Facet of a FacetColumn, where `found` says how many rows each query value has."""
    chosen = values_chosen(query, column.name)
    choices = [
        FacetChoice(
            value=value,
            label=str(label),
            count=found[value],
            selected=value in chosen,
            link=partial(toggled if column.multiple else _single, query, column.name, value),
            stage=value if column.stages else "",
        )
        for value, label in column.labels
        if column.every or found[value] or value in chosen
    ]
    if column.by_count is not None:
        choices.sort(key=lambda choice: -column.by_count.get(choice.value, 0))
    if not column.multiple:  # a radio button cannot be taken back without script
        choices.insert(
            0, FacetChoice("", _("Any"), None, not chosen, partial(replaced, query, **{column.name: None}))
        )
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


def without(filterset, name):
    """The Chip that takes every value of one parameter away."""
    return Chip(str(filterset.filters[name].label), "", replaced(filterset.chosen, **{name: None}))


def cleared(filterset):
    """The address of the listing with nothing chosen but its order and the rate of its sums."""
    query = filterset.chosen.copy()
    for name in list(query):
        if name not in DISPLAY_ONLY:
            query.pop(name)
    return address(canonical_order(query))


def search_notices(filterset):
    """A sentence, in a list, where the visitor's text has no word to search for."""
    if filterset.text and not filterset.text_is_usable:
        return [
            _("“%(text)s” has no word to search for; the list shows everything else you chose.")
            % {"text": shown(filterset.text)}
        ]
    return []
