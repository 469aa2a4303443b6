"""The pages that are measured, and how much each may cost: CPU as a multiple of a hello-world view's.

Every named route of the site belongs to a Page or to EXCEPTIONS; tests/test_bench_pages.py compares them.
Limits are for SQLite by catalogue size, for a page that is worked out anew; a size that is not named is
measured and stated. UNCHANGED is the limit of a page that is kept and of "not modified" at any size.
PostgreSQL, with the CPU of its own processes, may cost PostgreSQL_FACTOR times as much.
"""

from dataclasses import dataclass, field

COMMON_TERM, RARE_TERM = "pump", "kiln"  # 16 and 1 of 100 products have them in their names
SIZES = (256, 100_000, 1_000_000)
WRITTEN = 100_000  # products written one by one; a catalogue of more is made of copies of them, on SQLite
OWN = 256  # products of the project itself: the smallest catalogue has no generated ones
UNCHANGED = 1.5
POSTGRES_FACTOR = 2


@dataclass(frozen=True)
class Page:
    """`paths` are asked in turn; `routes` are the names of the routes they stand for.

    `status` is what they answer. `unchanged` says how a page that has not changed is asked for again: "kept"
    without, "304" with its ETag. `tag_moves`: any edit gives it another ETag.
    """

    name: str
    routes: tuple
    paths: tuple
    limits: dict = field(default_factory=dict)
    unchanged: tuple = ("kept", "304")
    unchanged_limit: float | None = UNCHANGED
    status: int = 200
    tag_moves: bool = True


EXCEPTIONS = {
    "admin_password_reset": "is for staff who forgot their password, as are the three that follow",
    "password_reset_done": "see admin_password_reset",
    "password_reset_confirm": "see admin_password_reset",
    "password_reset_complete": "see admin_password_reset",
    "set_language": "changes the language of the admin and answers forms of signed-in staff only",
    "catalog:styleguide": "is for signed-in staff only",
    "document": "hands out an uploaded file; the catalogues have none",
    "security_txt": "says nothing until a setting names a contact",
    "contact:shortlist": "is a visitor’s own list, or one that is shared, and is never kept",
    "contact:shortlist_state": "reads a cookie and asks the database nothing",
    "contact:shortlist_export": "streams at most fifty rows, as the measured downloads do",
    "contact:dossier": "is as many product pages as it prints",
    "catalog:bulk_file": "hands out a file that a command wrote",
    "contact:confirm": "is a keeper's own, and there is none without a mail",
    "contact:private": "is one visitor's own, and there is none without an enquiry",
    "contact:watch": "is a form that nobody keeps, as are the four that follow",
    "contact:watch_sent": "see contact:watch",
    "contact:watch_ended": "see contact:watch",
    "contact:watch_page": "is one visitor's own",
    "contact:watch_end": "see contact:watch_page",
}

LISTING = {256: 20, 100_000: 40}
COSTLY_SEARCH = {256: 20, 100_000: 200}
PRODUCT = {256: 30, 100_000: 35}
HOME = {256: 30, 100_000: 40}
COMPARISON = {256: 60, 100_000: 80}
RECORDS = {256: 30, 100_000: 50}
FIGURES = {256: 40, 100_000: 80}
PLAIN = dict.fromkeys(SIZES, 15)
SUGGESTION = {256: 2, 100_000: 4}
DATA = {256: 20, 100_000: 25}

SECTORS = ("automotive", "refining", "steel-metals")
STREAMED = ("304",)  # written while it is sent, so never kept
OF_TEXT = {"tag_moves": False}  # its ETag is made of its text
BARE = OF_TEXT | {"unchanged": ("304",), "unchanged_limit": None}  # for machines, beside the public pages


def pages(size):
    """The Pages of a catalogue with that many products."""
    return [*listings(size), *records(size), *figures(), *plain(), *files(size), *api(size), *machines()]


def own_or_generated(size, own, *generated):
    """Addresses of the project's own records, beside generated ones where the catalogue has them."""
    return (*own, *(generated if size > OWN else ()))


def listings(size):
    middle = max(1, size // 48)
    costly = f"/en/products/?q={COMMON_TERM}&sector=automotive&stage="
    return [
        Page(
            "listing, sector filter",
            ("catalog:product_list",),
            tuple(f"/en/products/?sector={slug}" for slug in SECTORS),
            LISTING,
        ),
        Page(
            "listing, nothing chosen", ("catalog:product_list",), ("/en/products/", "/fa/products/"), LISTING
        ),
        Page(
            "listing, numbered page in the middle",
            ("catalog:product_list",),
            tuple(f"/en/products/?page={max(1, middle + step)}" for step in (-1, 0, 1)),
            LISTING,
        ),
        Page(
            "search, term in 1 % of products",
            ("catalog:product_list",),
            tuple(f"/{language}/products/?q={RARE_TERM}" for language in ("en", "fa")),
            LISTING,
        ),
        Page(
            "search, term in 16 % of products, two facets",
            ("catalog:product_list",),
            tuple(f"{costly}{stage}" for stage in ("testing", "prototype")),
            COSTLY_SEARCH,
        ),
        Page(
            "suggestion",
            ("catalog:product_suggest",),
            tuple(
                f"/en/products/suggest/?q={typed}" for typed in ("pu", "pump", "84", "%D9%BE", "kil", "st")
            ),
            SUGGESTION,
        ),
        Page("sectors", ("catalog:sector_list",), ("/en/sectors/",), RECORDS),
        Page("companies", ("catalog:company_list",), ("/en/companies/",), RECORDS),
        Page("desks", ("catalog:desk_list",), ("/en/desks/",), RECORDS),
        Page("contracts", ("catalog:contract_list",), ("/en/contracts/",), RECORDS),
        Page("units", ("catalog:unit_list",), ("/en/units/",), FIGURES),
    ]


def records(size):
    products = ("turbocharger", "slurry-pump"), "product-300"
    companies = ("nilsahel-petrochemicals",), "firm-121", "firm-400"  # a buyer, and one that only makes
    return [
        Page(
            "product",
            ("catalog:product_detail",),
            tuple(f"/en/products/{slug}/" for slug in own_or_generated(size, *products)),
            PRODUCT,
        ),
        Page(
            "sector",
            ("catalog:sector_detail",),
            tuple(f"/en/sectors/{slug}/" for slug in SECTORS[:2]),
            RECORDS,
        ),
        Page(
            "company",
            ("catalog:company_detail",),
            tuple(f"/en/companies/{slug}/" for slug in own_or_generated(size, *companies)),
            RECORDS,
        ),
        Page(
            "desk",
            ("catalog:desk_detail",),
            tuple(
                f"/en/desks/{slug}/"
                for slug in own_or_generated(size, ("mine-and-mill-desk-1404",), "desk-1")
            ),
            RECORDS,
        ),
        Page(
            "contract",
            ("catalog:contract_detail",),
            tuple(f"/en/contracts/{key}/" for key in own_or_generated(size, ("S-1402-0230",), "B-300")),
            RECORDS,
        ),
        Page(
            "unit",
            ("catalog:unit_detail",),
            tuple(
                f"/en/units/{slug}/"
                for slug in own_or_generated(size, ("akhgartar-cable-works",), "plant-300")
            ),
            FIGURES,
        ),
    ]


def figures():
    return [
        Page("home", ("catalog:home",), ("/en/", "/fa/"), HOME),
        Page("programme", ("catalog:programme",), ("/en/programme/",), FIGURES),
        Page(
            "indicator", ("catalog:indicator_detail",), ("/en/programme/foreign-currency-saving/",), FIGURES
        ),
        Page("calls", ("catalog:call_list",), ("/en/calls/", "/fa/calls/"), FIGURES),
        Page("service", ("catalog:service",), ("/en/service/",), FIGURES),
        Page(
            "questions",
            ("catalog:product_questions", "catalog:desk_questions"),
            ("/en/products/turbocharger/questions/", "/en/desks/desk-1399-automotive/questions/"),
            FIGURES,
        ),
        Page(
            "feeds of calls and questions",
            ("catalog:call_feed", "catalog:product_questions_feed"),
            ("/en/calls/feed.atom", "/en/products/turbocharger/questions/feed.atom"),
            DATA,
        ),
        Page("financing", ("catalog:financing",), ("/en/financing/",), FIGURES),
        Page(
            "comparison of four",
            ("catalog:compare",),
            ("/en/compare/?p=turbocharger&p=slurry-pump&p=airbag-module&p=abs-brake-parts",),
            COMPARISON,
        ),
        Page("news", ("catalog:news",), ("/en/news/",), FIGURES),
        Page("open data", ("catalog:data",), ("/en/data/",), FIGURES),
    ]


def plain():
    return [
        Page("from interest to contract", ("catalog:how_to",), ("/en/how-to/",), PLAIN),
        Page("about", ("catalog:about",), ("/en/about/",), PLAIN),
        Page("accessibility", ("catalog:accessibility",), ("/en/accessibility/",), PLAIN),
        Page("the API's page", ("catalog:api",), ("/en/data/api/",), PLAIN),
        Page(
            "the front door",
            ("contact:ask",),
            ("/en/ask/?kind=ask&p=turbocharger", "/fa/ask/?kind=claim&p=turbocharger&role=makes"),
            PLAIN,
            unchanged=(),  # each form has a stamp of its own
        ),
        Page(
            "page that does not exist",
            (),
            ("/en/nothing-here/", "/en/products/nothing-here/"),
            PLAIN,
            unchanged=(),
            status=404,
        ),
        Page("API address that does not exist", (), ("/api/v1/nothing/",), PLAIN, unchanged=(), status=404),
    ]


def export_query(noun, size):
    """A query with about 25 rows of that noun, as near as the catalogue of that size has it."""
    if noun == "product":
        width = 25 * 10**8 // size  # generated imports are spread evenly up to 10**8 dollars
        least = 5 * 10**7
        return "stage=testing" if size == OWN else f"import_min={least}&import_max={least + width}"
    return EXPORT_QUERIES[noun][size > OWN]


EXPORT_QUERIES = {  # noun -> for the project's own records, for a generated catalogue
    "company": (
        "province=isfahan&province=tehran&province=khuzestan&province=markazi&province=fars",
        "province=tehran&sector=automotive",
    ),
    "contract": ("kind=memorandum", "desk=desk-1"),
    "unit": ("state=revived", "province=tehran&sector=automotive"),
}
PLURALS = {"product": "products", "company": "companies", "contract": "contracts", "unit": "units"}


def files(size):
    """The feeds, exports and calendars."""
    found = []
    for noun, plural in PLURALS.items():
        found.append(Page(f"feed of {plural}", (f"catalog:{noun}_feed",), (f"/en/{plural}/feed.atom",), DATA))
        found += [
            Page(
                f"25 {plural} as {suffix.upper()}",
                (f"catalog:{noun}_{suffix}",),
                (f"/en/{plural}/export.{suffix}?{export_query(noun, size)}",),
                DATA,
                unchanged=STREAMED,
            )
            for suffix in ("csv", "xlsx", "json")
        ]
    return [
        *found,
        Page("feed of news", ("catalog:news_feed",), ("/en/news/feed.atom",), DATA),
        Page("calendar of the desks", ("catalog:desk_calendar",), ("/en/desks/calendar.ics",), **OF_TEXT),
        Page(
            "calendar of a desk",
            ("catalog:desk_calendar_entry",),
            ("/en/desks/rotating-machines-desk/calendar.ics",),
            **OF_TEXT,
        ),
    ]


def api(size):
    keys = {
        "product": ("turbocharger", "product-300"),
        "sector": ("automotive", "automotive"),
        "company": ("nilsahel-petrochemicals", "firm-121"),
        "desk": ("mine-and-mill-desk-1404", "desk-1"),
        "contract": ("S-1402-0230", "B-300"),
        "unit": ("akhgartar-cable-works", "plant-300"),
    }
    plurals = PLURALS | {"sector": "sectors", "desk": "desks"}
    found = [
        Page("API index", ("api:index",), ("/api/v1/",), PLAIN),
        Page("API schema", ("api:schema",), ("/api/v1/schema/",)),
    ]
    for noun, slugs in keys.items():
        paths = tuple(dict.fromkeys(slugs if size > OWN else slugs[:1]))
        base = f"/api/v1/{plurals[noun]}/"
        found += [
            Page(f"API list of {plurals[noun]}", (f"api:{noun}_list",), (f"{base}?page_size=20",), DATA),
            Page(f"API: a {noun}", (f"api:{noun}_detail",), tuple(f"{base}{slug}/" for slug in paths), DATA),
        ]
    return found


def machines():
    """What stands beside the pages, for programs alone."""
    return [
        Page("OCDS releases", ("ocds_releases",), ("/ocds/releases.json",), **OF_TEXT),
        Page("OCDS records", ("ocds_records",), ("/ocds/records.json",), **OF_TEXT),
        Page("OpenSearch description", ("opensearch",), ("/opensearch.xml",), **BARE),
        Page("robots.txt", ("robots",), ("/robots.txt",), unchanged=()),
        Page("sitemap index", ("sitemaps",), ("/sitemap.xml",)),
        Page("sitemap of products", ("sitemap",), ("/sitemap-products.xml",)),
    ]
