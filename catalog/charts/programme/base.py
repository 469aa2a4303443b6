"""What the charts of the programme page are made of: a drawing, a finding in words, and a table."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, get_language_bidi, gettext, pgettext

from catalog.charts import geometry
from catalog.charts.wording import three_digits
from catalog.formats.money import unit_words
from catalog.formats.numerals import number

BARS_SHOWN = 10
"""Bars of a ranking; its table has all rows."""


@dataclass(frozen=True)
class ChartRow:
    """A row of the table: its name (a link where there is an address) and its cells in words; `calculated`:
    its sum is marked so."""

    name: str
    cells: tuple
    url: str = ""
    calculated: bool = False


@dataclass(frozen=True)
class Chart:
    """A drawing of `kind` (bars, tens or years), what it finds, and its table: `head` names the first column
    and the columns of `rows`; `foot` is a last row or None; `sources` are Sources, empty where the records of
    this site are drawn; `legend` is words below squares, those of the filled ones first. `sample`: all that
    is drawn is invented, and the head finds nothing in it. `calculated`: a sum in it is marked so.
    """

    id: str
    kind: str
    finding: str
    caption: str
    drawing: object
    head: tuple
    rows: tuple
    foot: ChartRow | None = None
    sources: tuple = ()
    sample: bool = False
    calculated: bool = False
    legend: tuple = ()

    @property
    def description(self):
        """The rows in a sentence, for those who hear the chart."""
        comma, semicolon = pgettext("between words", ","), gettext(";")
        said = (f"{row.name} {f'{comma} '.join(cell for cell in row.cells if cell)}" for row in self.rows)
        return f"{semicolon} ".join(said) + "."


@dataclass(frozen=True)
class Scale:
    """How an axis counts: in `unit`s of a currency."""

    unit: int
    currency: str

    @property
    def words(self):
        return unit_words(self.unit, self.currency, get_language())

    def text(self, amount):
        return number(three_digits(Decimal(amount) / self.unit), get_language())


def scale(amounts, currency):
    """The Scale in which the smallest of these amounts still has a digit before the point, unless the largest
    would have more than three."""
    amounts = [amount for amount in amounts if amount]
    fits = max(min(amounts), max(amounts) // 1000) if amounts else 1
    return Scale(next((unit for unit in (10**12, 10**9, 10**6) if fits >= unit), 1), currency)


def scaled_bars(items, in_units=None):
    """charts.Bars with an axis worded by a Scale, or in plain numbers."""

    def tick_text(value):
        return in_units.text(value) if in_units else number(value, get_language())

    return geometry.bars(items, get_language_bidi(), tick_text)


def first_of(count, caption):
    """The caption of a ranking of `count`, with how many of them are drawn where not all are."""
    if count <= BARS_SHOWN:
        return caption
    return gettext("%(caption)s. The first %(shown)s of %(count)s; the table has all.") % {
        "caption": caption,
        "shown": number(BARS_SHOWN, get_language()),
        "count": number(count, get_language()),
    }


def sources(records):
    """The sources of these records, each once, in the order they are met."""
    return tuple({record.source_id: record.source for record in records if record.source_id}.values())
