"""What the lists, the API and other addresses are asked, as texts."""

RATES = ("official", "market", "bogus")
SEARCHES = [
    "turbocharger", "turbocharer", "turbo charger", "توربوشارژر", "توربوشارژ", "توربو شارژر", "کاتالیست",
    "كاتاليست", "کاتالسیت", "catalyst", "catalist", "pump", "pumps", "پمپ", "پمپ‌ها",
    "پمپ های گریز از مرکز", "8414", "84.14", "۸۴۱۴", "hs 8414", "841480", "zzzzqqq", "!!!", "کمپرسور هوا",
    "compressor air", "valv", "شیر", "سنسور abs", "abs", "resin", "رزین", "a", "iran", "iran khod",
    "ایران خودرو", "ایرانخودرو", "steel", "فولاد", "desk", "میز", "tehran", "تهران", "contract",
    "قرارداد", "<b>x</b>", "\u202eabc", "\u200c", "word " * 60, "x" * 1200,
]  # fmt: skip
# Queries that every listing meets: refused, empty, superfluous, and out of order.
QUERIES = [
    "q=", "q=&sector=", "page=1", "page=0", "page=-1", "page=99", "page=x", "page=2", "order=bogus",
    "foo=bar", "sector=nope", "sector=automotive&sector=petrochemicals",
    "sector=petrochemicals&sector=automotive", "sector=automotive&sector=nope&foo=1", "province=nope",
    "province=tehran&province=fars", "year=1399", "year=۱۳۹۹", "year=x", "kind=bogus", "state=bogus",
    "utm_source=x", "utm_source=x&q=pump", "q=pump&page=2", "q=%00", "q=zzzzqqq&sector=automotive",
    "q=pump&sector=automotive&rate=market", "sector=marine&q=catalyst",
]  # fmt: skip
QUERIES_OF = {
    "products": [
        "hs=84", "hs=84.14", "hs=۸۴", "hs=abc", "hs=123456789", "import_min=1000000", "import_max=500000",
        "import_min=1,000,000&import_max=۵۰۰۰۰۰۰۰", "import_min=x", "import_min=-1", "q=pump&order=name",
        "q=pump&order=relevance", "order=relevance", "order=-import", "desk=nope",
        "companies=none&stage=open", "companies=bogus", "companies=some&stage=production&order=-updated",
        "stage=open&stage=named&hs=84", "province=tehran&sector=automotive&order=name&page=2",
        "origin=sample", "origin=article&origin=press",
        "q=pump&companies=none&province=fars&import_min=1", "order=name&page=3", "order=-updated&page=4",
        "hs=99&stage=open", "sector=automotive&q=catalist",
    ],
    "companies": [
        "knowledge_based=unknown&kind=firm", "order=-products&page=2", "kind=unknown",
        "knowledge_based=x",
    ],
    "contracts": [
        "order=late&page=2", "desk=nope", "state=signed&state=delivered", "year=1404&kind=contract",
    ],
    "units": [
        "cause=finance&need=capital", "match=yes&order=-jobs", "order=-capacity&page=2", "match=x",
        "cause=x",
    ],
    "desks": [
        "state=held&year=1399", "sector=automotive&state=open", "state=held&state=open",
    ],
}  # fmt: skip
DOWNLOADS = [
    "",
    "?q=pump",
    "?sector=automotive&foo=bar",
    "?order=name",
    "?rate=market",
    "?sector=nope",
    "?q=!!!",
]
SUGGEST = [
    "", "t", "tu", "tur", "turb", "turbo", "turbocharer", "cat", "catal", "pum", "val", "8", "84", "8414",
    "84.14", "۸۴", "پ", "پم", "پمپ", "کات", "كات", "توربو", "ایران", "ایران خ", "iran k", "auto", "خودرو",
    "zzzz", "!!", "<b>", "resin", "steel", "x" * 300,
]  # fmt: skip
API_QUERIES = [
    "page_size=3", "page_size=100", "page_size=0", "page_size=x", "fields=slug", "fields=nope", "fields=",
    "q=", "foo=1", "q=pump", "q=پمپ", "q=zzzzqqq", "sector=automotive", "sector=nope", "order=bogus",
    "cursor=x", "rate=market", "province=tehran", "page=2", "q=" + "x" * 300, "order=name&order=name",
    "order=name&page_size=2", "state=bogus",
]  # fmt: skip
MISSING = [
    "/nothing/", "/{}/nothing/", "/{}/products/nothing/", "/{}/products", "/{}/companies/nothing/",
    "/{}/contracts/NOTHING/", "/{}/units/nothing/", "/{}/desks/nothing/",
    "/{}/desks/nothing/calendar.ics", "/{}/sectors/nothing/", "/{}/programme/nothing/",
    "/{}/data/nothing.csv", "/{}/products/export.pdf", "/{}/products/%00/", "/api/v1/nothing/",
    "/api/v1/products/nothing/", "/documents/999/", "/sitemap-nothing.xml", "/sitemap-products.xml?p=99",
    "/de/", "/{}/admin/",
]  # fmt: skip
ROOT = [
    "/", "/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/opensearch.xml", "/opensearch.xml?hl=en",
    "/opensearch.xml?hl=fa", "/opensearch.xml?hl=x", "/ocds/releases.json", "/ocds/records.json",
    "/i18n/setlang/", "/.well-known/security.txt", "/api/v1", "/api/v1/", "/api/v1/?foo=1",
    "/api/v1/schema", "/api/v1/schema/",
]  # fmt: skip
