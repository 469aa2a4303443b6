"""The addresses of the API that are no noun's: what there is, and the OpenAPI document."""

from django.urls import reverse
from rest_framework.response import Response
from rest_framework.views import APIView

from . import filters, schema
from .nouns import NOUNS
from .viewsets import ApiMixin


class Index(ApiMixin, APIView):
    """What there is, with its address."""

    operation = schema.Operation(
        "list_addresses", "What there is", schema.index_of([*(noun.plural for noun in NOUNS), "schema"])
    )

    def get(self, request):
        filters.read_nothing(request.query_params)
        paths = {noun.plural: reverse(f"api:{noun.singular}_list") for noun in NOUNS}
        paths["schema"] = reverse("api:schema")
        return Response({name: request.build_absolute_uri(path) for name, path in paths.items()})


class Schema(ApiMixin, APIView):
    """The OpenAPI document."""

    operation = schema.Operation("read_schema", "This document", {"type": "object"})

    def get(self, request):
        filters.read_nothing(request.query_params)
        return Response(schema.document())
