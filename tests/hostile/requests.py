"""Bad requests as bytes: values, shapes, paths, methods, bodies, headers, and no HTTP at all."""

from urllib.parse import quote

from .values import LISTS, OPERATORS, hostile, text

MARK = "<zq7x>"
"""Stands in many values; a page that shows it as it is would run what somebody else wrote."""
HEADER = "X-Zq7"
"""An answer that has it took a line of the request for one of its own."""
METHODS = [
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "TRACE",
    "OPTIONS",
    "HEAD",
    "FOO",
    "get",
    "PROPFIND",
    "CONNECT",
    "M-S",
]
SHAPES = ["export.csv", "export.json", "export.xlsx", "feed.atom", "suggest/", "compare/", "charts/"]
API = ["products", "companies", "desks", "contracts", "units", "sectors", "demands", "imports", "nothing"]
FORMS = ["ask/", "watch/", "shortlist/", "watch/sent/", "confirm/" + "A" * 43 + "/", "ask/" + "b" * 43 + "/"]
ADMIN = [
    "catalog/product",
    "catalog/company",
    "auth/user",
    "catalog/contract",
    "contact/enquiry",
    "catalog/revision",
]
NAMES = [
    "accept",
    "accept-language",
    "accept-encoding",
    "cookie",
    "range",
    "if-range",
    "if-none-match",
    "referer",
]
NAMES += [
    "if-modified-since",
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-request-id",
    "content-type",
    "origin",
]
NAMES += [
    "content-length",
    "expect",
    "te",
    "upgrade",
    "hx-request",
    "hx-current-url",
    "user-agent",
    "x-http-method",
]


def value(dice):
    """A text, often with the mark or with a line break and a header in it."""
    kind = dice.randrange(6)
    if kind == 0:
        return f"{MARK}\"'{dice.choice(OPERATORS)}"
    if kind == 1:
        return f"a\r\n{HEADER}: b\r\n\r\n{MARK}"
    return text(dice)


def request(method, target, headers=(), body=b"", host="127.0.0.1"):
    """The bytes of a request that is put together as it comes."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", "Connection: close"]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    lines += [f"{name}: {given}" for name, given in headers]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


def values(dice, _site):
    name = dice.choice([*LISTS])
    query = hostile(dice, LISTS[name])
    if dice.random() < 0.5:
        query += f"&{dice.choice(['q', 'sector', 'rate', quote(value(dice))])}={quote(value(dice))}"
    return request("GET", f"/{dice.choice(['en', 'fa'])}/{name}/?{query}")


def shapes(dice, _site):
    name = dice.choice([*LISTS])
    query = hostile(dice, LISTS[name])
    if dice.random() < 0.4:
        return request("GET", f"/api/v1/{dice.choice(API)}/?{query}&cursor={quote(value(dice))}")
    return request("GET", f"/{dice.choice(['en', 'fa'])}/{name}/{dice.choice(SHAPES)}?{query}")


def paths(dice, _site):
    parts = [quote(value(dice), safe=dice.choice(["", "/%"])) for _ in range(dice.randint(1, 4))]
    start = dice.choice(
        ["", "/en", "/fa/products", "/api/v1/products", "/admin", "/documents", "/static", "/ocds"]
    )
    target = f"{start}/{'/'.join(parts)}".replace("\r", "").replace("\n", "").replace(" ", "%20")
    return request(
        "GET", dice.choice([target, target * 3, f"//evil.example{target}", f"{target}/../../etc/passwd"])
    )


def methods(dice, _site):
    target = dice.choice(
        ["/en/", "/fa/products/", "/api/v1/products/", "/admin/", "/healthz", "/en/ask/", "*"]
    )
    return request(dice.choice(METHODS), target, body=dice.choice([b"", b"a=b", b"{}"]))


def bodies(dice, _site):
    kinds = [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json",
        "text/plain",
    ]
    kinds += [
        "multipart/form-data",
        "multipart/form-data; boundary=" + "x" * 300,
        "application/xml",
        "a/b; c*=d''e",
    ]
    pairs = "&".join(f"{quote(value(dice))}={quote(value(dice))}" for _ in range(dice.randint(1, 30)))
    names = ("name", "email", "text", "kind", "role", "product", "stamp", "what", "query", "key", "keys")
    known = "&".join(f"{name}={quote(value(dice))}" for name in names)
    part = f'--x\r\nContent-Disposition: form-data; name="{value(dice)}"; filename="{value(dice)}"\r\n\r\n'
    body = dice.choice(
        [pairs, known, part, part + "\r\n--x--", "{" * 2000, "<!DOCTYPE a [<!ENTITY b 'c'>]>&b;"]
    )
    headers = [("Origin", "http://127.0.0.1"), ("Content-Type", dice.choice(kinds))]
    target = f"/{dice.choice(['en', 'fa'])}/{dice.choice(FORMS)}"
    if dice.random() < 0.3:
        target = dice.choice(
            ["/admin/login/", "/admin/password_reset/", "/i18n/setlang/", "/admin/login/code/"]
        )
    return request("POST", target, headers, body.encode("utf-8", "replace") + dice.choice([b"", b"\x00\xff"]))


def headers(dice, _site):
    def given():
        raw = value(dice).replace("\r", "").replace("\n", dice.choice(["", " "]))
        return dice.choice(
            [raw, "," * 3000, "a;q=" * 50, "0" * 4000, "bytes=0-,5-9,-1", "*/*;q=nan", 'W/"x", *']
        )

    chosen = [(dice.choice(NAMES), given()) for _ in range(dice.choice([1, 2, 5]))]
    host = dice.choice(
        ["127.0.0.1"] * 8 + ["evil.example", "a b", "[::1", "127.0.0.1:x", "", "127.0.0.1, evil"]
    )
    target = dice.choice(
        ["/", "/en/", "/fa/products/?q=pump", "/api/v1/products/", "/en/products/export.csv", "/admin/login/"]
    )
    return request("GET", target, chosen, host=host)


def raw(dice, _site):
    noise = bytes(dice.randrange(256) for _ in range(dice.choice([1, 20, 400])))
    start = dice.choice(
        [b"", b"GET ", b"GET / HTTP/1.1\r\n", b"POST /en/ask/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"]
    )
    both = b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin/ HTTP/1.1\r\n\r\n"
    chunk = b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n" + noise
    odd = [
        b"GET /en/ HTTP/9.9\r\n\r\n",
        b"GET  /en/  HTTP/1.1\r\n\r\n",
        b"GET /en/\r\n\r\n",
        b"\x16\x03\x01\x02" + noise,
    ]
    lines = b"GET /en/ HTTP/1.1\r\n" + b"a: b\r\n" * dice.choice([101, 1000]) + b"\r\n"
    return dice.choice([start + noise, start + noise + b"\r\n\r\n", start + both, start + chunk, *odd, lines])


def staff(dice, site):
    """What somebody sends who is signed in as an administrator."""
    noun, cookie = dice.choice(ADMIN), [("Cookie", site.cookie)]
    if dice.random() < 0.3:
        fields = "&".join(
            f"{n}={quote(value(dice))}" for n in ("name_en", "slug", "_save", "action", "sector", "q")
        )
        way = [*cookie, ("Origin", "http://127.0.0.1"), ("Content-Type", "application/x-www-form-urlencoded")]
        body = f"csrfmiddlewaretoken={site.token}&{fields}".encode()
        return request("POST", f"/admin/{noun}/{dice.choice(['', 'add/', '1/change/', '%00/'])}", way, body)
    query = f"q={quote(value(dice))}&{quote(value(dice))}={quote(value(dice))}&o={quote(value(dice))}&p=-1"
    if dice.random() < 0.3:
        query = (
            f"app_label=catalog&model_name={quote(value(dice))}&field_name=product&term={quote(value(dice))}"
        )
        return request("GET", f"/admin/autocomplete/?{query}", cookie)
    return request("GET", f"/admin/{noun}/?{query}", cookie)


KINDS = {values: 26, shapes: 16, paths: 12, methods: 7, bodies: 13, headers: 13, raw: 8, staff: 5}
"""With how many of a hundred requests are of the kind."""


def one(dice, site):
    """(the name of its kind, the bytes of a bad request)."""
    kind = dice.choices([*KINDS], [*KINDS.values()])[0]
    return kind.__name__, kind(dice, site)
