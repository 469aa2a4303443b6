"""The addresses of the API. Each is answered with and without a slash at its end, and none redirects: not
every program follows."""

from django.urls import path

from .nouns import NOUNS
from .views import Index, NounDetail, NounList, Schema

app_name = "api"


def both(route, view, name, **options):
    """The address with its slash, which is the one that is documented, and the same without."""
    return [
        path(f"{route}/", view.as_view(**options), name=name),
        path(route, view.as_view(**options, schema=None)),
    ]


urlpatterns = [path("", Index.as_view(), name="index")]
for noun in NOUNS:
    urlpatterns += both(noun.name, NounList, f"{noun.one}_list", noun=noun)
    urlpatterns += both(f"{noun.name}/<slug:key>", NounDetail, f"{noun.one}_detail", noun=noun)
urlpatterns += both("schema", Schema, "schema")
