"""The pages where visitors write, keep and watch, under the language prefix."""

from django.urls import path

from .views import confirming

app_name = "contact"

urlpatterns = [
    path("confirm/<str:token>/", confirming.confirm, name="confirm"),
]
