"""What every address of the API has in common, and what a noun's list and records have."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from rest_framework.viewsets import ReadOnlyModelViewSet

from catalog.models import State
from catalog.models.prepared import Keys, OneOf, PreparedQuery
from catalog.open_data.datasets import LICENCE_URL

from . import errors, filters
from .pagination import PositionPagination
from .serializers import Addresses, RecordSerializer
from .throttling import AddressThrottle

JSON_TYPES = {"application/json", errors.MEDIA_TYPE, "application/*", "*/*"}


class ApiMixin:
    """JSON for anybody: limited by address, readable by scripts of other sites, with links to its licence and
    documentation."""

    http_method_names = ("get", "head", "options")
    throttle_classes = (AddressThrottle,)

    @classmethod
    def admit(cls, request):
        """None, or the 429 or 406 with which a request is answered before anything else is looked at, kept
        pages included: see portal.middleware.public_pages, which asks."""
        for throttle in (throttle_class() for throttle_class in cls.throttle_classes):
            if not throttle.allow_request(request, cls):
                return errors.too_many(throttle.wait())
        return None if takes_json(request) else errors.not_acceptable()

    def check_throttles(self, request):
        """The request was counted by `admit` already."""

    def options(self, request, *args, **kwargs):
        """What may be asked, also by a script of another site that wants to send an ETag back."""
        headers = {
            "Access-Control-Allow-Methods": ", ".join(self.allowed_methods),
            "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
            "Access-Control-Max-Age": "86400",
        }
        return HttpResponse(status=204, headers=headers)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Link", ", ".join(self.links(request, response)))
        return response

    def links(self, request, response):
        """Where the licence, the OpenAPI document and the page about the API are."""
        absolute = request.build_absolute_uri
        return [
            f'<{LICENCE_URL}>; rel="license"',
            f'<{absolute(reverse("api:schema"))}>; rel="service-desc"; type="application/json"',
            f'<{absolute(reverse("catalog:api"))}>; rel="service-doc"; type="text/html"',
        ]


def takes_json(request):
    """Whether the visitor takes JSON, whatever parameters it names: `application/json; charset=utf-8`."""
    try:
        accepted = request.accepted_types
    except (LookupError, ValueError):  # `Accept: text/plain; x*=foo''bar` cannot be read
        return False
    return any(f"{one.main_type}/{one.sub_type}".lower() in JSON_TYPES for one in accepted)


class NounViewSet(ApiMixin, ReadOnlyModelViewSet):
    """A noun's list and its records.

    `noun` is its entry in the registry, `title` its name for readers. `queryset` are the public rows, where
    keys are found, and `records` where the rows of these keys are read. `filterset_class` is that of the
    listing, if it has one. `related` are the rows that belong to a row, {name of the field that lists them:
    Related}.
    """

    filter_backends = (filters.ListingFilterBackend,)
    pagination_class = PositionPagination
    lookup_url_kwarg = "key"
    filterset_class = None
    records = None
    related = {}
    noun = None
    title = ""

    @classmethod
    def get_filterset(cls, data, *, every_choice=False):
        """The FilterSet of the listing for a query; with `every_choice` also where the query does not ask."""
        return cls.filterset_class(data, cls.queryset)

    def get_serializer_context(self):
        return {"addresses": self.addresses, "fields": self.query.fields}

    def list(self, request):
        self.query = filters.read_list(self, request.query_params)
        return super().list(request)

    def retrieve(self, request, key):
        self.query = filters.read_record(self, request.query_params)
        return super().retrieve(request)

    def count(self, queryset):
        """How many rows the list has on all pages."""
        return queryset.order_by().count()

    def paginate_queryset(self, queryset):
        """The rows of the page."""
        keys = super().paginate_queryset(queryset)
        rows = self.get_rows(keys)
        return [rows[key] for key in keys if key in rows]

    def get_object(self):
        """The row of that address. Raises WithdrawnError and Http404."""
        wanted = {self.noun.key: self.kwargs["key"]}
        keys = self.queryset.filter(**wanted).values_list("pk", flat=True)
        for row in self.get_rows(keys).values():
            return row
        if withdrawn := self.queryset.model.objects.withdrawn().filter(**wanted).first():
            raise errors.WithdrawnError(withdrawn)
        raise Http404

    def get_rows(self, keys):
        """{key: row} of these public records: the columns that the fields chosen are read from, and the lists
        of what belongs to them. One query, and one for each list."""
        columns = self.serializer_class.columns()
        needed = {column for name in self.query.fields or columns for column in columns[name]}
        lists = [name for name in self.related if name in needed]
        prepared = prepare(self.records, tuple(sorted({"pk", *needed} - {*lists})), "pk")
        rows = {row.pk: row._asdict() for row in prepared(keys=keys)}
        for name in lists if rows else ():
            shown = self.related[name].of(rows, self.addresses)
            for key, row in rows.items():
                row[name] = shown.get(key, [])
        return rows

    @cached_property
    def addresses(self):
        return Addresses(self.request)

    def links(self, request, response):
        data = response.data if self.action == "list" and response.status_code == 200 else {}
        neighbours = (("next", "next"), ("previous", "prev"))
        found = [f'<{data[way]}>; rel="{rel}"' for way, rel in neighbours if data.get(way)]
        return super().links(request, response) + found


@dataclass(frozen=True)
class Related:
    """Rows that belong to others: a queryset in order, its column with the key of that other row, the
    serializer of what each shows, and what leads there from the row. A row is shown where its `states`, its
    own and those of what else it belongs to, are published or empty: read and compared here, because SQLite,
    which has no statistics, would search for them before the key."""

    queryset: QuerySet
    parent: str
    serializer: type[RecordSerializer]
    states: tuple = ()
    prefix: str = ""

    def of(self, keys, addresses):
        """{key of the other row: list of what its rows show}; one query."""
        columns = {f"{self.prefix}{column}" for column in self.serializer.all_columns()} | {*self.states}
        readers = self.serializer.readers(self.prefix).items()
        shown = defaultdict(list)
        for values in prepare(self.queryset, (self.parent, *sorted(columns)), self.parent)(keys=keys):
            row = values._asdict()
            if all(row[state] in (State.PUBLISHED, None) for state in self.states):
                shown[row[self.parent]].append({name: read(row, addresses) for name, read in readers})
        return shown


@lru_cache(maxsize=200)
def prepare(queryset, columns, key):
    """The PreparedQuery for these columns of the rows of which `key` is one of `keys`."""
    return PreparedQuery(
        lambda keys: queryset.filter(OneOf(key, keys)).values_list(*columns, named=True), keys=Keys()
    )
