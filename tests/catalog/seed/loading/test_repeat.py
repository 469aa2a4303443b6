"""Loading again: what is new comes, what staff changed stays."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from catalog.models import Company, Desk, Engagement, LoadedRow, Parameter, Product, Statement
from catalog.seed.loading import load


def totals(report):
    counts = report.counts.values()
    return (
        sum(c.created for c in counts),
        sum(c.updated for c in counts),
        sum(c.unchanged for c in counts),
        sum(len(c.kept) for c in counts),
    )


def histories():
    return sum(model.history.count() for model in (Product, Company, Desk, Engagement, Statement))


def test_a_second_load_of_everything_changes_nothing(loaded):
    before = histories()
    created, updated, unchanged, kept = totals(load())
    assert (created, updated, kept) == (0, 0, 0)
    assert unchanged == LoadedRow.objects.count()
    assert histories() == before


def test_a_row_that_follows_another_in_the_file_may_point_to_it(folder):
    folder.load()
    assert Desk.objects.get(slug="desk-two").continues.slug == "desk-one"


def test_a_second_load_writes_what_is_new_in_the_files(folder):
    folder.load()
    folder.change("facts/products.csv 2 name_en", "Heavy slurry pump")
    folder.change("facts/desks.csv 3 sectors", "")
    folder.append("facts/companies.csv", "new-pumps,New Pumps,پمپ نو,firm,1399,press,daily-1")
    assert totals(folder.load())[:2] == (1, 2)
    assert Product.objects.get(slug="slurry-pump").name_en == "Heavy slurry pump"
    assert not Desk.objects.get(slug="desk-one").sectors.exists()
    assert Company.objects.get(slug="new-pumps").state == "published"
    assert totals(folder.load())[:2] == (0, 0)


def test_a_column_that_is_new_in_the_files_is_filled(folder):
    folder.load()
    path = folder.path / "facts" / "companies.csv"
    path.write_text(
        path.read_text()
        .replace(",source\n", ",source,website\n")
        .replace("daily-1\n", "daily-1,https://real.example\n")
    )
    assert totals(folder.load())[1] == 1
    assert Company.objects.get(slug="real-pumps").website == "https://real.example"


def test_what_staff_changed_is_kept_and_named(folder, capsys):
    folder.load()
    company = Company.objects.get(slug="real-pumps")
    company.founded = 1375
    company.save()
    folder.change("facts/companies.csv 2 founded", "1381")
    report = folder.load()
    assert report.counts["company"].kept == ["real-pumps (changed by hand: founded)"]
    company.refresh_from_db()
    assert company.founded == 1375


def test_what_staff_typed_before_is_kept_and_named(folder):
    Company.objects.create(slug="real-pumps", name_en="Typed by hand")
    report = folder.load(facts_only=True)
    assert report.counts["company"].kept == ["real-pumps (entered by hand)"]
    assert Company.objects.get(slug="real-pumps").name_en == "Typed by hand"


def test_states_are_never_touched(folder):
    folder.load()
    Product.objects.get(slug="mud-pump").withdraw("Listed twice.", "دو بار ثبت شده بود.")
    Company.objects.filter(slug="real-pumps").update(state="draft")
    folder.change("facts/products.csv 3 name_en", "Drilling mud pump")
    folder.load()
    product = Product.objects.get(slug="mud-pump")
    assert (product.state, product.name_en) == ("withdrawn", "Drilling mud pump")
    assert Company.objects.get(slug="real-pumps").state == "draft"


def test_what_staff_deleted_stays_away_with_what_belongs_to_it_and_is_named(folder):
    folder.load()
    Parameter.objects.all().delete()
    Desk.objects.get(slug="invented-desk").delete()
    report = folder.load()
    assert report.counts["parameter"].kept == ["slurry-pump|1 (not loaded: it was removed)"]
    assert report.counts["desk"].kept == ["invented-desk (not loaded: it was removed)"]
    assert report.counts["desk product"].kept == ["invented-desk|slurry-pump (not loaded: it was removed)"]
    assert not Parameter.objects.exists()
    assert not Desk.objects.filter(slug="invented-desk").exists()


def test_a_new_row_below_a_deleted_one_is_left_out(folder):
    folder.load()
    Desk.objects.get(slug="invented-desk").delete()
    folder.append("sample/desk_products.csv", "invented-desk,mud-pump")
    kept = folder.load().counts["desk product"].kept
    assert "invented-desk|mud-pump (not loaded: it belongs to “invented-desk”, and it was removed)" in kept


def test_a_row_no_file_names_any_more_is_left_as_it_is_and_named(folder):
    folder.load()
    path = folder.path / "sample" / "parameters.csv"
    path.write_text(path.read_text().splitlines()[0] + "\n")
    assert folder.load().no_longer_in_files == ["parameter slurry-pump|1"]
    assert Parameter.objects.count() == 1


def test_history_says_that_a_load_wrote_it(folder):
    folder.load()
    assert {row.history_change_reason for row in Company.history.all()} == {"data load"}
    assert {row.history_change_reason for row in Desk.history.all()} == {"data load"}
    folder.change("facts/companies.csv 2 founded", "1381")
    folder.load()
    assert Company.history.filter(founded=1381).get().history_change_reason == "data load"


def test_relative_days_count_from_the_day_of_the_first_load_and_stay(folder, monkeypatch):
    today = timezone.localdate()
    folder.load()
    desk = Desk.objects.get(slug="invented-desk")
    assert desk.opens == today + datetime.timedelta(days=35)
    assert desk.status == "coming"
    assert Engagement.objects.get(company__slug="invented-works").freshness == "due"
    later = timezone.now() + datetime.timedelta(days=40)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert totals(folder.load())[1] == 0
    desk.refresh_from_db()
    assert desk.opens == today + datetime.timedelta(days=35)


@pytest.mark.django_db
def test_the_command_prints_what_it_did_for_every_noun(monkeypatch, folder, capsys):
    monkeypatch.setattr("catalog.management.commands.load_data.load", folder.load)
    call_command("load_data")
    assert "product: 2 created, 0 updated, 0 unchanged, 0 kept\n" in capsys.readouterr().out
    Company.objects.filter(slug="real-pumps").update(founded=1375)
    call_command("load_data")
    assert (
        "company: 0 created, 0 updated, 2 unchanged, 1 kept\n  kept real-pumps (changed by hand: founded)\n"
        in capsys.readouterr().out
    )


def test_texts_are_taken_in_without_what_nobody_sees_and_with_persian_letters(folder):
    folder.change("facts/companies.csv 2 name_fa", "\u202eپمپ واقعي\u200f")
    folder.change("facts/companies.csv 2 name_en", "Real\ue000 Pumps\x07")
    folder.load()
    company = Company.objects.get(slug="real-pumps")
    assert (company.name_en, company.name_fa) == ("Real Pumps", "پمپ واقعی")
