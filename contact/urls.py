"""The pages where visitors write, keep and watch, under the language prefix."""

app_name = "contact"

urlpatterns = []
