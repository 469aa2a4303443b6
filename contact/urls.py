"""The pages where visitors write, keep and watch, under the language prefix."""

from django.urls import path

from .views import ask, ask_private

app_name = "contact"

urlpatterns = [
    path("ask/", ask.ask, name="ask"),
    path("ask/<str:token>/", ask_private.ask_private, name="private"),
]
