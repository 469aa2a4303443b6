"""From interest to contract: what was stated, and plain words where nothing was."""

import pytest

from catalog.models import GuideStep
from tests.factories import make_guide_step, make_source


def text_of(client, language="en"):
    return client.get(f"/{language}/how-to/").content.decode()


@pytest.mark.django_db
def test_without_a_step_the_page_says_so(client):
    assert "No step is stated yet" in text_of(client)


@pytest.mark.django_db
def test_steps_stand_in_their_order_with_their_source(client):
    make_guide_step(order=20, title_en="Sign")
    make_guide_step(
        order=10, title_en="Ask", origin="press", source=make_source(publisher_en="Example Daily")
    )
    text = text_of(client)
    assert text.index("Ask") < text.index("Sign")
    assert "Example Daily" in text


@pytest.mark.django_db
def test_what_nobody_stated_is_called_so(client):
    make_guide_step(papers_en="Licence\n\n Test report", who_en="The buyer")
    text = text_of(client)
    assert text.count("not stated yet") == 2, "how long, and by what law"
    assert "<li>Licence</li><li>Test report</li>" in text


@pytest.mark.django_db
def test_a_draft_is_not_shown(client):
    make_guide_step(title_en="Hidden", state="draft")
    assert "Hidden" not in text_of(client)


@pytest.mark.usefixtures("loaded")
def test_the_facts_state_no_law_no_paper_and_no_duration(client):
    for step in GuideStep.objects.all():
        assert (step.law_en, step.papers_en, step.duration_en) == ("", "", ""), step.key
        assert step.source or step.origin == "illustrative"
    text = text_of(client, "fa")
    assert GuideStep.objects.first().title_fa in text
    assert 'href="/fa/how-to/"' in client.get("/fa/").content.decode()
