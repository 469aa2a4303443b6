"""A catalogue of any size: the facts and samples of the project, and believable products beside them.

    fill(100_000)   # the database of the settings, migrated and loaded, then has 100,000 public products

Names are put together from words that stand for each other in both scripts, so that the share of products a
search term finds is known (see pages.py). Each product has import values of five years and 1.5 makers on
average; trade.py adds what surrounds them. The project's own 256 products stand alone in the smallest. Rows
are written in bulk, past the ORM, together with what it would have derived: `manage.py check_index` finds
nothing wrong with them.
"""

import random
from itertools import islice

from django.db import connection, transaction
from django.db.models import Min

from catalog import search
from catalog.models import Company, Engagement, IdleUnit, ImportRecord, Product, Sector
from catalog.models.products import derive_stage
from catalog.search.fold import sort_key
from tests.bench.counts import count_products
from tests.bench.pages import COMMON_TERM, RARE_TERM
from tests.bench.rows import enlarge_cache, finish, insert, next_id
from tests.bench.trade import Trade

BATCH = 5000
IMPORT_YEARS = range(1400, 1405)
COMPANIES_PER_PRODUCT = 0.45  # as in the project's own catalogue, 116 to 256: each makes 3 or 4 products

# (English, Persian, how many of 100 products); the first stands for COMMON_TERM.
PARTS = [(COMMON_TERM, "پمپ", 16)] + [
    (english, persian, 4)
    for english, persian in (
        ("valve", "شیر"),
        ("bearing", "یاتاقان"),
        ("gearbox", "گیربکس"),
        ("sensor", "حسگر"),
        ("compressor", "کمپرسور"),
        ("seal", "آب‌بند"),
        ("filter", "صافی"),
        ("motor", "موتور"),
        ("blade", "پره"),
        ("catalyst", "کاتالیست"),
        ("cable", "کابل"),
        ("actuator", "عملگر"),
        ("nozzle", "نازل"),
        ("exchanger", "مبدل"),
        ("coupling", "کوپلینگ"),
        ("burner", "مشعل"),
        ("controller", "کنترلر"),
        ("membrane", "غشا"),
        ("rotor", "روتور"),
        ("transformer", "ترانسفورماتور"),
        ("roller", "غلتک"),
    )
]
MACHINES = [
    (RARE_TERM, "کوره"),
    ("crusher", "سنگ‌شکن"),
    ("turbine", "توربین"),
    ("reactor", "راکتور"),
    ("refinery", "پالایشگاه"),
    ("conveyor", "نوار نقاله"),
    ("excavator", "بیل مکانیکی"),
    ("locomotive", "لوکوموتیو"),
    ("tractor", "تراکتور"),
    ("loom", "ماشین بافندگی"),
    ("press", "پرس"),
    ("boiler", "دیگ بخار"),
    ("furnace", "کورهٔ قوس"),
    ("mixer", "همزن"),
    ("dryer", "خشک‌کن"),
    ("ventilator", "دستگاه تنفس"),
    ("scanner", "اسکنر"),
    ("drill", "دریل"),
    ("crane", "جرثقیل"),
    ("harvester", "کمباین"),
]
QUALITIES = [
    ("stainless", "فولادی"),
    ("high-pressure", "فشارقوی"),
    ("ceramic", "سرامیکی"),
    ("hydraulic", "هیدرولیک"),
    ("electric", "برقی"),
    ("cryogenic", "برودتی"),
    ("corrosion-resistant", "ضدخوردگی"),
    ("miniature", "کوچک"),
    ("two-stage", "دومرحله‌ای"),
    ("explosion-proof", "ضدانفجار"),
    ("low-noise", "کم‌صدا"),
    ("heavy-duty", "سنگین"),
]
STAGES = ["named", "design", "development", "prototype", "testing", "production"]
FIRM_WORDS = [("Zarrin", "زرین"), ("Kavir", "کویر"), ("Alvand", "الوند"), ("Mehr", "مهر"), ("Toos", "توس")]


def fill(size):
    """Add products until `size` of them are public, and what surrounds those that were added."""
    if connection.vendor == "sqlite":
        enlarge_cache()
    number = size - Product.objects.published().count()
    dice = random.Random(size)
    models = []
    with transaction.atomic():
        if number > 0:
            models += add_products(dice, number)
        added = Product._base_manager.filter(slug__startswith="product-")
        if added.exists() and not IdleUnit.objects.filter(slug__startswith="plant-").exists():
            first, count = added.aggregate(first=Min("pk"))["first"], added.count()
            models += Trade(dice, first, count).write()
        if models:
            count_products()
    if models:
        finish(models)


def add_products(dice, number):
    """Write that many products; the models whose rows there are."""
    companies = write_companies(dice, max(50, int(number * COMPANIES_PER_PRODUCT)))
    write_products(dice, number, companies)
    return [Product, Company, Engagement, ImportRecord]


def write_companies(dice, number):
    """Write that many companies; their ids and names, as [(id, English, Persian)]."""
    first = next_id(Company)
    provinces = [value for value, _ in Company._meta.get_field("province").choices]
    found = []
    rows = []
    for pk in range(first, first + number):
        english, persian = dice.choice(FIRM_WORDS)
        name = (f"{english} Works {pk}", f"{persian}‌سازان {pk}")
        found.append((pk, *name))
        rows.append(
            {
                "id": pk,
                "slug": f"firm-{pk}",
                "name_en": name[0],
                "name_fa": name[1],
                "province": dice.choice(provinces),
                "sort_en": sort_key(name[0]),
                "sort_fa": sort_key(name[1]),
            }
        )
    insert(Company, rows)
    search.suggestions.put(
        [
            search.SuggestedRecord(
                search.COMPANY, row["id"], row["slug"], row["name_en"], row["name_fa"], sample=True
            )
            for row in rows
        ]
    )
    return found


def write_products(dice, number, companies):
    sectors = list(Sector.objects.published())
    codes = sorted(set(Product.objects.values_list("hs_code", flat=True)))
    first = next_id(Product)
    numbers = iter(range(number))
    engagement = next_id(Engagement)
    record = next_id(ImportRecord)
    while some := list(islice(numbers, BATCH)):
        products, engagements, imports, documents = [], [], [], []
        for n in some:
            row, makers = _product(dice, first + n, n, dice.choice(sectors), codes[n % len(codes)], companies)
            products.append(row)
            for company, stage in makers:
                engagements.append(
                    {"id": engagement, "product_id": row["id"], "company_id": company[0], "stage": stage}
                )
                engagement += 1
            for year in IMPORT_YEARS:
                imports.append(
                    {
                        "id": record,
                        "product_id": row["id"],
                        "year": year,
                        "value": dice.randrange(10**5, 10**8),
                        "quantity": dice.randrange(10, 10**6),
                    }
                )
                record += 1
            row["import_year"], row["import_usd"] = IMPORT_YEARS[-1], imports[-1]["value"]
            row["import_is_sample"] = True
            documents.append(_document(row, [company for company, _ in makers]))
        insert(Product, products)
        insert(Engagement, engagements)
        insert(ImportRecord, imports)
        search.put(documents)
        search.suggestions.put([_suggestion(row) for row in products])


def _product(dice, pk, n, sector, code, companies):  # noqa: PLR0913, PLR0917
    part, part_fa = _part(n)
    machine, machine_fa = MACHINES[0] if n % 100 == 50 else dice.choice(MACHINES[1:])
    quality, quality_fa = dice.choice(QUALITIES)
    name_en, name_fa = (
        f"{quality.capitalize()} {part} for {machine} {pk}",
        f"{part_fa} {quality_fa} {machine_fa} {pk}",
    )
    makers = [(dice.choice(companies), dice.choice(STAGES)) for _ in range(dice.choice((0, 1, 2, 3)))]
    makers = list({company[0]: (company, stage) for company, stage in makers}.values())
    reported = dice.choice(("", "", "target", "made", "import_need"))
    row = {
        "id": pk,
        "slug": f"product-{pk}",
        "name_en": name_en,
        "name_fa": name_fa,
        "summary_en": f"A {quality} {part}, as used in a {machine}.",
        "summary_fa": f"{part_fa} {quality_fa} که در {machine_fa} به کار می‌رود.",
        "sector_id": sector.pk,
        "sector": sector,
        "hs_code": code,
        "reported": reported,
        "stage": derive_stage(reported, {stage for _, stage in makers}),
        "maker_count": len(makers),
        "sort_en": sort_key(name_en),
        "sort_fa": sort_key(name_fa),
    }
    return row, makers


def _part(n):
    """Which part the n-th product is: by hundreds, so that the shares are exact."""
    place = n % 100
    for english, persian, share in PARTS:
        if place < share:
            return english, persian
        place -= share
    raise AssertionError("PARTS make a hundred")


def _document(row, companies):
    sector = row["sector"]
    return search.SearchDocument(
        id=row["id"],
        codes=(row["hs_code"],),
        names=(row["name_en"], row["name_fa"]),
        companies=tuple(sorted(name for _, *names in companies for name in names)),
        sectors=(sector.name_en, sector.name_fa),
        texts=(row["summary_en"], row["summary_fa"]),
    )


def _suggestion(row):
    return search.SuggestedRecord(
        noun=search.PRODUCT,
        id=row["id"],
        slug=row["slug"],
        name_en=row["name_en"],
        name_fa=row["name_fa"],
        code=f"{row['hs_code'][:4]}.{row['hs_code'][4:]}",
        sample=True,
    )
