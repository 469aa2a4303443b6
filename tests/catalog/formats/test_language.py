"""The language of the page that is being written."""

from django.template import engines
from django.utils.translation import override

from catalog.formats.language import page_language, rendering


def test_outside_of_a_page_it_is_the_active_language():
    assert page_language() == "en"
    with override("fa"):
        assert page_language() == "fa"


def test_a_page_keeps_the_language_in_which_it_began():
    with rendering(), override("fa"):
        assert page_language() == "en"
    assert page_language() == "en"


def test_a_template_inside_another_has_a_language_of_its_own():
    template = engines["jinja2"].from_string("{{ language() }}")
    with rendering(), override("fa"):
        assert template.render() == "fa"


def test_it_is_let_go_when_a_page_fails():
    try:
        with rendering():
            raise LookupError
    except LookupError:
        pass
    with override("fa"):
        assert page_language() == "fa"
