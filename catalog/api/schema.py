"""The OpenAPI document, made from the nouns and their parameters; in English.

It names sectors and desks as they are now, so it is made anew for each edition of the catalogue: the
PublicPagesMiddleware keeps it as it keeps pages.
"""

import threading
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from catalog.open_data.datasets import LICENCE_URL

from .errors import MEDIA_TYPE
from .nouns import viewsets
from .reference import fields_parameter, parameters

API_VERSION = "1.0.0"
_alone = threading.Lock()
DESCRIPTION = """\
Products that are imported and could be made at home, who works on them, who promises to buy, idle plants,
desks and contracts: everything public, read-only, without a key.

* **Languages**: texts stand in both, in fields that end in `_en` and `_fa`; codes are explained here.
  Messages and the order of names follow `Accept-Language` (`en` or `fa`).
* **Empty** is null: not known. Money is in whole units of its currency, years are Iranian (1399 =
  2020-03-20 to 2021-03-20), days are Gregorian (ISO 8601).
* **Origin**: every record and every figure says where it comes from (`origin`, `source`). `sample` marks
  invented records that stand for nothing real: leave them out of what you publish.
* **Pages**: follow `next` until it is null. Rows that are added meanwhile neither repeat nor hide others.
  For a complete copy `order` by what does not change (`name`, `reference`), or take the bulk files of the
  open data page.
* **Copies**: send the `ETag` back as `If-None-Match` and get 304 while nothing changed.
* **Limits**: so many requests a minute for each address, counted by each process of the server; above that
  429 says in `Retry-After` when to go on.
* **Faults** are problems as in RFC 9457 and name every parameter that cannot be used.
"""
DESCRIPTIONS = {
    400: "A parameter cannot be used; `errors` names each, and the values it takes.",
    404: "No public record and no list is here; or no page begins at that cursor.",
    406: "Something else than JSON was asked for.",
    410: "The record was public and has been withdrawn; the reason stands in both languages.",
    429: "Too many requests in a minute; `Retry-After` says in how many seconds to go on.",
}
EXAMPLES = {
    "q": ("pump", "pump"),
    "hs": ("a chapter", "84"),
    "import_min": ("ten million", 10_000_000),
    "year": ("1399", 1399),
    "page_size": ("a large page", 100),
}


class FaultSerializer(serializers.Serializer):
    parameter = serializers.CharField()
    value = serializers.CharField(help_text="What was given, as far as it is repeated.")
    message = serializers.CharField(help_text="In the language of the request.")
    allowed = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="What it takes, where this can be listed."
    )


class ProblemSerializer(serializers.Serializer):
    """What is said instead of an answer (RFC 9457)."""

    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="In the language of the request.")
    errors = FaultSerializer(many=True, required=False)
    reason_en = serializers.CharField(required=False, help_text="Why the record was withdrawn.")
    reason_fa = serializers.CharField(required=False, help_text="The same, in Persian.")
    retry_after = serializers.IntegerField(required=False, help_text="Seconds.")


@dataclass(frozen=True)
class Operation:
    """What the document says of an address: its name, what it answers (a serializer, or a JSON Schema), the
    statuses of its problems, the reference.Parameters it takes."""

    id: str
    summary: str
    content: object
    description: str = ""
    statuses: tuple = (400, 406, 429)
    parameters: tuple = ()


def operation_of(view):
    """The Operation of a view: its own `operation`, or that of a noun's list or records."""
    if hasattr(view, "operation"):
        return view.operation
    if view.action == "list":
        return Operation(
            f"list_{view.noun.path}",
            f"{view.title}, page by page",
            view.serializer_class(many=True),
            f"The public {view.noun.path} that match, in the order of the site's own list.",
            (400, 404, 406, 429),
            tuple(parameters(view)),
        )
    return Operation(
        f"read_{view.noun.path}",
        f"One of the {view.noun.path}",
        view.serializer_class,
        statuses=(400, 404, 406, 410, 429),
        parameters=(fields_parameter(view),),
    )


class ApiSchema(AutoSchema):
    """Describes a view by its Operation."""

    def get_operation(self, *args):
        self.described = operation_of(self.view)
        return super().get_operation(*args)

    def get_operation_id(self):
        return self.described.id

    def get_tags(self):
        return [self.described.id.partition("_")[2]]

    def get_auth(self):
        return []

    def get_summary(self):
        return self.described.summary

    def get_description(self):
        return self.described.description

    def get_override_parameters(self):
        return [_described(one) for one in self.described.parameters]

    def _resolve_path_parameters(self, variables):
        if not variables:
            return []
        key = self.view.noun.key
        first = self.view.queryset.order_by("pk").values_list(key, flat=True).first()
        described = {"description": f"Its `{key}`."} | ({"example": first} if first else {})
        return [one | described for one in super()._resolve_path_parameters(variables)]

    def get_paginated_name(self, serializer_name):
        return f"{serializer_name}Page"

    def get_response_serializers(self):
        answers = {200: OpenApiResponse(self.described.content, "As asked.")}
        for status in self.described.statuses:
            answers[status, MEDIA_TYPE] = OpenApiResponse(ProblemSerializer, DESCRIPTIONS[status])
        return answers | {414: OpenApiResponse(None, "The address is longer than 8,190 bytes.")}


def _described(one):
    example = EXAMPLES.get(one.name)
    listed = one.name == "fields"  # separated by commas; filters are repeated instead
    if listed:
        example = ("the first three", one.schema["items"]["enum"][:3])
    return OpenApiParameter(
        one.name,
        one.schema,
        description="\n".join([one.meaning, *(f"* `{value}`: {words}" for value, words in one.choices)]),
        style="form" if one.many or listed else None,
        explode=None if not (one.many or listed) else not listed,
        examples=[OpenApiExample(example[0], example[1])] if example else (),
    )


def openapi_document():
    """The OpenAPI document of the API, a dict. One at a time: the framework keeps the view that is described
    where every thread finds it."""
    with _alone, override("en"):
        return SchemaGenerator(api_version=API_VERSION).get_schema(request=None, public=True)


def tidy_document(result, generator, request, public):
    """What the generator cannot know. Everything is only read, so it need not say so at each field; a record
    has exactly the fields that were chosen, and what is inside it all of its own."""
    records = {viewset.serializer_class.__name__.removesuffix("Serializer") for viewset in viewsets()}
    for name, component in result["components"]["schemas"].items():
        properties = component.get("properties", {})
        for one in properties.values():
            _bare(one)
        if name in ("Problem", "Fault"):
            continue
        component.pop("description", None)  # the docstring of its serializer
        component["required"] = list(properties)
        if name in records:
            del component["required"]
    result["components"].pop("securitySchemes", None)
    result["info"] = {
        "title": "Domestic Production Portal: open data",
        "version": API_VERSION,
        "summary": "Read-only, no key needed.",
        "description": DESCRIPTION,
        "license": {"name": "CC BY 4.0", "url": LICENCE_URL},
    }
    with override("en"):
        page = reverse("catalog:api")
    result["servers"] = [{"url": "/", "description": "Where this document is."}]
    result["externalDocs"] = {"url": page, "description": "The page about this API"}
    result["tags"] = [
        {"name": viewset.noun.path, "description": str(viewset.title)} for viewset in viewsets()
    ]
    return result


def _bare(schema):
    for name in ("readOnly", "x-spec-enum-id"):
        schema.pop(name, None)
    for inner in (schema.get("items"), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        if isinstance(inner, dict):
            _bare(inner)
