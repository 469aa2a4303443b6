"""A contract as a release: what the standard asks for, and what is really on record, no more."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile

from catalog.models import Company, Contract, Document, Milestone
from catalog.open_data.ocds.blocks import end_of
from catalog.open_data.ocds.packages import Publication, record_package, release_package
from catalog.open_data.ocds.views import contracts
from tests.factories import make_company, make_contract, make_desk, make_product, make_sector, make_source

pytestmark = pytest.mark.django_db

PUBLICATION = Publication(
    "ocds-abc123",
    "A publisher",
    "https://portal.example/",
    "https://licence.example/",
    "https://policy.example/",
)
URI = "https://portal.example/ocds/releases.json"


def releases(publication=PUBLICATION):
    """{reference: release} of all that is published."""
    package = release_package(list(contracts()), publication, URI)
    assert len({one["id"] for one in package["releases"]}) == len(package["releases"])
    return {one["contracts"][0]["id"]: one for one in package["releases"]}


def release(reference, publication=PUBLICATION):
    return releases(publication)[reference]


def section(reference):
    return release(reference)["contracts"][0]


def document(reference, key):
    return next(one for one in section(reference)["documents"] if one["id"] == key)


def attach(contract, **values):
    content = ContentFile(b"x", name=values.pop("name", "a.pdf"))
    values = {"title_en": "Text", "title_fa": "متن", "access": "public", "state": "published", **values}
    return Document.objects.create(contract=contract, file=content, **values)


class TestWhatTheStandardAsksFor:
    def test_a_contract_of_which_nothing_is_known_has_all_that_is_required(self):
        make_contract(reference="BARE", signed_on=None)
        one = release("BARE")
        assert one["ocid"] == "ocds-abc123-BARE"
        assert one["id"].startswith("ocds-abc123-BARE-")
        assert "#" not in one["id"]
        assert datetime.fromisoformat(one["date"]).utcoffset() is not None
        assert one["tag"] == ["award", "contract"]
        assert one["initiationType"] == "tender"
        assert one["language"] == "en"
        assert "parties" not in one
        assert "buyer" not in one
        (contract,), (award,) = one["contracts"], one["awards"]
        assert contract["awardID"] == award["id"]
        unknown = {"status", "value", "dateSigned", "period", "items", "implementation", "amendments"}
        assert not unknown & contract.keys()
        assert contract["description"] == "When it was signed is not recorded."

    def test_every_party_that_is_referred_to_stands_among_the_parties(self):
        contract = make_contract(reference="C")
        both = make_company(slug="both")
        for role in ("buyer", "financier"):
            contract.parties.create(company=both, role=role)
        for role in ("supplier", "supplier", "other"):
            contract.parties.create(name_en=f"Some {role}", role=role)
        one = release("C")
        parties = {party["id"]: party for party in one["parties"]}
        assert parties["company-both"]["roles"] == ["buyer", "funder"]
        assert sorted(str(party.get("roles")) for party in parties.values()) == [
            "None",
            "['buyer', 'funder']",
            "['supplier']",
            "['supplier']",
        ]
        suppliers = one["awards"][0]["suppliers"]
        assert len(suppliers) == 2
        for reference in [one["buyer"], *suppliers]:
            assert parties[reference["id"]]["name"] == reference["name"]

    def test_of_several_buyers_none_is_the_buyer(self):
        contract = make_contract(reference="C")
        for _ in range(2):
            contract.parties.create(company=make_company(), role="buyer")
        assert "buyer" not in release("C")

    def test_conditions_are_codes_of_the_standard_and_our_word_stays(self):
        expected = ["active", "active", "terminated", "terminated", "active"]
        for status, code in zip(Contract.Status, expected, strict=True):
            make_contract(reference=f"C-{status}".replace("_", ""), status=status)
            one = section(f"C-{status}".replace("_", ""))
            assert one["status"] == code
            assert one["description"] == f"Condition on record: {status.label}."

    def test_milestones_are_met_or_scheduled_and_change_with_the_record_alone(self):
        contract = make_contract(reference="C")
        contract.milestones.create(kind=Milestone.Kind.TOOLING, due=date(2020, 1, 2))
        contract.milestones.create(kind=Milestone.Kind.PAYMENT, due=date(2020, 1, 3), done=date(2020, 2, 1))
        late, done = section("C")["implementation"]["milestones"]
        assert (late["status"], late["dueDate"], late.get("type")) == (
            "scheduled",
            "2020-01-02T23:59:59+03:30",
            None,
        )
        assert (late["title"], late["title_fa"], late["code"]) == ("Tooling", "قالب و ابزار", "tooling")
        assert (done["status"], done["dateMet"], done["type"]) == (
            "met",
            "2020-02-01T23:59:59+03:30",
            "payment",
        )
        assert release("C")["tag"] == ["award", "contract", "implementation"]

    def test_amendments_say_what_and_why(self):
        words = {"what_en": "More", "what_fa": "بیشتر", "why_en": "A new unit", "why_fa": "واحد تازه"}
        change = make_contract(reference="C").amendments.create(on=date(2026, 6, 1), **words)
        assert section("C")["amendments"] == [
            {
                "id": str(change.pk),
                "date": "2026-06-01T23:59:59+03:30",
                "description": "More",
                "rationale": "A new unit",
                "rationale_fa": "واحد تازه",
            }
        ]


class TestWhatIsReallyKnown:
    @pytest.mark.parametrize("amount", [0, 220_000_000_000_000, 2**63 - 1])
    def test_amounts_come_through_to_the_unit(self, amount):
        make_contract(reference="C", total_basis="stated", stated_amount=amount, currency="IRR")
        text = json.dumps(section("C")["value"])
        assert text == f'{{"amount": {amount}, "currency": "IRR"}}'

    def test_only_the_total_that_counts_is_told(self):
        make_contract(reference="LINES", amounts=[7, 8])
        make_contract(reference="STATED", amounts=[7, 8], total_basis="stated", stated_amount=99)
        make_contract(reference="NUMBER", amounts=[7], currency="")
        assert section("LINES")["value"] == {"amount": 15, "currency": "EUR"}
        assert section("STATED")["value"] == {"amount": 99, "currency": "EUR"}
        assert "value" not in section("NUMBER")

    def test_a_sum_that_lacks_lines_says_so(self):
        contract = make_contract(reference="C", amounts=[7])
        contract.lines.create(description_en="Part", description_fa="قطعه")
        assert "1 line has no amount" in section("C")["description"]
        assert "۱ قلم مبلغ ندارد" in section("C")["description_fa"]

    @pytest.mark.parametrize(
        ("precision", "words", "persian"),
        [
            ("month", "Signed in Shahrivar or Mehr 1398 (September 2019)", "در شهریور یا مهر ۱۳۹۸ امضا شده"),
            ("year", "Signed in 1398 (2019/20)", "در ۱۳۹۸ امضا شده"),
        ],
    )
    def test_a_day_is_never_made_out_of_a_month_or_a_year(self, precision, words, persian):
        make_contract(reference="C", signed_on=date(2019, 9, 1), signed_precision=precision)
        assert "dateSigned" not in section("C")
        assert words in section("C")["description"]
        assert persian in section("C")["description_fa"]

    def test_days_end_at_the_end_of_the_day_in_tehran(self):
        make_contract(reference="C", signed_on=date(2019, 7, 20), due=date(2026, 12, 1))
        assert section("C")["dateSigned"] == "2019-07-20T23:59:59+04:30"  # summer time
        assert section("C")["period"] == {"endDate": "2026-12-01T23:59:59+03:30"}
        assert end_of(date(1921, 4, 1)) == "1921-04-01T23:59:59+03:25"  # no seconds in a zone

    def test_names_stay_as_they_were_printed(self):
        contract = make_contract(reference="C")
        contract.parties.create(name_en="Only English", role="buyer")
        contract.parties.create(name_fa="تنها فارسی", role="supplier")
        contract.parties.create(company=make_company(name_en="Latin", name_fa=""), role="financier")
        names = [(party["name"], party.get("name_fa")) for party in release("C")["parties"]]
        assert sorted(names) == [("Latin", None), ("Only English", None), ("تنها فارسی", "تنها فارسی")]

    def test_lines_have_product_quantity_unit_and_the_six_digits_of_the_system(self):
        contract = make_contract(reference="C", currency="EUR")
        pump = make_product(name_en="Pump", name_fa="پمپ", hs_code="84137099", unit="tonne")
        words = {"description_en": "for acid", "description_fa": "برای اسید"}
        contract.lines.create(product=pump, quantity=4, amount=5, **words)
        (item,) = section("C")["items"]
        assert item["classification"] == {"scheme": "HS", "id": "841370"}
        assert (item["description"], item["description_fa"]) == ("Pump – for acid", "پمپ – برای اسید")
        assert item["quantity"] == 4
        value = {"amount": 1.25, "currency": "EUR"}
        named = {"scheme": "UNCEFACT", "id": "TNE", "name": "tonne", "name_fa": "تن"}
        assert item["unit"] == {**named, "value": value}

    @pytest.mark.parametrize(
        ("line", "amount"),
        [
            ({"quantity": 3, "amount": 10}, 3.33),
            ({"quantity": 4, "amount": 8}, 2),
            ({"amount": 220_000_000_000_000}, 220_000_000_000_000),
            ({"quantity": 4}, None),
        ],
    )
    def test_an_amount_is_that_of_one_unit(self, line, amount):
        contract = make_contract(reference="C", currency="IRR")
        contract.lines.create(description_en="Part", description_fa="قطعه", **line)
        (item,) = section("C")["items"]
        told = {"amount": amount, "currency": "IRR"} if amount else None
        assert item.get("unit", {}).get("value") == told

    def test_kind_extent_and_desk_are_told_in_both_languages(self):
        desk = make_desk(name_en="Pump desk", name_fa="میز پمپ")
        make_contract(reference="C", kind="offtake", items_count=1200, items_unit="pieces", desk=desk)
        assert section("C")["description"] == (
            "This is an offtake contract. It covers 1,200 pieces. Signed at the desk “Pump desk”."
        )
        assert "۱٬۲۰۰ عدد" in section("C")["description_fa"]
        assert "«میز پمپ»" in section("C")["description_fa"]


class TestSource:
    def test_a_report_in_the_press_is_named_with_its_address_day_and_credit(self):
        source = make_source(
            publisher_en="Example Daily",
            publisher_fa="روزنامهٔ نمونه",
            address="https://daily.example/خبر/1",
            published_on=date(2020, 3, 20),
            licence="CC BY 4.0",
        )
        make_contract(reference="C", origin="press", source=source)
        report = document("C", "source")
        assert report["documentType"] == "pressReport"
        assert (report["title"], report["title_fa"]) == ("Example Daily", "روزنامهٔ نمونه")
        assert report["url"] == "https://daily.example/%D8%AE%D8%A8%D8%B1/1"
        assert report["datePublished"] == "2020-03-20T23:59:59+03:30"
        assert "Example Daily, CC BY 4.0" in report["description"]

    def test_what_staff_entered_says_so(self):
        make_contract(reference="C")
        own = document("C", "source")
        assert own["title"] == "The publisher’s own record"
        assert "url" not in own

    def test_the_contract_s_pages_here_are_linked_in_each_language(self):
        make_contract(reference="C")
        assert document("C", "page-en")["url"] == "https://portal.example/en/contracts/C/"
        assert document("C", "page-fa")["url"] == "https://portal.example/fa/contracts/C/"

    def test_public_files_are_documents(self):
        paper = attach(make_contract(reference="C"), kind="contract", name="a.CSV", language="fa")
        found = document("C", f"document-{paper.pk}")
        assert found["url"] == f"https://portal.example/documents/{paper.pk}/"
        assert (found["documentType"], found["format"], found["language"]) == (
            "contractSigned",
            "text/csv",
            "fa",
        )


class TestWhatIsNotPublic:
    def test_only_public_contracts_and_offtakes_that_are_no_samples_are_told(self):
        make_contract(reference="A")
        make_contract(reference="B", kind="offtake")
        make_contract(reference="S", origin="sample")
        for state in ("draft", "in_review", "withdrawn"):
            make_contract(state=state)
        for kind in ("memorandum", "agreement", "planned"):
            make_contract(kind=kind)
        assert set(releases()) == {"A", "B"}

    def test_nothing_unpublished_that_hangs_on_a_contract_leaks(self):
        hidden = make_desk(state="draft", name_en="Zzdesk")
        contract = make_contract(
            reference="C", desk=hidden, sector=make_sector(state="draft", name_en="Zzsector")
        )
        contract.parties.create(company=make_company(state="draft", name_en="Zzcompany"), role="buyer")
        contract.parties.create(company=make_company(state="withdrawn", name_en="Zzgone"), role="supplier")
        secret = make_product(state="draft", name_en="Zzproduct", hs_code="850110")
        inside = make_product(sector=make_sector(state="draft"), name_en="Zzinside", hs_code="850110")
        own = {"description_en": "Its own words", "description_fa": "واژهٔ خودش"}
        contract.lines.create(product=secret, quantity=3)
        contract.lines.create(product=inside, quantity=4, unit="pallet", **own)
        attach(contract, state="draft", title_en="Zzdraft")
        attach(contract, access="on_request", title_en="Zzrequest")
        text = json.dumps(release("C"))
        assert "Zz" not in text
        assert "8501" not in text
        bare, told = section("C")["items"]
        assert bare.keys() == {"id", "quantity"}
        assert told["description"] == "Its own words"
        assert told["unit"] == {"name": "pallet"}
        assert "parties" not in release("C")


class TestChange:
    def test_the_id_stays_while_nothing_changes_and_on_every_host(self):
        contract = make_contract(reference="C", amounts=[5])
        attach(contract)
        elsewhere = Publication("ocds-abc123", "Another", "http://other.example:8000/", "", "")
        assert release("C")["id"] == release("C", elsewhere)["id"]
        assert (
            document("C", "page-en")["url"] != release("C", elsewhere)["contracts"][0]["documents"][1]["url"]
        )

    def test_the_id_changes_with_whatever_the_release_says(self):
        contract = make_contract(reference="C", amounts=[5])
        company = make_company()
        contract.parties.create(company=company, role="supplier")
        seen = {release("C")["id"]}
        for change in (
            lambda: contract.lines.update(amount=6),  # rows that have no clock of their own
            lambda: contract.milestones.create(due=date(2030, 1, 1)),
            lambda: Company.objects.filter(pk=company.pk).update(name_en="Renamed"),
            lambda: company.withdraw("Merged.", "ادغام شد."),
            lambda: Contract.objects.filter(pk=contract.pk).update(title_fa="دیگر"),
        ):
            change()
            assert release("C")["id"] not in seen
            seen.add(release("C")["id"])

    def test_the_date_is_that_of_the_last_change_of_what_is_told(self):
        def changed(record, *day):
            type(record).objects.filter(pk=record.pk).update(updated_at=datetime(*day, tzinfo=UTC))

        contract = make_contract(reference="C")
        shown, hidden = make_company(), make_company(state="draft")
        for company in (shown, hidden):
            contract.parties.create(company=company)
        changed(contract, 2026, 1, 1)
        changed(shown, 2026, 2, 3, 4, 5, 6)
        changed(hidden, 2026, 3, 1)
        assert release("C")["date"] == "2026-02-03T04:05:06+00:00"


def test_a_package_is_as_old_as_the_last_change_in_it():
    for reference in ("A", "B"):
        make_contract(reference=reference)
    package = release_package(list(contracts()), PUBLICATION, URI)
    dates = [datetime.fromisoformat(one["date"]) for one in package["releases"]]
    assert datetime.fromisoformat(package["publishedDate"]) == max(dates)
    assert package["version"] == "1.1"
    assert package["uri"] == URI
    assert package["license"] == "https://licence.example/"
    assert package["publisher"] == {"name": "A publisher", "uri": "https://portal.example/"}


def test_a_record_links_its_release_and_compiles_it():
    make_contract(reference="C", amounts=[5])
    uri = "https://portal.example/ocds/records.json"
    package = record_package(list(contracts()), PUBLICATION, uri, URI)
    one = release("C")
    (record,) = package["records"]
    assert package["packages"] == [URI]
    assert record["ocid"] == one["ocid"]
    assert record["releases"] == [{"url": f"{URI}#{one['id']}", "date": one["date"], "tag": one["tag"]}]
    compiled = record["compiledRelease"]
    assert (compiled["tag"], compiled["id"]) == (["compiled"], f"{one['ocid']}-{one['date']}")
    rest = one.keys() - {"id", "tag"}
    assert {name: compiled[name] for name in rest} == {name: one[name] for name in rest}
