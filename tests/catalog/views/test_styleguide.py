import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.template.loader import get_template
from django.utils import translation

pytestmark = pytest.mark.django_db
TEMPLATES = settings.BASE_DIR / "templates" / "public"


@pytest.fixture
def guide(client):
    client.force_login(User.objects.create_user("staff", is_staff=True))
    return lambda language: client.get(f"/{language}/styleguide/")


def test_only_staff_see_the_style_guide(client):
    assert client.get("/en/styleguide/").status_code == 302


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fa", "rtl")])
def test_it_shows_every_component_in_its_language(guide, language, direction):
    response = guide(language)
    assert response.status_code == 200
    assert f'<html lang="{language}" dir="{direction}">' in response.text
    assert 'name="robots" content="noindex"' in response.text


@pytest.mark.parametrize("language", ["en", "fa"])
def test_nothing_on_it_needs_an_inline_style_or_script(guide, language):
    text = guide(language).text
    assert not re.search(r"<[^>]*\sstyle=", text)
    assert not re.search(r"<[^>]*\son[a-z]+=", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def test_no_id_occurs_twice(guide):
    ids = re.findall(r'\sid="([^"]*)"', guide("en").text)
    assert len(ids) == len(set(ids))


def test_in_persian_no_number_of_a_drawing_is_localised(guide):
    assert not re.search(r'\s(?:x|y|width|height|d|viewBox)="[^"]*[۰-۹٫]', guide("fa").text)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "410", "500"])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_error_pages_stand_without_a_request(name, language, django_assert_num_queries):
    with translation.override(language), django_assert_num_queries(0):
        page = get_template(f"{name}.html").render(
            {"LANGUAGE_CODE": language, "site_name": "Portal", "reason": "ECU"}
        )
    assert f'<html lang="{language}"' in page
    assert "noindex" in page
    assert f'href="/{language}/"' in page


def test_every_component_says_what_it_takes():
    for folder in ("components", "charts"):
        for path in (TEMPLATES / folder).glob("*.html"):
            assert "{#" in path.read_text(encoding="utf-8"), f"{path.name} has no comment"
