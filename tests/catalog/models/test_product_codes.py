"""Further customs codes of products and shares of codes."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from catalog import search
from catalog.models import ProductCode
from tests.factories import make_product, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def pump():
    return make_product(slug="pump", name_en="Pump", hs_code="841370")


def test_a_product_is_found_by_its_further_codes(pump):
    make_product(slug="other", hs_code="870899")
    row = ProductCode.objects.create(product=pump, code="84138110")
    for hs in ("841381", "8413", "84138110", "8413.81"):
        assert {one.pk for one in pump.__class__.objects.matching(hs)} == {pump.pk}, hs
        answer = Client().get("/en/products/", {"hs": hs}, follow=True)
        assert "/en/products/pump/" in answer.content.decode(), hs
    row.delete()
    assert not search.match("841381").tiers


def test_shares_of_a_code_come_to_100_at_most(pump):
    source = make_source()
    ProductCode.objects.create(
        product=make_product(name_en="Valve"), code="841370", share="80.5", source=source
    )
    row = ProductCode(product=pump, code="841370", share="19.5", source=source)
    row.full_clean()
    row.share = 20
    with pytest.raises(ValidationError, match=r"code: Valve\. At most 19\.5 percent are left"):
        row.full_clean()


def test_shares_of_samples_and_of_withdrawn_products_limit_no_real_one(pump):
    source = make_source()
    for values in ({"origin": "sample"}, {"state": "withdrawn"}):
        other = make_product(**values)
        origin = values.get("origin", "ministry")
        ProductCode.objects.create(product=other, code="841370", share=80, source=source, origin=origin)
    ProductCode(product=pump, code="841370", share=50, source=source).full_clean()
    ProductCode.objects.create(product=make_product(name_en="Valve"), code="841370", share=60, source=source)
    for origin in ("ministry", "sample"):
        with pytest.raises(ValidationError, match="Valve"):
            ProductCode(product=pump, code="841370", share=50, source=source, origin=origin).full_clean()


@pytest.mark.parametrize("share", [0, -1, 101])
def test_a_share_is_a_part_of_the_whole(pump, share):
    with pytest.raises(ValidationError, match="share"):
        ProductCode(product=pump, code="841370", share=share, source=make_source()).full_clean()


def test_who_states_a_share_is_named(pump):
    with pytest.raises(ValidationError, match="Name the source that states this share"):
        ProductCode(product=pump, code="841370", share=5).full_clean()


@pytest.mark.parametrize(("language", "words"), [("en", "37.5% of what is imported"), ("fa", "۳۷٫۵")])
def test_the_page_tells_them_with_their_source(pump, language, words):
    source = make_source(publisher_en="Customs", publisher_fa="گمرک")
    ProductCode.objects.create(product=pump, code="84138110", share="37.5", source=source)
    text = Client().get(f"/{language}/products/pump/").content.decode()
    assert "8413.81.10" in text
    assert words in text
    assert source.publisher_en in text or source.publisher_fa in text


def test_the_api_has_them(pump):
    ProductCode.objects.create(product=pump, code="84138110")
    record = Client().get("/api/v1/products/pump/").json()
    assert [(one["code"], one["share"]) for one in record["codes"]] == [("84138110", None)]
