"""Whatever road a row is written by, the index and the derived columns say what the rows say."""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils.text import slugify

from catalog import search
from catalog.models import Company, Engagement, Product, ProductAlias, Sector
from catalog.models.derived import postponed
from tests.factories import make_company, make_engagement, make_product, make_sector

REASON = {"withdrawn_reason_en": "By mistake.", "withdrawn_reason_fa": "به اشتباه."}


def found(text):
    """Names of the products that public search finds for `text`."""
    products = Product.objects.published().matching(text)
    return sorted(products.values_list("name_en", flat=True))


def offered(text):
    """Names that are suggested for `text`."""
    return sorted(one.name_en for one in search.suggest(text))


def check():
    call_command("check_index", verbosity=0, stdout=StringIO())


@pytest.fixture(autouse=True)
def _sound_afterwards(db):
    """Every test here ends with an index that is as it should be."""
    yield
    check()


@pytest.fixture
def world(db):
    """Two sectors with a product each, and a company that works on the first."""
    pumps, valves = make_sector(name_en="Lifting"), make_sector(name_en="Closing")
    pump = make_product(name_en="Pump", name_fa="پمپ", sector=pumps)
    valve = make_product(name_en="Valve", name_fa="شیر", sector=valves)
    company = make_company(name_en="Arak Works")
    engagement = make_engagement(product=pump, company=company)
    alias = pump.aliases.create(text="Impeller machine")
    return SimpleNamespace(
        pumps=pumps,
        valves=valves,
        pump=pump,
        valve=valve,
        company=company,
        engagement=engagement,
        alias=alias,
    )


def test_saving_indexes_and_renames(world):
    assert found("pump") == ["Pump"]
    world.pump.name_en = "Lifter"
    world.pump.save()
    assert (found("pump"), found("lifter"), found("پمپ")) == ([], ["Lifter"], ["Lifter"])
    world.pump.hs_code = "848180"
    world.pump.save(update_fields=["hs_code"])
    assert found("8481") == ["Lifter"]


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_only_published_products_are_found(world, state):
    Product.objects.filter(pk=world.pump.pk).update(state=state, **REASON)
    assert found("pump") == []
    assert list(search.digests([world.pump.pk])) == []
    Product.objects.filter(pk=world.pump.pk).update(state="published")
    assert found("pump") == ["Pump"]


def test_the_steps_of_publishing_are_followed(world):
    world.pump.withdraw("By mistake.", "به اشتباه.")
    assert found("pump") == []
    world.pump.send_to_review()
    assert found("pump") == []
    world.pump.publish()
    assert found("pump") == ["Pump"]


def test_a_product_deleted_leaves_the_index(world):
    draft = make_product(name_en="Draft", state="draft")
    draft.aliases.create(text="Sketch")
    sample = make_product(name_en="Sample", origin="sample")
    sample.aliases.create(text="Specimen")
    other = make_product(name_en="Other sample", origin="sample")
    draft.delete()
    sample.delete()
    assert (found("sample"), found("specimen")) == (["Other sample"], [])
    Product.objects.filter(pk=other.pk).delete()
    assert found("sample") == []


def test_queryset_updates_and_deletes_are_followed(world):
    Product.objects.filter(name_en="Pump").update(name_en="Lifter")
    Company.objects.update(name_en="Tabriz Works")
    Sector.objects.filter(pk=world.pumps.pk).update(name_fa="بالابری")
    ProductAlias.objects.filter(text="Impeller machine").update(text="Rotor machine")
    for text in ("lifter", "tabriz", "بالابری", "rotor"):
        assert found(text) == ["Lifter"]
    for text in ("pump", "arak", "impeller"):
        assert found(text) == []
    ProductAlias.objects.all().delete()
    assert found("rotor") == []


def test_an_update_that_moves_rows_refreshes_both_ends(world):
    ProductAlias.objects.update(product=world.valve)
    Engagement.objects.update(product=world.valve)
    assert found("impeller") == found("arak") == ["Valve"]
    Product.objects.filter(pk=world.valve.pk).update(sector=world.pumps)
    assert found("lifting") == ["Pump", "Valve"]
    world.pump.refresh_from_db()
    assert (world.pump.stage, world.pump.maker_count) == ("open", 0)


def test_a_save_that_moves_a_row_refreshes_both_ends(world):
    world.alias.product = world.valve
    world.alias.save()
    world.engagement.product = world.valve
    world.engagement.save()
    assert found("impeller") == found("arak") == ["Valve"]


def test_bulk_methods_are_followed(world):
    shared = {"sector": world.pumps, "hs_code": "841370", "state": "published"}
    names = [f"Bulk {n}" for n in range(3)]
    Product.objects.bulk_create([Product(slug=slugify(n), name_en=n, name_fa="فله", **shared) for n in names])
    bulk = list(Product.objects.filter(slug__startswith="bulk").order_by("pk"))
    assert found("bulk") == names
    ProductAlias.objects.bulk_create([ProductAlias(product=product, text="Loose good") for product in bulk])
    assert len(found("loose")) == 3
    for product in bulk:
        product.name_en = "Heap"
    Product.objects.bulk_update(bulk, ["name_en"], batch_size=2)
    assert (len(found("heap")), found("bulk")) == (3, [])
    company = world.company
    company.name_en = "Yazd Works"
    Company.objects.bulk_update([company], ["name_en"])
    assert found("yazd") == ["Pump"]
    Company.objects.bulk_create([Company(slug="c", name_en="Bulk company")])


def test_bulk_creation_that_updates_or_ignores_conflicts_is_followed(world):
    again = ProductAlias(pk=world.alias.pk, product=world.valve, text="Gate machine")
    ProductAlias.objects.bulk_create(
        [again], update_conflicts=True, update_fields=["product", "text"], unique_fields=["id"]
    )
    assert (found("impeller"), found("gate")) == ([], ["Valve"])
    ProductAlias.objects.bulk_create(
        [
            ProductAlias(product=world.valve, text="Gate machine"),
            ProductAlias(product=world.pump, text="Screw"),
        ],
        ignore_conflicts=True,
    )
    assert (found("gate"), found("screw")) == (["Valve"], ["Pump"])
    Product.objects.bulk_create(
        [Product(slug=world.pump.slug, name_en="Lifter", sector=world.valves, hs_code="841370")],
        update_conflicts=True,
        update_fields=["name_en", "sector"],
        unique_fields=["slug"],
    )
    assert (found("lifter"), found("lifting")) == (["Lifter"], [])


def test_get_or_create_and_update_or_create_are_followed(world):
    ProductAlias.objects.get_or_create(product=world.valve, text="Tap")
    ProductAlias.objects.update_or_create(
        product=world.pump, text="Impeller machine", defaults={"text": "Rotor"}
    )
    Company.objects.update_or_create(slug=world.company.slug, defaults={"name_fa": "کارخانهٔ اراک"})
    assert (found("tap"), found("rotor"), found("كارخانه اراك")) == (["Valve"], ["Pump"], ["Pump"])


def test_related_managers_are_followed(world):
    world.valve.aliases.add(world.alias)
    assert found("impeller") == ["Valve"]
    world.pump.aliases.add(world.alias, bulk=False)
    assert found("impeller") == ["Pump"]
    world.valve.aliases.set([world.alias])
    assert found("impeller") == ["Valve"]
    world.valve.aliases.create(text="Tap")
    world.valve.aliases.filter(text="Tap").update(text="Cock")
    assert (found("tap"), found("cock")) == ([], ["Valve"])
    world.valve.aliases.all().delete()
    assert found("cock") == []
    world.pumps.products.add(world.valve)
    assert found("lifting") == ["Pump", "Valve"]
    world.valve.engagements.add(world.engagement)
    assert found("arak") == ["Valve"]
    world.company.engagements.update(state="draft")
    assert found("arak") == []


def test_a_company_is_found_while_it_and_its_engagement_are_public(world):
    assert found("arak") == ["Pump"]
    world.engagement.withdraw("By mistake.", "به اشتباه.")
    assert found("arak") == []
    world.engagement.publish()
    assert found("arak") == ["Pump"]
    world.company.withdraw("By mistake.", "به اشتباه.")
    assert found("arak") == []
    world.pump.refresh_from_db()
    assert (world.pump.stage, world.pump.maker_count) == ("open", 0)


def test_a_company_renamed_is_found_by_its_new_name(world):
    world.company.name_fa = "ماشین‌سازی اراک"
    world.company.name_en = "Machine Sazi"
    world.company.save()
    assert (found("arak"), found("ماشينسازي"), found("machine sazi")) == ([], ["Pump"], ["Pump"])


def test_a_sector_renamed_or_withdrawn_takes_its_products_with_it(world):
    world.pumps.name_en = "Hoisting"
    world.pumps.save()
    assert (found("lifting"), found("hoisting")) == ([], ["Pump"])
    world.pumps.withdraw("By mistake.", "به اشتباه.")
    assert found("pump") == []
    assert list(search.digests([world.pump.pk])) == []
    world.pumps.publish()
    assert found("pump") == ["Pump"]


def test_suggestions_follow_every_road_of_the_nouns(world):
    assert (offered("pump"), offered("lifting"), offered("arak")) == (["Pump"], ["Lifting"], ["Arak Works"])
    assert (offered("impeller"), offered("8413")) == (["Pump"], ["Pump", "Valve"])
    Sector.objects.filter(pk=world.pumps.pk).update(name_en="Hoisting")
    Company.objects.update(name_fa="کارخانهٔ اراک")
    world.alias.delete()
    assert (offered("lifting"), offered("hoist"), offered("كارخانه")) == ([], ["Hoisting"], ["Arak Works"])
    assert offered("impeller") == []
    Company.objects.bulk_create([Company(slug="b", name_en="Bulk Works", state="published")])
    company = Company.objects.get(slug="b")
    company.name_en = "Heap Works"
    Company.objects.bulk_update([company], ["name_en"])
    assert (offered("bulk"), offered("heap")) == ([], ["Heap Works"])
    company.name_en = "Unsaved"
    company.save(update_fields=["website"])
    assert (offered("heap"), offered("unsaved")) == (["Heap Works"], [])
    world.company.withdraw("By mistake.", "به اشتباه.")
    Sector.objects.filter(pk=world.pumps.pk).update(state="draft")
    assert offered("arak") == offered("hoisting") == offered("pump") == []


def test_suggestions_of_what_is_deleted_are_gone(world):
    make_sector(name_en="Draft sector", state="draft").delete()
    make_sector(name_en="Sample sector", origin="sample").delete()
    make_company(name_en="Sample company", origin="sample").delete()
    make_sector(name_en="Sample sector", origin="sample")
    make_company(name_en="Sample company", origin="sample")
    Sector.objects.filter(origin="sample").delete()
    Company.objects.filter(origin="sample").delete()
    assert offered("sample") == offered("draft") == []


def test_a_word_that_leaves_the_public_is_offered_to_nobody(world):
    """By whatever road: the word of a product, of its aliases, of its makers, of its sector."""
    rotor = make_product(name_en="Rotor", sector=world.pumps)
    make_engagement(product=rotor, company=make_company(name_en="Shahrud Works"))
    for typed, meant in {
        "rotar": "rotor",
        "impellor": "Impeller",
        "liftimg": "lifting",
        "shahrut": "Shahrud",
    }.items():
        assert search.find(typed).correction.lower() == meant.lower()
    Product.objects.filter(pk=rotor.pk).update(state="draft")
    world.alias.delete()
    world.pumps.withdraw("By mistake.", "به اشتباه.")
    for typed in ("rotar", "impellor", "liftimg", "shahrut", "rotor", "lifting"):
        answer = search.find(typed)
        assert (answer.correction, answer.matches.tiers, search.suggest(typed)) == ("", (), [])


def test_samples_deleted_in_rows_and_querysets_leave_nothing(world):
    company = make_company(name_en="Sample Works", origin="sample")
    product = make_product(name_en="Sample good", origin="sample")
    make_engagement(product=product, company=company, origin="sample")
    assert found("sample works") == ["Sample good"]
    Engagement.objects.filter(origin="sample").delete()
    assert found("sample works") == []
    company.delete()
    product.delete()
    assert found("good") == []


def test_a_rollback_takes_the_index_back_with_the_rows(world):
    with transaction.atomic():
        world.pump.name_en = "Lifter"
        world.pump.save()
        make_product(name_en="Fan")
        Company.objects.update(name_en="Tabriz Works")
        assert found("lifter") == ["Lifter"]
        transaction.set_rollback(True)
    assert (found("pump"), found("lifter"), found("fan"), found("arak")) == (["Pump"], [], [], ["Pump"])


def test_a_savepoint_rolled_back_leaves_the_outer_work(world):
    with transaction.atomic():
        make_product(name_en="Fan")
        with transaction.atomic():
            world.alias.delete()
            transaction.set_rollback(True)
    assert (found("fan"), found("impeller")) == (["Fan"], ["Pump"])


def test_postponed_writes_are_indexed_once_at_the_end(world):
    with postponed():
        make_product(name_en="Fan")
        with postponed():
            world.alias.delete()
            Product.objects.filter(pk=world.pump.pk).update(name_en="Lifter")
        assert found("fan") == []
    assert (found("fan"), found("impeller"), found("lifter")) == (["Fan"], [], ["Lifter"])


def test_a_postponed_load_that_fails_changes_nothing(world):
    def load():
        with postponed():
            make_product(name_en="Fan")
            raise LookupError

    with pytest.raises(LookupError):
        load()
    assert found("fan") == []
    make_product(name_en="Blower")
    assert found("blower") == ["Blower"]
