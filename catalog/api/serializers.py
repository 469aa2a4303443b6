"""What the records of several nouns have in common: their base, links to others, source, addresses.

Names are those of the downloads (catalog/open_data/exports/) and of the dictionary of fields
(catalog/open_data/dictionary.py); texts stand in both languages at once, codes as they are, and
what is not known is null.

The serializers are the framework's and describe every field to the OpenAPI document and the page about the
API. Only how a row is read differs: it is a dict of columns instead of a model's instance, and each field is
a function of it, made once. Making instances and looking up every field for every row, as the framework does,
took most of a list's time.
"""

from functools import cache

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rest_framework import serializers

from catalog.models import Company, Contract, Desk, Product, Sector, Source, State, freshness
from catalog.models.codes import codes_of


class RecordSerializer(serializers.ModelSerializer):
    """A row as JSON, worded as its model is. The context holds `addresses` (Addresses) and `fields`, names of
    those to show, None for all."""

    present = ("key",)  # columns that are not empty where a record of this kind is linked

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
            return CodeListField, {"choices": codes.choices, "label": options["label"]}
        return field_class, options | ({"allow_null": True} if empty else {})

    @classmethod
    @cache
    def columns(cls):
        """{name of a field: names of the columns that it is read from}, as queryset.values() takes them."""
        return {name: columns_of(field) for name, field in cls().fields.items()}

    @classmethod
    @cache
    def readers(cls, prefix=""):
        """{name of a field: function of a row and of the Addresses, which gives what to show}. `prefix` leads
        from the row to the record."""
        return {name: reader_of(field, prefix) for name, field in cls().fields.items()}

    @classmethod
    def all_columns(cls):
        return {column for columns in cls.columns().values() for column in columns}

    @classmethod
    def names(cls):
        """The names of its fields, in order."""
        return tuple(cls.columns())

    def to_representation(self, row):
        readers, addresses = self.readers(), self.context["addresses"]
        return {name: readers[name](row, addresses) for name in self.context["fields"] or readers}

    def needs(self):
        return tuple(f"{self.source}__{column}" for column in {*self.present, *self.all_columns()})

    def reader(self, prefix):
        """A function of a row that links to a record of this kind: that record, or None."""
        inside = f"{prefix}{self.source}__"
        readers = tuple(self.readers(inside).items())
        present = [f"{inside}{column}" for column in self.present]

        def read(row, addresses):
            if not self.is_present(*[row[column] for column in present]):
                return None
            return {name: read(row, addresses) for name, read in readers}

        return read

    def is_present(self, *values):
        return all(value is not None for value in values)


def columns_of(field):
    """The columns that a field is read from. A list of other records is no column: it is read by itself, and
    stands in the row under its name."""
    return tuple(field.needs()) if hasattr(field, "needs") else (field.source,)


def reader_of(field, prefix):
    """A function of a row and of Addresses: what a serializer's field shows. Fields of ours say so in a
    method `reader`; any other stands for a column."""
    if hasattr(field, "reader"):
        return field.reader(prefix)
    column = f"{prefix}{field.source}"
    if isinstance(field, serializers.DateField):
        return lambda row, addresses: (day := row[column]) and day.isoformat()
    return lambda row, addresses: None if (value := row[column]) == "" else value


class Computed:
    """Mixin of fields whose `value` is worked out from `columns` of the record."""

    columns = ()

    def needs(self):
        return self.columns or (self.source,)

    def reader(self, prefix):
        columns = [f"{prefix}{column}" for column in self.needs()]
        return lambda row, addresses: self.value(*[row[column] for column in columns])


class Rule(Computed):
    """Mixin of fields that show a property of their model, which reads `columns` alone."""

    def value(self, *values):
        model = self.parent.Meta.model
        record = model.__new__(model)  # its columns and its rules, and nothing to save or to follow
        record.__dict__.update(zip(self.columns, values, strict=True))
        return getattr(record, self.source)


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


class CodeListField(Computed, serializers.ListField):
    """Several codes of one column (models/codes.py)."""

    def __init__(self, choices=(), **kwargs):
        super().__init__(child=serializers.ChoiceField(choices=choices), read_only=True, **kwargs)

    def value(self, text):
        return list(codes_of(text))


class CodeField(serializers.ChoiceField):
    """A code that is worked out and no column; null where there is none."""

    def __init__(self, choices, **kwargs):
        super().__init__(choices, read_only=True, allow_null=True, **kwargs)


class AddressField(serializers.URLField):
    """The address of the record with `key` at a route."""

    def __init__(self, route, key="slug", language="en", **kwargs):
        super().__init__(read_only=True, **kwargs)
        self.route, self.key, self.language = route, key, language

    def needs(self):
        return (self.key,)

    def reader(self, prefix):
        route, column, language = self.route, f"{prefix}{self.key}", self.language
        return lambda row, addresses: addresses.of(route, row[column], language)


class FreshnessField(Rule, CodeField):
    """How long ago the record was confirmed; null for what keeps its date alone."""

    columns = ("origin", "confirmed_on")

    def __init__(self, **kwargs):
        super().__init__(freshness.Freshness.choices, label=_("Freshness"), **kwargs)


class SampleField(Rule, serializers.BooleanField):
    """Whether the record is a sample."""

    columns = ("origin",)

    def __init__(self, **kwargs):
        super().__init__(source="is_sample", label=_("Is a sample"), read_only=True, **kwargs)


class ChangedDayField(Computed, serializers.DateField):
    """The day of a record's last change, in the portal's time zone."""

    columns = ("updated_at",)

    def value(self, moment):
        return timezone.localdate(moment).isoformat()


def own_address(noun, key="slug"):
    """The field with the address of a record in this API."""
    return AddressField(f"api:{noun}_detail", key, label=_("Address in the API"))


def address_fields(noun, key="slug"):
    """The fields `url`, `page_en` and `page_fa` of a noun."""
    page = f"catalog:{noun}_detail"
    return (
        own_address(noun, key),
        AddressField(page, key, "en", label=_("Public page, in English")),
        AddressField(page, key, "fa", label=_("Public page, in Persian")),
    )


class SourceSerializer(RecordSerializer):
    class Meta:
        model = Source
        fields = ("key", "publisher_en", "publisher_fa", "address", "published_on", "licence")


ORIGIN_FIELDS = ("origin", "sample", "source")
COMPANY_WORD = ("confirmed_by_company_on", "company_silent_since")


class OriginSerializer(RecordSerializer):
    """What every record and every figure says of itself: where it comes from, and whether it is a sample."""

    sample = SampleField()
    source = SourceSerializer(label=_("Source"), allow_null=True)


class NounSerializer(OriginSerializer):
    """What every record with an address of its own ends with; the addresses are the noun's own to give."""

    updated_on = ChangedDayField(label=_("Last change"), read_only=True)


ENDING = (*ORIGIN_FIELDS, "updated_on", "url", "page_en", "page_fa")


class Link(RecordSerializer):
    """Another record, by name; null where it is not public."""

    present = ("state",)  # of it, and of what it belongs to

    def is_present(self, *states):
        return all(state == State.PUBLISHED for state in states)


class SectorLink(Link):
    url = own_address("sector")

    class Meta:
        model = Sector
        fields = ("slug", "name_en", "name_fa", "url")


class ProductLink(Link):
    present = ("state", "sector__state")
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


class ContractLink(Link):
    url = own_address("contract", "reference")

    class Meta:
        model = Contract
        fields = ("reference", "kind", "url")
