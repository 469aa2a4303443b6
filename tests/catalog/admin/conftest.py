"""Signed-in staff, and forms as a browser would send them."""

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from catalog import search
from catalog.caching import editions
from catalog.staff.roles import ensure_roles


@pytest.fixture
def staff(db):
    """staff("desk officer") is a Client signed in in that role; `.user` is who signed in."""
    if not Group.objects.exists():  # a test with committed writes empties every table at its end
        ensure_roles()

    def sign_in(role):
        user, _created = User.objects.get_or_create(username=role.replace(" ", "-"), is_staff=True)
        user.groups.set([Group.objects.get(name=role)])
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        client.user = user
        return client

    return sign_in


@pytest.fixture
def committed(transactional_db, settings):
    """Writes are committed, as on the running site, and pages are stored."""
    settings.PAGE_CACHE_BYTES = 2**22
    editions.ensure_triggers()
    ContentType.objects.clear_cache()
    yield
    search.clear()


@pytest.fixture
def officer(staff):
    return staff("desk officer")


@pytest.fixture
def editor(staff):
    return staff("editor")


@pytest.fixture
def administrator(staff):
    return staff("administrator")
