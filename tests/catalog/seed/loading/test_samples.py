"""When samples come, how they go, and that they never touch the real."""

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from catalog.models import (
    Company,
    Contract,
    ContractLine,
    CustomsFile,
    Demand,
    Desk,
    Document,
    Engagement,
    Import,
    LoadedRow,
    LoadRun,
    Product,
)
from catalog.seed.loading import SamplesTiedError, mixed_links, remove_samples
from tests.factories import make_company, make_contract, make_product


def samples_left():
    """{model: rows} of every table, history included, that holds a sample."""
    models = [m for m in apps.get_models() if any(f.name == "origin" for f in m._meta.concrete_fields)]
    counts = {m.__name__: m._base_manager.filter(origin="sample").count() for m in models}
    return {name: count for name, count in counts.items() if count}


def rows_by_table():
    return {m.__name__: m._base_manager.count() for m in apps.get_app_config("catalog").get_models()}


def test_facts_only_loads_no_sample(folder):
    report = folder.load(facts_only=True)
    assert report.samples_left_out == "facts only"
    assert samples_left() == {}
    assert not LoadedRow.objects.filter(sample=True).exists()
    assert Product.objects.get(slug="slurry-pump").take_part_en == ""


def test_samples_come_with_a_later_load_after_facts_alone(folder):
    folder.load(facts_only=True)
    assert folder.load().counts["company"].created == 2


def test_the_command_knows_that_facts_only_and_samples_exclude_each_other(db):
    with pytest.raises(CommandError, match="not allowed with"):
        call_command("load_data", "--facts-only", "--with-sample")


def test_removing_leaves_what_facts_alone_would_have_left(folder):
    folder.load(facts_only=True)
    facts = rows_by_table()
    folder.load()
    removed = remove_samples()
    assert removed["company"] == 2
    assert samples_left() == {}
    left = rows_by_table()
    assert left.pop("LoadRun") > facts.pop("LoadRun")
    assert left == facts
    assert Product.objects.get(slug="slurry-pump").specification == ""


def test_removing_all_samples_of_the_project_leaves_the_facts(loaded):
    remove_samples()
    assert samples_left() == {}
    assert (Product.objects.count(), Company.objects.count(), Desk.objects.count()) == (256, 43, 13)
    assert not Product.objects.exclude(take_part_en="").exists()
    assert Product.objects.get(slug="slurry-pump").stage == "open"


def test_removed_samples_do_not_come_back_by_themselves(folder):
    folder.load()
    remove_samples()
    report = folder.load()
    assert report.samples_left_out
    assert samples_left() == {}
    assert [run.what for run in LoadRun.objects.all()] == ["facts", "samples", "samples_removed", "facts"]


def test_removed_samples_come_back_when_asked_for_and_stay_then(folder):
    folder.load()
    before = rows_by_table()
    remove_samples()
    folder.load(with_sample=True)
    after = rows_by_table()
    assert after.pop("LoadRun") > before.pop("LoadRun")
    assert after == before
    assert folder.load().samples_left_out == ""


def test_samples_that_staff_removed_or_changed_go_with_their_history(folder):
    folder.load()
    Engagement.objects.get(company__slug="invented-works").delete()
    ContractLine.objects.get(contract__reference="S-1404-0001").delete()
    company = Company.objects.get(slug="invented-mine")
    company.name_en = "Renamed"
    company.save()
    remove_samples()
    assert samples_left() == {}
    assert not ContractLine.history.exists()


def test_history_of_a_real_contract_that_staff_deleted_stays(folder):
    folder.load()
    make_contract(amounts=[10], reference="D-1", state="draft").delete()
    remove_samples()
    assert ContractLine.history.filter(amount=10).count() == 2


def test_terms_that_staff_changed_are_kept(folder):
    folder.load()
    product = Product.objects.get(slug="slurry-pump")
    product.take_part_en = "Write to us."
    product.save()
    remove_samples()
    product.refresh_from_db()
    assert (product.take_part_en, product.specification) == ("Write to us.", "buyer")


def tie_contract_to_desk():
    make_contract(reference="M-1", desk=Desk.objects.get(slug="invented-desk"))
    return "M-1"


def tie_party_to_company():
    contract = make_contract(reference="M-2")
    contract.parties.create(role="buyer", company=Company.objects.get(slug="invented-mine"))
    return "Invented Mine"


def tie_line_below_contract():
    contract = Contract.objects.get(reference="S-1404-0001")
    contract.lines.create(description_en="Hoses", description_fa="شلنگ", amount=5)
    return "Hoses"


def tie_demand_to_buyer():
    Demand.objects.create(product=make_product(), buyer=Company.objects.get(slug="invented-mine"), year=1407)
    return "Invented Mine"


def tie_engagement_to_company():
    Engagement.objects.create(company=Company.objects.get(slug="invented-works"), product=make_product())
    return "Invented Works"


def tie_document_to_desk():
    Document.objects.create(
        title_en="Call", title_fa="فراخوان", kind="call", desk=Desk.objects.get(slug="invented-desk")
    )
    return "Call"


@pytest.mark.parametrize(
    "tie",
    [
        tie_contract_to_desk,
        tie_party_to_company,
        tie_line_below_contract,
        tie_demand_to_buyer,
        tie_engagement_to_company,
        tie_document_to_desk,
    ],
)
def test_nothing_is_removed_while_something_else_hangs_on_a_sample(folder, tie):
    folder.load()
    name = tie()
    before = rows_by_table()
    with pytest.raises(CommandError, match="Nothing was removed") as caught:
        call_command("remove_sample")
    assert name in str(caught.value)
    assert len(str(caught.value).splitlines()) == 2
    assert rows_by_table() == before


def test_several_ties_are_listed_at_once(folder):
    folder.load()
    tie_contract_to_desk()
    tie_line_below_contract()
    with pytest.raises(SamplesTiedError) as caught:
        remove_samples()
    assert len(caught.value.ties) == 2


def test_the_command_says_what_it_removed(folder, capsys):
    folder.load()
    call_command("remove_sample")
    assert "company: 2 removed" in capsys.readouterr().out
    call_command("remove_sample")
    assert capsys.readouterr().out == "There were no samples.\n"


def test_no_real_company_desk_or_office_has_a_sample_record_or_ever_had_one(loaded):
    assert mixed_links() == []


@pytest.mark.parametrize(
    "mix",
    [
        lambda: Engagement.objects.create(company=make_company(), product=make_product(), origin="sample"),
        lambda: Demand.objects.create(product=make_product(), buyer=make_company(), origin="sample"),
        lambda: Contract.objects.get(reference="S-1404-0001").parties.create(company=make_company()),
        lambda: Desk.objects.get(slug="invented-desk").desk_buyers.create(company=make_company()),
        lambda: make_contract(origin="sample", desk=Desk.objects.get(slug="desk-one")),
        lambda: make_contract(desk=Desk.objects.get(slug="invented-desk")),
    ],
)
def test_a_mixed_link_is_found_and_remembered_after_it_is_gone(folder, mix):
    folder.load()
    assert mixed_links() == []
    row = mix()
    kept = type(row).history.model._meta.verbose_name
    assert {link.model for link in mixed_links()} >= {type(row)._meta.verbose_name, kept}
    if hasattr(row, "published_at"):  # a published record is not deleted; as a draft it is
        type(row).objects.filter(pk=row.pk).update(state="draft", published_at=None)
    type(row).objects.get(pk=row.pk).delete()
    assert {link.model for link in mixed_links()} == {kept}


def test_contract_days_of_the_samples_lie_in_the_past(loaded):
    assert not Contract.objects.filter(origin="sample", signed_on__gt=timezone.localdate()).exists()


def test_a_load_moves_no_sample_desk(folder):
    """Its days count from the day of the first load: another day in the file is no news."""
    folder.load()
    day = Desk.objects.get(slug="invented-desk").opens
    folder.change("sample/desks.csv 2 opens", "today+36")
    folder.load()
    desk = Desk.objects.get(slug="invented-desk")
    assert (desk.opens - day).days == 1
    assert desk.was_first_day is None


@pytest.mark.django_db
def test_a_customs_table_of_samples_goes_and_what_it_brought_in_stays_known():
    author = User.objects.create(username="editor")
    table = CustomsFile.objects.create(file_name="customs.csv", author=author, origin="sample")
    brought = Import.objects.create(
        noun="import_records", file_name="customs.csv", author=author, customs=table
    )
    remove_samples()
    assert not CustomsFile.objects.exists()
    brought.refresh_from_db()
    assert brought.customs is None
