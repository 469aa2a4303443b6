"""Small valid records, published unless `state` says otherwise: a test states only what it is about."""

from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from catalog.models import (
    Call,
    Company,
    Contract,
    ContractLine,
    Demand,
    Desk,
    Engagement,
    ExchangeRate,
    Facility,
    GuideStep,
    Holiday,
    IdleUnit,
    ImportRecord,
    Indicator,
    Office,
    Product,
    Question,
    Sector,
    Source,
    Statement,
)
from contact.models import Enquiry
from contact.models.tokens import new_token

number = count(1)


def _published(values):
    if values.setdefault("state", "published") in ("published", "withdrawn"):
        values.setdefault("published_at", timezone.now())
    if values["state"] == "withdrawn":
        values.setdefault("withdrawn_reason_en", "Listed by mistake.")
        values.setdefault("withdrawn_reason_fa", "به اشتباه ثبت شده بود.")
    return values


def _named(noun_en, noun_fa, values):
    n = next(number)
    values.setdefault("slug", f"{noun_en.lower()}-{n}")
    values.setdefault("name_en", f"{noun_en} {n}")
    values.setdefault("name_fa", f"{noun_fa} {n}")
    return values


def make_source(**values):
    values.setdefault("key", f"source-{next(number)}")
    values.setdefault("publisher_en", "Example Daily")
    return Source.objects.create(**values)


def make_sector(**values):
    return Sector.objects.create(**_published(_named("Sector", "بخش", values)))


def make_product(**values):
    if "sector" not in values:
        values["sector"] = make_sector()
    values.setdefault("hs_code", "841370")
    return Product.objects.create(**_published(_named("Product", "کالا", values)))


def make_company(**values):
    return Company.objects.create(**_published(_named("Company", "شرکت", values)))


def make_engagement(**values):
    if "product" not in values:
        values["product"] = make_product()
    if "company" not in values:
        values["company"] = make_company()
    values.setdefault("stage", "prototype")
    return Engagement.objects.create(**_published(values))


def make_call(**values):
    """A call that is open today, or closed `days_ago`; with its claims, all of them undecided but for what is
    told, counted since."""
    if "product" not in values:
        values["product"] = make_product()
    days_ago = values.pop("days_ago", -9)
    closes = timezone.localdate() - timedelta(days=days_ago)
    values.setdefault("closes", closes)
    values.setdefault("opens", values["closes"] - timedelta(days=19))
    values.setdefault("counted_at", timezone.now())
    decided = values.get("accepted", 0) + values.get("refused", 0)
    values.setdefault("undecided", values.get("claims", 0) - decided)
    return Call.objects.create(**values)


def make_question(**values):
    """A question about a product, unless it is about a desk."""
    if "product" not in values and "desk" not in values:
        values["product"] = make_product()
    n = next(number)
    values.setdefault("text_en", f"Which drawing holds? {n}")
    values.setdefault("text_fa", f"کدام نقشه معتبر است؟ {n}")
    values.setdefault("answer_en", f"The second one. {n}")
    values.setdefault("answer_fa", f"نقشهٔ دوم. {n}")
    return Question.objects.create(**_published(values))


def make_holiday(**values):
    values.setdefault("date", timezone.localdate())
    return Holiday.objects.create(name_en="New Year", name_fa="نوروز", **values)


def make_import(**values):
    if "product" not in values:
        values["product"] = make_product()
    values.setdefault("year", 1404)
    values.setdefault("value", 1_000_000)
    return ImportRecord.objects.create(**values)


def make_demand(**values):
    if "product" not in values:
        values["product"] = make_product()
    if "buyer" not in values:
        values["buyer"] = make_company()
    values.setdefault("year", 1405)
    return Demand.objects.create(**values)


def make_desk(sectors=(), products=(), buyers=(), **values):
    values.setdefault("year", 1405)
    desk = Desk.objects.create(**_published(_named("Desk", "میز", values)))
    desk.sectors.set(sectors)
    for product in products:
        desk.offers.create(product=product)
    for company in buyers:
        desk.desk_buyers.create(company=company)
    return desk


def make_contract(amounts=(), **values):
    """A contract with one described line for each of `amounts` (euros unless `currency` says otherwise)."""
    n = next(number)
    values.setdefault("reference", f"T-1405-{n}")
    values.setdefault("title_en", f"Parts {n}")
    values.setdefault("title_fa", f"قطعات {n}")
    values.setdefault("signed_on", date(2026, 5, 1))
    if amounts:
        values.setdefault("currency", "EUR")
    contract = Contract.objects.create(**_published(values))
    for amount in amounts:
        ContractLine.objects.create(
            contract=contract, description_en="Part", description_fa="قطعه", amount=amount
        )
    return contract


def make_unit(products=(), **values):
    """An idle unit that could make `products`."""
    if "sector" not in values:
        values["sector"] = make_sector()
    values.setdefault("province", "yazd")
    unit = IdleUnit.objects.create(**_published(_named("Unit", "واحد", values)))
    unit.products.set(products)
    return unit


def make_facility(payments=(), **values):
    """A facility of a billion rials, with a payment for each of `payments`."""
    n = next(number)
    if "company" not in values:
        values["company"] = make_company()
    if "lender" not in values:
        values.setdefault("lender_en", "A bank")
        values.setdefault("lender_fa", "یک بانک")
    values.setdefault("reference", f"F-1405-{n}")
    values.setdefault("approved_amount", 1_000_000_000)
    facility = Facility.objects.create(**_published(values))
    for amount in payments:
        facility.payments.create(paid_on=date(2026, 5, 1), amount=amount)
    return facility


def make_rate(**values):
    defaults = {"key": f"rate-{next(number)}", "kind": "official", "rials": 42_000, "year": 1399}
    return ExchangeRate.objects.create(**{**defaults, **values})


def make_office(**values):
    n = next(number)
    return Office.objects.create(
        **{"key": f"office-{n}", "name_en": f"Office {n}", "name_fa": f"دفتر {n}", **values}
    )


def make_guide_step(**values):
    n = next(number)
    values = {"key": f"step-{n}", "title_en": f"Step {n}", "title_fa": f"گام {n}"} | values
    return GuideStep.objects.create(**_published(values))


def make_indicator(**values):
    values.setdefault("unit", "money")
    return Indicator.objects.create(**_published(_named("Indicator", "شاخص", values)))


def make_statement(**values):
    if "indicator" not in values:
        values["indicator"] = make_indicator()
    n = next(number)
    defaults = {
        "key": f"statement-{n}",
        "label_en": f"Said {n}",
        "label_fa": f"گفته {n}",
        "value": 1,
        "unit": "items",
    }
    return Statement.objects.create(**{**defaults, **values})


def make_enquiry(products=(), **values):
    """A question of somebody with an e-mail, unless `kind` and `role` say otherwise; about `products`."""
    n = next(number)
    defaults = {"kind": "ask", "name": "Mina Rad", "email": f"visitor-{n}@example.org", "text": "A question."}
    enquiry = Enquiry.objects.create(
        reference=values.pop("reference", f"Q-1405-{n:04}"),
        nonce=new_token(),
        **{**defaults, "language": "en", **values},
    )
    enquiry.products.set(products)
    return enquiry
