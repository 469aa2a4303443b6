"""Requests every address and writes each answer into a file of its own."""

import hashlib
import json
import re
import shutil
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from . import addresses, responses, site

INDEX = "index.json"
HOST = "localhost"


def save(place, only=(), quick=False, facts_only=False, database=None):
    """Save the site into the folder `place`, which is made anew. `database` is the prepared SQLite file, made
    where it does not exist yet. False where the site failed to answer."""
    place = Path(place).resolve()
    name = "portal-facts.sqlite3" if facts_only else "portal.sqlite3"
    prepared = Path(database).resolve() if database else place.parent / name
    prepared.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="snapshot-") as directory:
        own = Path(directory) / "portal.sqlite3"
        if prepared.exists():
            site.copy_database(prepared, own)
        site.set_up(directory, own)
        if not prepared.exists():
            print(f"Preparing {prepared}, once ...", flush=True)
            site.prepare(prepared, facts_only)
        site.bring_up_to_date()
        return write(place, Visitor(), [one.lstrip("/") for one in only], quick)


class Visitor:
    """Django's test client, and one that is signed in; neither follows redirects or stops at an error."""

    def __init__(self):
        from django.contrib.auth import get_user_model  # noqa: PLC0415
        from django.test import Client  # noqa: PLC0415

        self.anybody, self.staff = (Client(raise_request_exception=False) for _ in range(2))
        self.staff.force_login(get_user_model().objects.get(username=site.STAFF))
        self.patterns = set()

    def ask(self, address):
        """The response to an Address; each request of a visitor is the first: no cookie is sent back."""
        client = self.staff if address.staff else self.anybody
        if not address.staff:
            client.cookies.clear()
        response = client.generic(
            address.method, address.path, headers=dict(address.headers), SERVER_NAME=HOST
        )
        match = response.wsgi_request.resolver_match
        if match:
            self.patterns.add(match.route)
        return response

    def text(self, path):
        """The body of a page, for finding more addresses."""
        return self.ask(addresses.Address(path, "")).content.decode()


def write(place, visitor, prefixes, quick):
    """Write an answer a file, then the index of them; False where the site failed to answer."""
    begun = time.process_time()
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    waiting = addresses.plan(visitor.text, prefixes)
    waiting = [one for one in waiting if one.quick or not quick]
    known, entries, statuses = {one.key for one in waiting}, [], defaultdict(list)
    for address in waiting:
        response = visitor.ask(address)
        lines = responses.as_lines(response)
        statuses[response.status_code].append(address.key)
        file = file_name(address)
        (place / file).write_text("\n".join([address.key, *lines, ""]), encoding="utf-8", newline="\n")
        entries.append({"key": address.key, "file": file, "quick": address.quick, "place": address.place})
        for more in further(address, response, prefixes):
            if more.key not in known:
                known.add(more.key)
                waiting.append(more)
    index = {"only": list(prefixes), "quick": quick, "addresses": entries}
    (place / INDEX).write_text(json.dumps(index, ensure_ascii=False, indent=0), encoding="utf-8")
    report(entries, statuses, visitor, time.process_time() - begun, complete=not (quick or prefixes))
    return not statuses[500]


def further(address, response, prefixes):
    """The address that a redirect leads to, and the neighbours of a page of the API."""
    found = []
    if response.status_code in (301, 302) and not address.staff and address.method == "GET":
        found.append(response.headers["Location"])
    if address.path.startswith("/api/") and "/?page_size=3" in address.path:
        found += re.findall(r'<([^>]*)>; rel="(?:next|prev)"', response.headers.get("Link", ""))
    for location in found:
        more = addresses.Address(
            addresses.path_of(location), address.kind, address.headers, quick=address.quick
        )
        if more.path and addresses.wanted(more.place, prefixes):
            yield more


def file_name(address):
    """A readable name and a digest of the whole request."""
    readable = re.sub(r"[^\w.=-]+", "-", address.key.removeprefix("GET ")).strip("-")[:70]
    return f"{readable}-{hashlib.sha256(address.key.encode()).hexdigest()[:8]}.txt"


def report(entries, statuses, visitor, seconds, complete):
    counts = ", ".join(f"{len(keys)} with status {status}" for status, keys in sorted(statuses.items()))
    print(f"{len(entries)} addresses saved ({counts}) in {seconds:.0f} s of CPU time.")
    if statuses[500]:
        print("Broken, status 500:", *statuses[500], sep="\n  ")
    missing = sorted(set(routes()) - visitor.patterns) if complete else []
    if missing:
        print("URL patterns that no address reached:", *missing, sep="\n  ")


def routes():
    """The routes of all URL patterns but those of the admin."""
    from django.urls import get_resolver  # noqa: PLC0415
    from django.urls.resolvers import URLPattern  # noqa: PLC0415

    def walk(patterns, before):
        for one in patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLPattern):
                yield route
            elif one.app_name != "admin":
                yield from walk(one.url_patterns, route)

    return walk(get_resolver().url_patterns, "")
