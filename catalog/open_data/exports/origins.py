"""Columns that several nouns share: where a record comes from, how fresh it is, its page."""

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models import Origin, State

from .columns import Column, Kind

ORIGINS = tuple(Origin.choices)
FRESHNESS = (
    ("fresh", _("confirmed within 180 days")),
    ("due", _("more than 180 days ago")),
    ("overdue", _("more than a year ago")),
)


def record_columns(record, site):
    """What every download ends with. `record` takes a row and gives the Record, its source at hand; `site` is
    what stands before a path in an absolute address."""
    return (
        Column(
            "origin", _("Where the record comes from"), lambda row: record(row).origin, Kind.CODE, ORIGINS
        ),
        Column("sample", _("Is a sample"), lambda row: record(row).is_sample, Kind.YES_NO),
        *source_columns(record),
        Column("updated_on", _("Last change"), lambda row: day_of(record(row).updated_at), Kind.DATE),
        Column("page", _("Public address"), lambda row: site + record(row).get_absolute_url()),
    )


def both(stem):
    """Names of the two columns of a text, that of the page's language first."""
    languages = ("fa", "en") if get_language() == "fa" else ("en", "fa")
    return tuple(f"{stem}_{language}" for language in languages)


def slug_column(record):
    """What names the record in its address, and never changes."""
    return Column("slug", _("Name in its address"), lambda row: record(row).slug)


def source_columns(record):
    """Publisher, address, day and licence of the record's source, empty where none is named."""
    return (
        Column("source_publisher", _("Source: publisher"), of_source(record, "publisher")),
        Column("source_address", _("Source: address"), of_source(record, "address")),
        Column(
            "source_published_on", _("Source: published on"), of_source(record, "published_on"), Kind.DATE
        ),
        Column("source_licence", _("Source: licence"), of_source(record, "licence")),
    )


def of_source(record, name):
    """A function of a row: `name` of the source of what `record` gives, None where there is no such."""

    def read(row):
        found = record(row)
        return None if found is None or found.source is None else getattr(found.source, name)

    return read


def addresses(records):
    """The addresses of the sources of these records, each once."""
    found = [record.source.address for record in records if record.source and record.source.address]
    return tuple(dict.fromkeys(found))


def freshness_columns(record):
    """When it was last confirmed, and how long ago that is; for records that have `confirmed_on`."""
    return (
        Column("confirmed_on", _("Last confirmed"), lambda row: record(row).confirmed_on, Kind.DATE),
        Column("freshness", _("Freshness"), lambda row: record(row).freshness, Kind.CODE, FRESHNESS),
    )


def sector_columns(record):
    """The sector's name and slug, both empty where there is none or it is not public."""

    def of_sector(name):
        return lambda row: getattr(public(record(row).sector), name, None)

    return (
        Column("sector", _("Sector"), of_sector("name")),
        Column("sector_slug", _("Sector: name in its address"), of_sector("slug")),
    )


def public(record):
    """`record` if the public may see it, else None: for records that belong to no other."""
    return record if record is not None and record.state == State.PUBLISHED else None


def day_of(moment):
    """The day of a moment in the portal's time zone."""
    return timezone.localdate(moment)
