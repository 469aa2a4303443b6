"""What happened, the first page, duplicates and merging, for an account that is limited to one sector."""

import pytest

from catalog.models import Product, Revision, Scope
from tests import factories as make


@pytest.fixture
def sectors(db):
    return make.make_sector(), make.make_sector()


@pytest.fixture
def limited(staff, sectors):
    def sign_in(role):
        client = staff(role)
        Scope.objects.create(user=client.user).sectors.set([sectors[0]])
        return client

    return sign_in


def url_of(record, step="change"):
    return f"/admin/catalog/{record._meta.model_name}/{record.pk}/{step}/"


def test_changes_of_foreign_drafts_are_not_told_and_not_taken_back(limited, sectors):
    client = limited("editor")
    own, foreign = (make.make_product(state="draft", sector=sector) for sector in sectors)
    public = make.make_product(sector=sectors[1])
    for product in (own, foreign, public):
        product.unit = "kg"
        product.save()
    told = {one.name for one in client.get("/admin/changes/?noun=product").context["page"].events}
    assert told == {str(own), str(public)}
    entry = foreign.history.first()
    assert client.get(f"{url_of(foreign)}?_revert=product.{entry.pk}").status_code != 200
    key = foreign.pk
    foreign.delete()
    assert client.get(f"/admin/catalog/product/{key}/history/").status_code != 200
    gone = Product.history.filter(id=key, history_type="-").get()
    assert client.get(f"/admin/catalog/product/add/?_revert=product.{gone.pk}").status_code == 404
    told = {one.name for one in client.get("/admin/changes/?noun=product").context["page"].events}
    assert told == {str(own), str(public)}


def test_the_first_page_counts_what_is_in_scope_and_leads_there(limited, sectors):
    client = limited("editor")
    for sector in (*sectors, sectors[1]):
        make.make_demand(product=make.make_product(sector=sector), confirmed_on="2020-01-01")
    sections = {str(one.title): one.rows for one in client.get("/admin/").context["sections"]}
    (row,) = sections["Not confirmed for a year"]
    assert row.count == 1
    assert client.get(row.url).context["cl"].result_count == 1


def test_only_records_in_scope_are_merged(limited, sectors):
    client = limited("reviewer")
    own, foreign = (make.make_product(sector=sector, name_en="Slurry pump") for sector in sectors)
    twin = make.make_product(sector=sectors[0], name_en="Slurry pumps")
    address = url_of(own, "merge")
    for refused in (f"{address}?other={foreign.pk}", f"{url_of(foreign, 'merge')}?other={own.pk}"):
        assert client.get(refused).status_code == 403
        assert client.post(refused).status_code == 403
    assert foreign.name_en in client.get("/admin/duplicates/").text
    assert f"other={foreign.pk}" not in client.get("/admin/duplicates/").text
    assert client.post(f"{address}?other={twin.pk}").status_code == 302
    twin.refresh_from_db()
    assert twin.state == "withdrawn"


def test_only_records_in_scope_are_confirmed(limited, sectors):
    client = limited("editor")
    own, foreign = (
        make.make_demand(product=make.make_product(sector=sector), confirmed_on="2020-01-01")
        for sector in sectors
    )
    keys = [own.pk, foreign.pk]
    client.post("/admin/catalog/demand/", {"action": "confirm_action", "_selected_action": keys})
    assert [revision.record for revision in Revision.objects.all()] == [own]


def test_a_limited_administrator_is_an_administrator_of_accounts(limited, administrator):
    """Limits speak of records; the accounts have none."""
    client = limited("administrator")
    assert client.get("/admin/catalog/accountevent/").status_code == 200
