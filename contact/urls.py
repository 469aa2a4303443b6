"""The pages where visitors write, keep and watch, under the language prefix."""

from django.urls import path, register_converter

from .views import ask, ask_private, confirming, dossier, shortlist, watch


class Token:
    """A token of models.tokens in an address."""

    regex = "[A-Za-z0-9_-]{43}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(Token, "token")

app_name = "contact"

urlpatterns = [
    path("ask/", ask.ask, name="ask"),
    path("ask/<str:token>/", ask_private.ask_private, name="private"),
    path("shortlist/", shortlist.shortlist, name="shortlist"),
    path("shortlist/state/", shortlist.state, name="shortlist_state"),
    path("shortlist/export.<str:suffix>", shortlist.export, name="shortlist_export"),
    path("shortlist/dossier/", dossier.dossier, name="dossier"),
    path("watch/", watch.watch, name="watch"),
    path("watch/sent/", watch.sent, name="watch_sent"),
    path("watch/ended/", watch.ended, name="watch_ended"),
    path("watch/<token:token>/", watch.subscription_page, name="watch_page"),
    path("watch/<token:token>/end/", watch.end, name="watch_end"),
    path("confirm/<str:token>/", confirming.confirm, name="confirm"),
]
