"""The addresses of the API that are no noun's: what there is, and the OpenAPI document."""

from django.urls import reverse
from drf_spectacular.utils import inline_serializer
from rest_framework.response import Response
from rest_framework.serializers import URLField
from rest_framework.views import APIView

from . import filters, schema
from .nouns import viewsets
from .viewsets import ApiMixin


class Index(ApiMixin, APIView):
    """What there is, with its address."""

    @property
    def operation(self):
        index = inline_serializer("Index", {name: URLField() for name in self.paths()})
        return schema.Operation("list_addresses", "What there is", index)

    def paths(self):
        nouns = [viewset.noun for viewset in viewsets()]
        paths = {noun.path: reverse(f"api:{noun.stem}_list") for noun in nouns}
        return paths | {"schema": reverse("api:schema")}

    def get(self, request):
        filters.read_nothing(request.query_params)
        return Response({name: request.build_absolute_uri(path) for name, path in self.paths().items()})


class Schema(ApiMixin, APIView):
    """The OpenAPI document."""

    operation = schema.Operation("read_schema", "This document", {"type": "object"})

    def get(self, request):
        filters.read_nothing(request.query_params)
        return Response(schema.openapi_document())
