"""What surrounds the products of a catalogue: demands, contracts with their rows, idle units and desks.

One demand a product, a contract per 10, an idle unit per 20 and a desk per 1,000 products. Days lie around
the day the catalogue is made.
"""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from catalog.formats.calendar import iranian_year_of
from catalog.models import (
    Company,
    Contract,
    ContractLine,
    Demand,
    Desk,
    DeskBuyer,
    DeskProduct,
    IdleUnit,
    Milestone,
    Office,
    Party,
    Product,
    Sector,
)
from catalog.search.fold import sort_key
from tests.bench.rows import Bulk

CONTRACT_EVERY, UNIT_EVERY, DESK_EVERY = 10, 20, 1000  # products
BUYERS_AMONG = 4  # one company in so many buys, as 27 of the project's own 116 do
YEARS = range(1399, 1409)
COMMITMENTS = ["named", "indicative", "indicative", "budgeted", "tendered", "offtake"]
CURRENCIES = {"IRR": 500_000, "EUR": 1, "USD": 1}  # what a euro's worth is in it, roughly
KINDS = ["contract"] * 12 + ["offtake"] * 3 + ["memorandum"] * 3 + ["agreement", "planned"]
OVER = ["delivered"] * 7 + ["in_execution", "in_execution", "ended_early", "disputed"]
RUNNING = ["signed", "in_execution", "in_execution"]
CAUSES = ["finance", "market", "partners", "raw_material", "machinery", "legal", "energy"]
NEEDS = ["capital", "buyer", "partner", "machinery", "raw_material", "licence", "energy", "skills"]
UNIT_STATES = ["idle"] * 6 + ["planned"] * 2 + ["revived"]
DAYS = 6 * 365  # over which contracts were signed and desks held


class Trade:
    """Writes the rows around `number` products with keys from `first` on; `dice` decides what they say."""

    def __init__(self, dice, first, number):
        self.dice = dice
        self.products = range(first, first + number)
        self.companies = list(
            Company._base_manager.filter(slug__startswith="firm-").order_by("pk").values_list("pk", flat=True)
        )
        self.buyers = self.companies[::BUYERS_AMONG]
        self.offices = list(Office.objects.values_list("pk", flat=True)) or [None]
        self.sectors = list(Sector.objects.published())
        self.provinces = [value for value, _ in Company._meta.get_field("province").choices]
        self.today = timezone.localdate()
        self.bulk = Bulk()

    def write(self):
        """Write all of it; the models whose rows there are."""
        desks = [self.desk(n) for n in range(max(1, len(self.products) // DESK_EVERY))]
        for product in self.products:
            self.demand(product)
        for product in self.every(CONTRACT_EVERY):
            self.contract(product, desks)
        for product in self.every(UNIT_EVERY):
            self.unit(product)
        return self.bulk.close()

    def every(self, step):
        """One product in `step`, with what its contract or unit is named after."""
        products = Product._base_manager.filter(pk__gte=self.products.start, pk__lt=self.products.stop).alias(
            rest=F("pk") % step
        )
        return (
            products.filter(rest=0)
            .order_by("pk")
            .values("pk", "name_en", "name_fa", "sector_id")
            .iterator(chunk_size=5000)
        )

    def day(self, first, last):
        """A day between so many days from today."""
        return self.today + timedelta(days=self.dice.randint(first, last))

    def some(self, population, least, most):
        return self.dice.sample(population, min(len(population), self.dice.randint(least, most)))

    def money(self, euros):
        """(amount, currency), worth that many euros roughly."""
        currency = self.dice.choice(list(CURRENCIES))
        return euros * CURRENCIES[currency], currency

    def demand(self, product):
        dice = self.dice
        amount, currency = self.money(dice.randrange(10_000, 5_000_000, 1000))
        valued = dice.random() < 0.6
        self.bulk.add(
            Demand,
            product_id=product,
            buyer_id=dice.choice(self.buyers),
            year=dice.choice(YEARS) if dice.random() < 0.9 else None,
            quantity=dice.randrange(10, 100_000),
            value=amount if valued else None,
            currency=currency if valued else "",
            commitment=dice.choice(COMMITMENTS),
            confirmed_on=self.day(-700, 0),
        )

    def contract(self, product, desks):
        dice = self.dice
        kind = dice.choice(KINDS)
        counts = kind in Contract.COUNTED
        signed = None if kind == "planned" else self.day(-DAYS, -1)
        due = signed and signed + timedelta(days=dice.randint(180, 1200))
        status = dice.choice(OVER if due and due < self.today else RUNNING) if counts else ""
        amount, currency = self.money(dice.randrange(50_000, 20_000_000, 1000))
        stated = dice.random() < 0.15
        lines = list(self.lines(product["pk"], amount, status))
        delivered = [line["delivered_amount"] for line in lines if line["delivered_amount"] is not None]
        steps = self.steps(signed, due, status) if counts else []
        undone = [step["due"] for step in steps if step["done"] is None and status != "ended_early"]
        contract = self.bulk.add(
            Contract,
            reference=f"B-{product['pk']}",
            kind=kind,
            title_en=f"Supply: {product['name_en']}"[:200],
            title_fa=f"خرید {product['name_fa']}"[:200],
            desk_id=dice.choice(desks) if dice.random() < 0.3 else None,
            sector_id=product["sector_id"],
            signed_on=signed,
            due=due if counts else None,
            status=status,
            total_basis="stated" if stated else "lines",
            stated_amount=amount if stated else None,
            currency=currency,
            amount=amount if stated else sum(line["amount"] for line in lines),
            delivered=sum(delivered) if delivered else None,
            open_step_due=min(undone, default=None),
        )
        for line in lines:
            self.bulk.add(ContractLine, contract_id=contract, **line)
        self.bulk.add(Party, contract_id=contract, role="buyer", company_id=dice.choice(self.buyers))
        for company in self.some(self.companies, 1, 2):
            self.bulk.add(Party, contract_id=contract, role="supplier", company_id=company)
        for step in steps:
            self.bulk.add(Milestone, contract_id=contract, **step)

    def lines(self, product, amount, status):
        dice = self.dice
        bought = {product, *(dice.choice(self.products) for _ in range(dice.randint(0, 3)))}
        for one in sorted(bought):
            share = amount // len(bought)
            part = 1 if status == "delivered" else dice.random()
            yield {
                "product_id": one,
                "quantity": dice.randrange(10, 100_000),
                "amount": share,
                "delivered_amount": int(share * part) if status in {"delivered", "in_execution"} else None,
            }

    def steps(self, signed, due, status):
        """Its first delivery and its last: done where it was delivered, the first often elsewhere too."""
        half = signed + (due - signed) / 2
        over = status == "delivered"
        steps = []
        for kind, day, done in (
            ("first_delivery", half, over or (half < self.today and self.dice.random() < 0.7)),
            ("final_delivery", due, over),
        ):
            late = timedelta(days=self.dice.randint(-30, 90))
            steps.append({"kind": kind, "due": day, "done": min(day + late, self.today) if done else None})
        return steps

    def unit(self, product):
        dice = self.dice
        pk = product["pk"]
        name_en, name_fa = f"Plant {pk}: {product['name_en']}"[:160], f"واحد {product['name_fa']}"[:160]
        status = dice.choice(UNIT_STATES)
        unit = self.bulk.add(
            IdleUnit,
            slug=f"plant-{pk}",
            name_en=name_en,
            name_fa=name_fa,
            sort_en=sort_key(name_en),
            sort_fa=sort_key(name_fa),
            sector_id=product["sector_id"],
            province=dice.choice(self.provinces),
            capacity=dice.randrange(100, 200_000, 100),
            capacity_unit=dice.choice(("piece", "set", "tonne")),
            idle_since=dice.choice(YEARS[:6]),
            causes=",".join(self.some(CAUSES, 1, 2)),
            needs=",".join(self.some(NEEDS, 1, 3)),
            jobs=dice.randrange(10, 400),
            status=status,
            revived_on=self.day(-900, -30) if status == "revived" else None,
            confirmed_on=self.day(-600, 0),
        )
        for one in {pk, dice.choice(self.products)}:
            self.bulk.add(IdleUnit.products.through, idleunit_id=unit, product_id=one)

    def desk(self, n):
        dice = self.dice
        sector = dice.choice(self.sectors)
        opens = self.day(-DAYS, 120)
        amount, currency = self.money(dice.randrange(10**7, 2 * 10**8, 10**6))
        desk = self.bulk.add(
            Desk,
            slug=f"desk-{n + 1}",
            name_en=f"{sector.name_en} desk {n + 1}"[:160],
            name_fa=f"میز {sector.name_fa} {n + 1}"[:160],
            summary_en="Buyers show what they replace next; makers bring offers and prototypes.",
            summary_fa="خریداران نشان می‌دهند چه می‌خواهند؛ سازندگان با پیشنهاد و نمونهٔ اولیه می‌آیند.",
            mode=dice.choice(("room", "online", "both")),
            opens=opens,
            closes=opens + timedelta(days=dice.randint(0, 3)),
            year=iranian_year_of(opens),
            place_en="Chakad Hall, Ahvaz",
            place_fa="تالار چکاد، اهواز",
            target_amount=amount,
            target_currency=currency,
            office_id=dice.choice(self.offices),
        )
        self.bulk.add(Desk.sectors.through, desk_id=desk, sector_id=sector.pk)
        for company in self.some(self.buyers, 4, 12):
            self.bulk.add(DeskBuyer, desk_id=desk, company_id=company)
        for product in self.some(self.products, 10, 40):
            self.bulk.add(DeskProduct, desk_id=desk, product_id=product)
        return desk
