"""What the records of several nouns have in common: their base, links to others, source, addresses.

Names are those of the downloads (catalog/open_data/exports/) and of the dictionary of fields
(catalog/open_data/dictionary.py); texts stand in both languages at once, codes as they are, and
what is not known is null.
"""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rest_framework import serializers

from catalog.models import Company, Contract, Desk, Product, Sector, Source, State
from catalog.models.codes import codes_of
from catalog.open_data.exports.columns import FRESHNESS, day_of


class RecordSerializer(serializers.ModelSerializer):
    """A row as JSON, worded as its model is. `chosen` are the names of the fields to show, None for all."""

    def __init__(self, *args, chosen=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.chosen = chosen

    def get_fields(self):
        fields = super().get_fields()
        for field in fields.values():
            field.read_only = True
        return (
            fields if self.chosen is None else {name: fields[name] for name in fields if name in self.chosen}
        )

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

    def to_representation(self, instance):
        shown = super().to_representation(instance)
        return {name: None if value == "" else value for name, value in shown.items()}


class Codes(serializers.ListField):
    """Several codes of one column (models/codes.py)."""

    def __init__(self, choices=(), **kwargs):
        super().__init__(child=serializers.ChoiceField(choices=choices), read_only=True, **kwargs)

    def to_representation(self, data):
        return list(codes_of(data))


class Code(serializers.ChoiceField):
    """A code that is worked out and no column; null where there is none."""

    def __init__(self, choices, **kwargs):
        super().__init__(choices, read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value):
        return str(value) if value else None


class Address(serializers.URLField):
    """An absolute address that `path_of(record)` leads to."""

    def __init__(self, path_of, **kwargs):
        super().__init__(source="*", read_only=True, **kwargs)
        self.path_of = path_of

    def to_representation(self, value):
        return self.context["absolute"](self.path_of(value))


class Freshness(Code):
    """How long ago the record was confirmed; null for what keeps its date alone."""

    def __init__(self, **kwargs):
        super().__init__(FRESHNESS, label=_("Freshness"), **kwargs)


class Day(serializers.DateField):
    """The day of a record's last change, in the portal's time zone."""

    def __init__(self, **kwargs):
        super().__init__(source="updated_at", read_only=True, **kwargs)

    def to_representation(self, value):
        return day_of(value).isoformat()


def page_address(language):
    """The field with the address of a record's page in that language."""

    def path_of(record):
        with override(language):
            return record.get_absolute_url()

    labels = {"en": _("Public page, in English"), "fa": _("Public page, in Persian")}
    return Address(path_of, label=labels[language])


def own_address(noun, key="slug"):
    """The field with the address of a record in this API."""
    return Address(
        lambda record: reverse(f"api:{noun}_detail", args=[getattr(record, key)]),
        label=_("Address in the API"),
    )


class SourceSerializer(RecordSerializer):
    class Meta:
        model = Source
        fields = ("key", "publisher_en", "publisher_fa", "address", "published_on", "licence")


SAMPLE = {"source": "is_sample", "label": _("Is a sample"), "read_only": True}
ORIGIN = ("origin", "sample", "source")


class OriginSerializer(RecordSerializer):
    """What every record and every figure says of itself: where it comes from, and whether it is a sample."""

    sample = serializers.BooleanField(**SAMPLE)
    source = SourceSerializer(label=_("Source"), allow_null=True)


class NounSerializer(OriginSerializer):
    """What every record with an address of its own ends with; `url` is the noun's own to give."""

    updated_on = Day(label=_("Last change"))
    page_en = page_address("en")
    page_fa = page_address("fa")


ENDING = (*ORIGIN, "updated_on", "url", "page_en", "page_fa")


class Link(RecordSerializer):
    """Another record, by name; null where it is not public."""

    def get_attribute(self, instance):
        record = super().get_attribute(instance)
        return record if record is not None and is_public(record) else None


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


class ContractLink(Link):
    url = own_address("contract", "reference")

    class Meta:
        model = Contract
        fields = ("reference", "title_en", "title_fa", "url")
