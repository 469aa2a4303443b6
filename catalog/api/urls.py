"""The addresses of the API. Each is answered with and without a slash at its end, and none redirects: not
every program follows. A router of the framework would name and document only one of the two."""

from django.urls import path

from .nouns import viewsets
from .views import Index, Schema

app_name = "api"


def both_addresses(route, view, name, actions=()):
    """The address with its slash, which is the one that is documented, and the same without."""
    return [
        path(f"{route}/", view.as_view(*actions), name=name),
        path(route, view.as_view(*actions, schema=None)),
    ]


urlpatterns = [path("", Index.as_view(), name="index"), *both_addresses("schema", Schema, "schema")]
for viewset in viewsets():
    noun = viewset.noun
    urlpatterns += both_addresses(noun.path, viewset, f"{noun.stem}_list", [{"get": "list"}])
    urlpatterns += both_addresses(
        f"{noun.path}/<slug:key>", viewset, f"{noun.stem}_detail", [{"get": "retrieve"}]
    )
