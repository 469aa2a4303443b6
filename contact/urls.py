"""The pages where visitors write, keep and watch, under the language prefix."""

from django.urls import path

from .views import dossier, shortlist

app_name = "contact"

urlpatterns = [
    path("shortlist/", shortlist.shortlist, name="shortlist"),
    path("shortlist/state/", shortlist.state, name="shortlist_state"),
    path("shortlist/export.<str:suffix>", shortlist.export, name="shortlist_export"),
    path("shortlist/dossier/", dossier.dossier, name="dossier"),
]
