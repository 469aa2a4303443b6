"""Every address of the site, and a view that does nothing: behind the same middleware, and without."""

from django.http import HttpResponse
from django.urls import path

from portal.urls import handler400, handler403, handler404, handler500, urlpatterns
from tests.bench.paths import BARE, HELLO

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def hello(request):
    return HttpResponse("hello, world", content_type="text/plain")


urlpatterns = [*(path(address[1:], hello) for address in (HELLO, BARE)), *urlpatterns]
