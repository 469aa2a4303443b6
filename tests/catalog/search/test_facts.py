"""Search over the facts the portal ships: what an investor types finds what stands there."""

from io import StringIO

import pytest
from django.core.management import call_command

from catalog.models import Product
from catalog.search.fold import compounds, words


@pytest.fixture
def facts(db):
    call_command("load_data", facts_only=True, stdout=StringIO())


def found(text):
    return set(Product.objects.published().matching(text).values_list("slug", flat=True))


def test_words_codes_and_companies_find_their_products(facts):
    spellings = [
        "پلی پروپیلن",
        "پلیپروپیلن",
        "پلی‌پروپیلن",
        "پلي پروپيلن",
        "پليپروپيلن",
        "پلي‌پروپيلن",
    ]
    assert found(spellings[0]) == {"expanded-polypropylene", "pp-polymerisation-catalyst"}
    assert all(found(spelling) == found(spellings[0]) for spelling in spellings)
    assert found("polypropylen") == found("POLYPROPYLENE") == found(spellings[0])
    assert found("كاتاليست پليپروپيلن") == {"pp-polymerisation-catalyst"}
    assert found("16") == found("۱۶") == found("١٦") == {"ct-scanner"}
    with_code = set(Product.objects.filter(hs_code="841370").values_list("slug", flat=True))
    assert len(with_code) == 6
    assert found("841370") == found("8413.70") == found("۸۴۱۳۷۰") == with_code
    assert len(found("8413")) == 11
    worked_on = set(
        Product.objects.filter(engagements__company__slug="oil-turbo-compressor").values_list(
            "slug", flat=True
        )
    )
    assert worked_on
    assert found("Oil Turbo Compressor Company") >= worked_on
    assert found("توربو کمپرسور نفت") >= worked_on


def test_every_compound_of_the_facts_is_found_however_it_is_typed(facts):
    texts = {
        product.slug: [
            product.name_en,
            product.name_fa,
            product.summary_en,
            product.summary_fa,
            product.sector.name_en,
            product.sector.name_fa,
            *(alias.text for alias in product.aliases.all()),
            *(e.company.name_en for e in product.engagements.all()),
            *(e.company.name_fa for e in product.engagements.all()),
        ]
        for product in Product.objects.published()
        .select_related("sector")
        .prefetch_related("aliases", "engagements__company")
    }
    lines = {slug: [f" {' '.join(words(text))} " for text in some] for slug, some in texts.items()}
    groups = {tuple(group) for some in texts.values() for text in some for group in compounds(text)}
    asked = sorted(group for group in groups if 2 <= len(group) <= 4)
    assert len(asked) > 300
    for group in asked[::3]:  # all of them take minutes, and differ little
        apart, joined = found(" ".join(group)), found("".join(group))
        side_by_side = {
            slug for slug, some in lines.items() if any(f" {' '.join(group)} " in line for line in some)
        }
        assert found("\u200c".join(group)) == apart, group
        assert side_by_side <= joined, group
