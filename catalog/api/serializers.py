"""What the records of several nouns have in common: their base, links to others, source, addresses.

Names are those of the downloads (catalog/open_data/exports/) and of the dictionary of fields
(catalog/open_data/dictionary.py); texts stand in both languages at once, codes as they are, and
what is not known is null.

The serializers are the framework's and describe every field to the OpenAPI document and the page about the
API. Only how a row is read differs: a function for each field, made once (`reader_of`). The framework looks
every field up anew for every row, which took half the time of a list.
"""

from functools import cache
from operator import attrgetter

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rest_framework import serializers

from catalog.models import Company, Desk, Product, Sector, Source, State
from catalog.models.codes import codes_of
from catalog.open_data.exports.origins import FRESHNESS


class RecordSerializer(serializers.ModelSerializer):
    """A row as JSON, worded as its model is. The context holds `addresses` (Addresses) and `fields`, names of
    those to show, None for all."""

    def get_fields(self):
        fields = super().get_fields()
        for field in fields.values():
            field.read_only = True
        return fields

    def build_standard_field(self, field_name, model_field):
        field_class, options = super().build_standard_field(field_name, model_field)
        empty = model_field.null or model_field.blank
        options = {name: options[name] for name in ("choices",) if name in options}
        options |= {"label": capfirst(model_field.verbose_name), "read_only": True}
        if model_field.help_text:
            options["help_text"] = model_field.help_text
        if codes := getattr(model_field, "codes", None):
            return Codes, {"choices": codes.choices, "label": options["label"]}
        return field_class, options | ({"allow_null": True} if empty else {})

    @classmethod
    @cache
    def readers(cls):
        """{name of a field: function of a record and of the Addresses, which gives what to show}."""
        return {name: reader_of(field) for name, field in cls().fields.items()}

    @classmethod
    def names(cls):
        """The names of its fields, in order."""
        return tuple(cls.readers())

    def to_representation(self, record):
        readers, addresses = self.readers(), self.context["addresses"]
        return {name: readers[name](record, addresses) for name in self.context["fields"] or readers}

    def read(self, record, addresses):
        """What it shows where it is a field of another: of `record`, the other row."""
        row = getattr(record, self.source)
        return None if row is None else self.read_row(row, addresses)

    def read_row(self, row, addresses):
        return {name: read(row, addresses) for name, read in self.readers().items()}


def reader_of(field):
    """A function of a record and of Addresses: what a serializer's field shows. Fields of ours say so in a
    method `read`; any other stands for a column."""
    if hasattr(field, "read"):
        return field.read
    value_of = attrgetter(field.source)
    if isinstance(field, serializers.ListSerializer):
        read_row = field.child.read_row
        return lambda record, addresses: [read_row(row, addresses) for row in value_of(record)]
    if isinstance(field, serializers.DateField):
        return lambda record, addresses: (day := value_of(record)) and day.isoformat()
    return lambda record, addresses: None if (value := value_of(record)) == "" else value


class Addresses:
    """Absolute addresses. Each route is looked up once for a request, not once for a row."""

    def __init__(self, request):
        self.request = request
        self.parents = {}

    def of(self, route, key, language):
        """That of the record with that key (of letters, digits and hyphens)."""
        parent = self.parents.get((route, language))
        if parent is None:
            with override(language):
                address = self.request.build_absolute_uri(reverse(route, args=["key"]))
            parent = self.parents[route, language] = address.removesuffix("key/")
        return f"{parent}{key}/"


class Codes(serializers.ListField):
    """Several codes of one column (models/codes.py)."""

    def __init__(self, choices=(), **kwargs):
        super().__init__(child=serializers.ChoiceField(choices=choices), read_only=True, **kwargs)

    def read(self, record, addresses):
        return list(codes_of(getattr(record, self.source)))


class Code(serializers.ChoiceField):
    """A code that is worked out and no column; null where there is none."""

    def __init__(self, choices, **kwargs):
        super().__init__(choices, read_only=True, allow_null=True, **kwargs)


class Address(serializers.URLField):
    """The address of the record with `key` at a route."""

    def __init__(self, route, key="slug", language="en", **kwargs):
        super().__init__(read_only=True, **kwargs)
        self.route, self.key, self.language = route, key, language

    def read(self, record, addresses):
        return addresses.of(self.route, getattr(record, self.key), self.language)


class Freshness(Code):
    """How long ago the record was confirmed; null for what keeps its date alone."""

    def __init__(self, **kwargs):
        super().__init__(FRESHNESS, label=_("Freshness"), **kwargs)


class Day(serializers.DateField):
    """The day of a record's last change, in the portal's time zone."""

    def read(self, record, addresses):
        return timezone.localdate(record.updated_at).isoformat()


def own_address(noun, key="slug"):
    """The field with the address of a record in this API."""
    return Address(f"api:{noun}_detail", key, label=_("Address in the API"))


def addresses_of(noun, key="slug"):
    """The fields `url`, `page_en` and `page_fa` of a noun."""
    page = f"catalog:{noun}_detail"
    return (
        own_address(noun, key),
        Address(page, key, "en", label=_("Public page, in English")),
        Address(page, key, "fa", label=_("Public page, in Persian")),
    )


class SourceSerializer(RecordSerializer):
    class Meta:
        model = Source
        fields = ("key", "publisher_en", "publisher_fa", "address", "published_on", "licence")


ORIGIN = ("origin", "sample", "source")


class OriginSerializer(RecordSerializer):
    """What every record and every figure says of itself: where it comes from, and whether it is a sample."""

    sample = serializers.BooleanField(source="is_sample", label=_("Is a sample"), read_only=True)
    source = SourceSerializer(label=_("Source"), allow_null=True)


class NounSerializer(OriginSerializer):
    """What every record with an address of its own ends with; the addresses are the noun's own to give."""

    updated_on = Day(label=_("Last change"), read_only=True)


ENDING = (*ORIGIN, "updated_on", "url", "page_en", "page_fa")


class Link(RecordSerializer):
    """Another record, by name; null where it is not public."""

    def read(self, record, addresses):
        row = getattr(record, self.source)
        return self.read_row(row, addresses) if row is not None and is_public(row) else None


def is_public(record):
    """Whether the public may see a record; of a product its sector must be at hand."""
    return record.is_public if isinstance(record, Product) else record.state == State.PUBLISHED


class SectorLink(Link):
    url = own_address("sector")

    class Meta:
        model = Sector
        fields = ("slug", "name_en", "name_fa", "url")


class ProductLink(Link):
    url = own_address("product")

    class Meta:
        model = Product
        fields = ("slug", "name_en", "name_fa", "hs_code", "url")


class CompanyLink(Link):
    url = own_address("company")

    class Meta:
        model = Company
        fields = ("slug", "name_en", "name_fa", "url")


class DeskLink(Link):
    url = own_address("desk")

    class Meta:
        model = Desk
        fields = ("slug", "name_en", "name_fa", "url")
