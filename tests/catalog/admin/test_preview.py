"""The public page of what is not public, for staff alone: nothing of it stays, nobody else ever gets it."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.caching import editions
from catalog.models import Document, Engagement, ImportRecord, Product, Revision
from tests import factories as make

from .forms import send


def preview_url(record, language="en"):
    return f"/admin/catalog/{record._meta.model_name}/{record.pk}/preview/{language}/"


def rows_everywhere():
    """How many rows each table of the catalogue has, histories with them."""
    kinds = ContentType.objects.filter(app_label="catalog")
    return {kind.model: kind.model_class()._base_manager.count() for kind in kinds if kind.model_class()}


@pytest.fixture
def draft(db):
    sector = make.make_sector(state="draft")
    product = make.make_product(name_en="Slurry pump", name_fa="پمپ دوغاب", state="draft", sector=sector)
    make.make_import(product=product, value=12_345_678)
    Document.objects.create(product=product, title_en="Drawing 7", title_fa="نقشهٔ ۷")
    return product


def test_a_draft_shows_as_its_public_page_in_both_languages(editor, draft):
    for language, words in (("en", ["Slurry pump", "Only staff see"]), ("fa", ["پمپ دوغاب", 'lang="fa"'])):
        page = editor.get(preview_url(draft, language))
        assert page.status_code == 200
        assert all(each in page.text for each in words)
        assert page.headers["Cache-Control"] == "private, no-store"
        assert page.headers["X-Robots-Tag"] == "noindex"
        assert page.headers["Content-Language"] == language
        assert '<meta name="robots" content="noindex">' in page.text
        assert 'rel="canonical"' not in page.text
        other = preview_url(draft, "fa" if language == "en" else "en")
        assert f'href="{other}"' in page.text, "the other language is the preview in it"
    assert "Drawing 7" in editor.get(preview_url(draft)).text, "what travels with it is shown with it"


def test_nothing_of_a_preview_stays(editor, draft):
    before = (
        rows_everywhere(),
        editions.current(),
        Product.objects.get().state,
        Product.objects.get().updated_at,
    )
    assert editor.get(preview_url(draft)).status_code == 200
    after = (
        rows_everywhere(),
        editions.current(),
        Product.objects.get().state,
        Product.objects.get().updated_at,
    )
    assert before == after


def test_the_public_gets_the_same_bytes_after_a_preview_and_a_save_elsewhere(committed, client, staff):
    """Pages are stored here, and every write is committed."""
    editor = staff("editor")
    public = make.make_product(name_en="Valve", state="published")
    draft = make.make_product(name_en="Hidden pump", state="draft", sector=public.sector)
    addresses = [public.get_absolute_url(), public.sector.get_absolute_url(), "/en/products/", "/en/"]

    def seen():
        return [client.get(address).content for address in addresses]

    before = seen()
    assert "Hidden pump" in editor.get(preview_url(draft)).text
    assert seen() == before
    assert client.get(draft.get_absolute_url()).status_code == 404
    other = make.make_company(name_en="Elsewhere")
    without = seen()
    assert "Hidden pump" in editor.get(preview_url(draft)).text
    assert seen() == without
    assert not any(b"Hidden pump" in page for page in without)
    other.name_en = "Elsewhere again"
    other.save()
    assert "Hidden pump" in editor.get(preview_url(draft)).text
    assert not any(b"Hidden pump" in page for page in seen())
    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("kind", ["product", "revision"])
def test_whoever_is_not_signed_in_is_asked_to(client, editor, draft, kind):
    public = make.make_product()
    send(editor, f"/admin/catalog/product/{public.pk}/change/", {"name_en": "Other"}, "_propose")
    pk = {"product": draft.pk, "revision": Revision.objects.get().pk}[kind]
    answer = client.get(f"/admin/catalog/{kind}/{pk}/preview/en/")
    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/")


def test_what_has_no_public_page_has_no_preview(administrator, draft):
    for record in (make.make_source(), make.make_rate(), make.make_office()):
        page = administrator.get(f"/admin/catalog/{record._meta.model_name}/{record.pk}/change/")
        assert "/preview/" not in page.text
        assert administrator.get(preview_url(record)).status_code == 404
    user = administrator.user
    assert administrator.get(f"/admin/auth/user/{user.pk}/preview/en/").status_code in {302, 404}
    assert administrator.get(preview_url(draft, "de")).status_code == 404
    assert administrator.get("/admin/catalog/product/999999/preview/en/").status_code == 404
    assert administrator.get("/admin/catalog/revision/999999/preview/en/").status_code == 404


def test_every_noun_with_a_page_has_a_preview(editor):
    product = make.make_product(state="draft")
    desk = make.make_desk(state="draft", sectors=[make.make_sector()], products=[product])
    shown = [
        product.sector,
        product,
        make.make_company(state="draft"),
        make.make_unit([product], state="draft"),
        desk,
        make.make_contract([5], state="draft", desk=desk),
        make.make_engagement(product=product, state="draft"),
        make.make_import(product=product),
        make.make_demand(product=product),
        make.make_facility(state="draft"),
        make.make_statement(indicator=make.make_indicator(state="draft")),
        make.make_company(state="withdrawn"),
        Document.objects.create(desk=desk, title_en="Call", title_fa="فراخوان"),
    ]
    for record in shown:
        for language in ("en", "fa"):
            page = editor.get(preview_url(record, language))
            assert page.status_code == 200, record
            assert "preview-banner" in page.text


def test_a_draft_in_one_language_is_shown_too(editor, draft):
    Product.objects.filter(pk=draft.pk).update(name_en="")
    assert "پمپ دوغاب" in editor.get(preview_url(draft)).text
    assert Product.objects.get().state == "draft"


@pytest.fixture
def proposed(editor):
    """The Revision by which an editor renames a product, adds an import, an engagement and a file to it."""
    product, company = make.make_product(name_en="Slurry pump"), make.make_company(name_en="Alamutin")
    rows = {
        "imports-TOTAL_FORMS": "1",
        "imports-0-year": "1404",
        "imports-0-value": "87654321",
        "imports-0-currency": "USD",
        "engagements-TOTAL_FORMS": "1",
        "engagements-0-company": company.pk,
        "engagements-0-stage": "prototype",
        "documents-TOTAL_FORMS": "1",
        "documents-0-kind": "drawing",
        "documents-0-title_en": "Drawing 7",
        "documents-0-title_fa": "نقشهٔ ۷",
        "documents-0-access": "public",
        "documents-0-file": SimpleUploadedFile("a.pdf", b"%PDF-1.7"),
    }
    url = f"/admin/catalog/product/{product.pk}/change/"
    answer = send(editor, url, {"name_en": "Pump for slurry", **rows}, "_propose")
    assert answer.status_code == 302
    return Revision.objects.get()


def test_a_proposal_shows_as_its_public_page_would_be(client, editor, staff, proposed):
    reviewer = staff("reviewer")
    before = (rows_everywhere(), editions.current(), storages["default"].listdir("")[1])
    for each in (editor, reviewer):
        page = each.get(preview_url(proposed))
        assert page.status_code == 200
        assert all(
            word in page.text for word in ("Pump for slurry", "Alamutin", "Drawing 7", "preview-banner")
        )
        assert "87.7" in page.text, "of the import that is proposed"
    assert (rows_everywhere(), editions.current(), storages["default"].listdir("")[1]) == before
    assert "Pump for slurry" not in client.get(Product.objects.get().get_absolute_url()).text
    proposed.refresh_from_db()
    assert (proposed.state, ImportRecord.objects.count(), Engagement.objects.count()) == ("open", 0, 0)
    assert (
        preview_url(proposed, "fa")
        in reviewer.get(f"/admin/catalog/revision/{proposed.pk}/change/", follow=True).text
    )


def test_a_proposed_row_shows_on_the_page_it_belongs_to(editor, staff):
    product = make.make_product(name_en="Slurry pump")
    row = {"product": product.pk, "year": "1404", "value": "87654321", "currency": "USD"}
    send(editor, "/admin/catalog/importrecord/add/", row)
    page = staff("reviewer").get(preview_url(Revision.objects.get()))
    assert page.status_code == 200
    assert "Slurry pump" in page.text
    assert not ImportRecord.objects.exists()


def test_who_does_not_see_a_proposal_does_not_see_its_preview(officer, proposed):
    assert officer.get(preview_url(proposed)).status_code == 404


def test_what_does_not_fit_together_is_said_so(staff, proposed):
    proposed.proposed["hs_code"] = ["12"]
    proposed.save()
    page = staff("reviewer").get(preview_url(proposed))
    assert page.status_code == 409
    assert "does not fit together yet" in page.text
