"""The benchmark's list of pages stands beside the site's addresses: none is left out."""

import pytest
from django.urls import URLPattern, get_resolver, resolve
from django.utils.translation import override

from tests.bench.pages import EXCEPTIONS, OWN, SIZES, pages


def named_routes(resolver=None, prefix=""):
    """The names of every route but the admin's, as in "catalog:home"."""
    for pattern in (resolver or get_resolver("portal.urls")).url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield prefix + pattern.name
        elif pattern.namespace != "admin":
            yield from named_routes(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)


def test_every_route_is_measured_or_an_exception_with_a_reason():
    measured = {route for page in pages(OWN) for route in page.routes}
    assert measured | set(EXCEPTIONS) == set(named_routes())
    assert measured & set(EXCEPTIONS) == set()


@pytest.mark.parametrize("size", SIZES)
def test_every_path_belongs_to_the_routes_its_page_names(size):
    for page in pages(size):
        for path in page.paths:
            with override(path.split("/")[1] if path[3:4] == "/" else "en"):
                if page.routes:
                    assert resolve(path.partition("?")[0]).view_name in page.routes, path


@pytest.mark.parametrize("size", SIZES)
def test_no_two_pages_have_one_name(size):
    names = [page.name for page in pages(size)]
    assert len(set(names)) == len(names)
