"""The addresses of the API."""

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.open_data.datasets import LICENCE_URL

from . import answers, query, schema, throttling
from .nouns import NOUNS


class ApiView(APIView):
    """What every address has in common. `admit` is asked before a kept page is handed out: see
    portal.middleware.PublicPagesMiddleware. The rest is what schema.py tells of it: the name of the
    operation, its summary and description, the statuses of its problems, its `content` and `parameters`."""

    http_method_names = ["get", "head", "options"]
    admit = staticmethod(throttling.admit)
    operation = summary = description = ""
    statuses = (400, 406, 429)

    def content(self):
        """What it answers, as a serializer or a JSON Schema."""
        return {"type": "object"}

    def parameters(self):
        """The query.Parameters it takes."""
        return []

    def options(self, request, *args, **kwargs):
        """What may be asked, also by a script of another site that wants to send an ETag back."""
        allowed = ", ".join(self.allowed_methods)
        headers = {
            "Access-Control-Allow-Methods": allowed,
            "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
            "Access-Control-Max-Age": "86400",
        }
        return HttpResponse(status=204, headers=headers)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Link", ", ".join(self.links(request, response)))
        return response

    def links(self, request, response):
        """Where licence, OpenAPI document and the page about the API are, and the neighbours of a page."""
        absolute = request.build_absolute_uri
        found = [
            f'<{LICENCE_URL}>; rel="license"',
            f'<{absolute(reverse("api:schema"))}>; rel="service-desc"; type="application/json"',
            f'<{absolute(reverse("catalog:api"))}>; rel="service-doc"; type="text/html"',
        ]
        return found + [
            f'<{response.data[way]}>; rel="{rel}"'
            for way, rel in (("next", "next"), ("previous", "prev"))
            if response.status_code == 200 and isinstance(self, NounList) and response.data[way]
        ]


class Index(ApiView):
    """What there is, with its address."""

    operation, summary = "list_addresses", "What there is"

    def content(self):
        return schema.index_of([*(noun.name for noun in NOUNS), "schema"])

    def get(self, request):
        query.of_nothing(request.GET)
        names = {noun.name: reverse(f"api:{noun.one}_list") for noun in NOUNS}
        names["schema"] = reverse("api:schema")
        return Response({name: request.build_absolute_uri(path) for name, path in names.items()})


class NounView(ApiView):
    """An address of `noun`."""

    noun = None


class NounList(NounView):
    """A page of its rows."""

    statuses = (400, 404, 406, 429)

    @property
    def operation(self):
        return f"list_{self.noun.name}"

    @property
    def summary(self):
        return f"{self.noun.title}, page by page"

    @property
    def description(self):
        return f"The public {self.noun.name} that match, in the order of the site's own list."

    def content(self):
        return schema.page_of(self.noun)

    def parameters(self):
        return query.parameters(self.noun)

    def get(self, request):
        return Response(answers.listed(self.noun, request.GET, request.build_absolute_uri))


class NounDetail(NounView):
    """One row."""

    statuses = (400, 404, 406, 410, 429)

    @property
    def operation(self):
        return f"read_{self.noun.name}"

    @property
    def summary(self):
        return f"One of the {self.noun.name}"

    def content(self):
        return self.noun.serializer

    def parameters(self):
        return [query.fields_parameter(self.noun)]

    def get(self, request, key):
        return Response(answers.found(self.noun, key, request.GET, request.build_absolute_uri))


class Schema(ApiView):
    """The OpenAPI document."""

    operation, summary = "read_schema", "This document"

    def get(self, request):
        query.of_nothing(request.GET)
        return Response(schema.document())
