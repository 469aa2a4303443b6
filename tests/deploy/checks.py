"""What must hold of deploy/ when it runs. A check yields lines on what it saw, and raises AssertionError."""

import asyncio
import re
import subprocess
import threading
import time

from . import proxy
from .units import DEPLOY, ROOT, values
from .visitors import UNLIMITED, get, held

MOST_EXPOSED = 1.5
"""The bound of `systemd-analyze security`, from 0 (closed) to 10."""
TOKEN = "A" * 43


def units_are_sound(site):
    folder = site.place / "units"
    folder.mkdir()
    for path in (DEPLOY / "systemd").iterdir():
        here = path.read_text().replace("/srv/portal/current", str(ROOT))
        (folder / path.name.replace("job@.", "job@send_mail.")).write_text(here)
    names = sorted(folder.iterdir())
    done = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if str(folder) in line or "portal" in line]
    assert not said, "\n".join(said)
    yield f"systemd-analyze verify takes {len(names)} units"
    for name in ("portal.service", "portal-job@send_mail.service"):
        command = ["systemd-analyze", "security", "--offline=true", "--no-pager", folder / name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        exposure = float(re.search(r"exposure level for \S+ ([\d.]+)", done.stdout)[1])
        yield f"{name}: exposure {exposure}, at most {MOST_EXPOSED}"
        assert exposure <= MOST_EXPOSED


def configuration_is_taken(site):
    site.choose_ports()
    (site.place / "static").mkdir(exist_ok=True)
    (site.place / "logs").mkdir(exist_ok=True)
    proxy.certificate(site.place / "portal")
    ports = (site.plain, site.secure)
    path = proxy.configuration(site.place, [site.place / "none.sock"], ports, site.place / "static")
    assert not (said := proxy.checked(path)), said
    yield "nginx -t takes portal.conf"
    micro = (DEPLOY / "nginx/micro-cache.conf").read_text().replace("/var/cache/nginx", str(site.place))
    (site.place / "portal/micro-cache.conf").write_text(micro)
    assert not (said := proxy.checked(path)), said
    (site.place / "portal/micro-cache.conf").unlink()
    yield "nginx -t takes it with micro-cache.conf, which is off by default"


def socket_activation(site):
    """systemd-socket-activate starts what ExecStart names at the first connection."""
    site.choose_ports()
    site.lead_to(site.release("0"))
    host = site.host(0)
    try:
        host.prepare()
        address = site.place / "activated.sock"
        (line,) = values("ExecStart")
        settings = [f"--setenv={name}={value}" for name, value in host.environment.items()]
        command = ["systemd-socket-activate", f"--listen={address}", *settings, *host.command(line)]
        process = subprocess.Popen(
            command, cwd=host.current.resolve(), stderr=subprocess.DEVNULL, umask=0, **site.user
        )
        try:
            wait_for(address.exists)
            asked = ["curl", "-s", "--unix-socket", address, "--max-time", "120", "http://localhost/healthz"]
            done = subprocess.run(asked, capture_output=True, text=True, check=False)
            assert done.stdout == "ok\n", done
        finally:
            process.terminate()
            process.wait(60)
    finally:
        host.close()
    yield "systemd-socket-activate starts the service at the first connection, which is answered"


def wait_for(happened, seconds=60):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def curl(site, *arguments, port=None):
    """(headers by lower-case name, with the status and the version of HTTP, body) of a request by curl."""
    command = ["curl", "-sk", "-i", *arguments]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    head, _blank, body = done.stdout.partition(b"\r\n\r\n")
    first, *lines = head.decode("utf-8", "replace").split("\r\n")
    version, status = [*first.split(), "", "0"][:2]
    found = {"version": version, "status": int(status)}
    for line in lines:
        name, _colon, value = line.partition(": ")
        found[name.lower()] = value
    return found, body


def page(site, path, *arguments):
    return curl(site, *arguments, f"https://localhost:{site.secure}{path}")


def headers(site):
    found, body = page(site, "/en/", "--http2")
    assert (found["version"], found["status"]) == ("HTTP/2", 200), found
    yield f"HTTP/2 over TLS: {len(body)} bytes of the home page"
    assert "max-age=31536000" in found["strict-transport-security"]
    assert "default-src 'none'" in found["content-security-policy"]
    assert found["x-content-type-options"] == "nosniff"
    yield "HSTS for a year, the strict policy, nosniff"
    found, _body = page(site, "/admin/login/")
    assert "__Host-" in found["set-cookie"], found
    assert "Secure" in found["set-cookie"], found
    yield f"the sign-in's cookie: {found['set-cookie'].partition('=')[0]}, Secure"
    found, _body = curl(site, f"http://localhost:{site.plain}/fa/products/?q=a")
    assert (found["status"], found["location"]) == (308, "https://localhost/fa/products/?q=a"), found
    yield "plain HTTP leads to TLS"
    other = f"other.example:{site.secure}"
    done = subprocess.run(
        ["curl", "-sk", "--resolve", f"{other}:127.0.0.1", f"https://{other}/"],
        check=False,
        capture_output=True,
    )
    assert done.returncode == 35, done
    yield "another host's name gets no TLS"
    found, _body = page(site, "/en/", "-H", "Host: other.example")
    assert found["status"] == 0, found
    yield "nor an answer once it has TLS for this one"
    refused = [("/static/staticfiles.json", "GET", 404), ("/en/%00", "GET", 400), ("/fa/", "TRACE", 405)]
    for path, method, status in refused:
        found, body = page(site, path, "-X", method)
        assert (found["status"], b'dir="rtl"' in body) == (status, True), (path, found)
        assert "style-src 'sha256-" in found["content-security-policy"], found
    yield "what nginx itself refuses it says in both languages, with the headers of every page"
    for versions, taken in (("--tls-max 1.1", False), ("--tlsv1.2 --tls-max 1.2", True), ("--tlsv1.3", True)):
        found, _body = page(site, "/en/about/", *versions.split())
        assert (found["status"] == 200) == taken, (versions, found)
    yield "TLS 1.2 and 1.3 are taken, 1.1 is not"
    found, _body = page(site, "/healthz")
    assert found["status"] == 200
    found, _body = curl(site, "--interface", "127.0.0.1", f"https://localhost:{site.secure}/en/nowhere/")
    assert found["status"] == 404
    yield "the site's own page says that a page does not exist"


def static(site):
    _found, body = page(site, "/en/")
    sheet = re.search(rb'href="(/static/css/site\.[0-9a-f]{12}\.css)"', body)[1].decode()
    sizes = {}
    for coding in ("br", "gzip", "identity"):
        found, content = page(site, sheet, "-H", f"Accept-Encoding: {coding}")
        assert found["status"] == 200, found
        assert found["cache-control"].endswith("immutable"), found
        assert found.get("content-encoding", "identity") == coding, (coding, found)
        assert "upstream" not in found
        assert found["x-content-type-options"] == "nosniff"
        assert found["vary"].lower() == "accept-encoding"
        sizes[coding] = len(content)
    assert sizes["br"] < sizes["gzip"] < sizes["identity"] / 3, sizes
    yield f"the stylesheet from the disk, kept for ever: {sizes}"
    found, _body = page(site, "/static/css/site.css")
    assert found["cache-control"] == "public, max-age=60", found
    found, _body = page(site, "/static/css/nowhere.css")
    assert found["status"] == 404, found
    found, _body = page(site, "/static/staticfiles.json")
    assert found["status"] == 404, found
    yield "without a digest: a minute; unknown ones and the manifest: 404"


def private_addresses(site):
    page(site, f"/en/ask/{TOKEN}/")
    page(site, f"/fa/watch/{TOKEN}/end/", "-e", f"https://localhost/en/ask/{TOKEN}/?sent=1")
    for _time in range(2):
        curl(
            site,
            "-X",
            "POST",
            "-H",
            f"Content-Length: {70 * 2**20}",
            "--max-time",
            "5",
            f"https://localhost:{site.secure}/en/ask/{TOKEN}/",
        )
    logs = site.log("portal.access.log") + site.log("portal.error.log") + site.log("error.log")
    assert "/en/ask/***/" in logs, logs[-500:]
    assert TOKEN not in logs
    assert TOKEN not in (site.hosts[0].place / "log").read_text()
    yield "no log of nginx or gunicorn holds the address of a private page, in Referer neither"


def slow_and_idle(site):
    alone, _statuses = asyncio.run(_among_slow_ones(site.secure, 0))
    worst, statuses = asyncio.run(_among_slow_ones(site.secure, 100))
    assert set(statuses) == {200}, statuses
    yield f"100 slow and 100 idle connections: {len(statuses)} pages answered, the slowest in {worst:.2f} s"
    yield f"the same without them: the slowest in {alone:.2f} s"
    assert worst < 1 or worst < 3 * alone, "slow on a busy machine too"


async def _among_slow_ones(port, number):
    keep = asyncio.Event()
    head = b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
    body = b"POST /en/ask/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000\r\n\r\nx"
    firsts = [head] * (number // 2) + [body] * (number // 2) + [b""] * number
    tasks = [asyncio.create_task(held(port, first, keep)) for first in firsts]
    await asyncio.sleep(3 if number else 0)
    answers = []
    for _time in range(5):
        for path in ("/en/", "/fa/products/", "/healthz", "/en/products/?q=pump"):
            answers.append(await get(port, path, "127.0.0.1" if path == "/healthz" else UNLIMITED))
    keep.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    return max(seconds for _status, seconds, _content in answers), [status for status, *_rest in answers]


def limits(site):
    def burst(number, path, source):
        async def all_at_once():
            return await asyncio.gather(*(get(site.secure, path, source) for _ in range(number)))

        answers = asyncio.run(all_at_once())
        return [status for status, *_rest in answers], [
            text for status, _time, text in answers if status == 429
        ]

    clicks, _refused = burst(60, "/fa/", "127.0.0.3")
    assert set(clicks) == {200}, clicks
    yield "60 clicks at the same moment from one address are answered"
    many, refused = burst(400, "/fa/", "127.0.0.4")
    assert set(many) == {200, 429}, set(many)
    yield f"of 400 at the same moment {many.count(200)} are answered and {many.count(429)} refused with 429"
    text = refused[0].decode()
    assert "Retry-After: 10" in text
    assert '<html lang="fa" dir="rtl">' in text
    yield "the page that refuses is Persian under /fa/ and says when to come again"
    files, _refused = burst(40, "/en/units/export.csv", "127.0.0.5")
    assert 429 in files, files
    yield f"of 40 downloads at the same moment {files.count(200)} are answered, {files.count(429)} refused"


def too_large(site):
    found, body = page(
        site, "/fa/ask/", "-X", "POST", "-H", f"Content-Length: {70 * 2**20}", "-H", "Expect:", "--data", "x"
    )
    assert found["status"] == 413, found
    assert 'lang="fa" dir="rtl"' in body.decode(), found
    yield "a body of 70 MiB is refused at once, with a page in the visitor's language"


def unlike_files(site):
    """What nginx reads is public; what the portal writes besides is its own."""
    var = site.place / "var"
    open_to_others = [
        path for path in var.rglob("*") if path.lstat().st_mode & 0o077 and not path.is_symlink()
    ]
    assert not open_to_others, open_to_others[:5]
    closed = [path for path in (site.place / "host1/static").rglob("*") if not path.stat().st_mode & 0o004]
    assert not closed, closed[:5]
    yield "nobody else can read VAR_DIR; everybody can read the static files"


def away(site):
    host = site.hosts[0]
    # While the service is stopped for good the socket unit is stopped too.
    host.address.rename(host.place / "aside.sock")
    try:
        found, body = page(site, "/fa/")
        assert found["status"] == 503, found
        assert found["retry-after"] == "10", found
        assert 'lang="fa" dir="rtl"' in body.decode()
        assert "default-src 'none'" in found["content-security-policy"]
        english, body = page(site, "/en/products/")
        assert english["status"] == 503
        assert 'lang="en" dir="ltr"' in body.decode()
        yield "while the portal is away: 503 in the visitor's language, to be tried again in 10 s"
    finally:
        (host.place / "aside.sock").rename(host.address)


def upgrade_under_load(site):
    """A new release is prepared, then takes over, and the old one takes over again, while visitors ask."""
    old, new = site.place / "releases/1", site.release("2", "\n.release-2 { color: inherit; }\n")
    before = stylesheet(site)
    load = Load(site)
    load.start()
    for release, name in ((new, "upgrade"), (old, "rollback")):
        site.hosts[0].run(str(release / ".venv/bin/python"), str(release / "manage.py"), "start", "--prepare")
        site.lead_to(release)
        away = site.hosts[0].restart()
        yield f"{name}: the service was away for {away:.1f} s, while visitors waited"
        assert (stylesheet(site) == before) == (release == old)
    counts, slowest = load.result()
    yield f"{counts['complete']} requests meanwhile, the slowest in {slowest:.1f} s; {counts}"
    assert counts["complete"] >= 10_000
    assert (counts["failed"], counts["not 2xx"]) == (0, 0)


def stylesheet(site):
    return re.search(r"/static/css/site\.[0-9a-f]{12}\.css", site.client().ask("/en/")[2])[0]


class Load(threading.Thread):
    """Requests by ab, 20 at a time, 10,000 and more until the result is asked for."""

    def __init__(self, site):
        super().__init__(daemon=True)
        options = ["-q", "-l", "-k", "-r", "-s", "240", "-n", "2500", "-c", "20", "-B", UNLIMITED]
        self.command = ["ab", *options, f"https://localhost:{site.secure}/en/products/"]
        self.outputs, self.enough = [], threading.Event()

    def run(self):
        while len(self.outputs) < 4 or not self.enough.is_set():
            done = subprocess.run(self.command, capture_output=True, text=True, check=False)
            self.outputs.append(done.stdout + done.stderr)

    def result(self):
        """({what: how many}, the seconds of the slowest)."""
        self.enough.set()
        self.join()
        names = {"complete": "Complete requests", "failed": "Failed requests", "not 2xx": "Non-2xx responses"}
        counts = {
            name: sum(sum(map(int, re.findall(rf"{words}:\s+(\d+)", output))) for output in self.outputs)
            for name, words in names.items()
        }
        slowest = [int(found) for output in self.outputs for found in re.findall(r"100%\s+(\d+)", output)]
        assert len(slowest) == len(self.outputs), self.outputs[-1]
        return counts, max(slowest) / 1000


def only(site, number):
    """A client that reaches one host alone, through its socket."""

    def ask(path, *arguments):
        address = site.hosts[number].address
        where = ["--unix-socket", address, "-H", "X-Forwarded-Proto: https", f"http://localhost{path}"]
        return curl(site, *arguments, *where)

    return ask


def three_hosts(site):
    """A session, a preview, a shortlist and an edit on one host are there on all three at once."""
    staff = site.client()
    make_staff(site.hosts[0])
    staff.sign_in("operator", "a long password of tests")
    hosts = [only(site, number) for number in range(3)]
    cookie = ["-H", "Cookie: " + "; ".join(f"{name}={value}" for name, value in staff.cookies.items())]
    statuses = [ask("/admin/", *cookie)[0]["status"] for ask in hosts]
    assert statuses == [200] * 3, statuses
    yield "a member of staff who signed in on one host is signed in on all three"
    sector = re.search(r"/admin/catalog/sector/(\d+)/change/", staff.ask("/admin/catalog/sector/")[2])[1]
    yield from _edits(site, staff, hosts, sector)
    statuses = [ask(f"/admin/catalog/sector/{sector}/preview/en/", *cookie)[0]["status"] for ask in hosts]
    assert statuses == [200] * 3, statuses
    yield "the preview of a record is the same on all three"
    yield from _shortlist(site, hosts)


def _edits(site, staff, hosts, sector):
    address = f"/admin/catalog/sector/{sector}/change/"
    for number in range(3):
        name = f"Sector number {number}"
        fields = staff.form(address, "sector_form") | {"name_en": [name], "_save": ["Save"]}
        status, _headers, text = staff.ask(address, "POST", fields)
        assert status == 302, re.findall("(?s)errorlist.*?</ul>", text)
        shown = [name in ask("/en/sectors/")[1].decode() for ask in hosts]
        assert shown == [True] * 3, shown
    yield "three edits: the next answer of each host shows each"


def _shortlist(site, hosts):
    visitor = site.client()
    product = re.search(r'href="/en/products/([\w-]+)/"', visitor.ask("/en/products/")[2])[1]
    status, _headers, text = visitor.ask(
        "/en/shortlist/", "POST", {"add": product}, Sec_Fetch_Site="same-origin"
    )
    assert status in (302, 303), (status, text[:500])
    cookie = ["-H", "Cookie: " + "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())]
    shown = [f"/en/products/{product}/" in ask("/en/shortlist/", *cookie)[1].decode() for ask in hosts]
    assert shown == [True] * 3, shown
    yield "a visitor's shortlist is read by all three"


def make_staff(host):
    code = (
        "from django.contrib.auth.models import User;"
        "User.objects.filter(username='operator').delete();"
        "User.objects.create_superuser('operator', password='a long password of tests')"
    )
    host.manage("shell", "-v", "0", "-c", code)


def jobs_once(site):
    """Every host's timer calls the job at the same moment."""
    name = "write_bulk"
    said = []

    def call(host):
        said.append(host.manage("job", name, "-v", "2"))

    threads = [threading.Thread(target=call, args=(host,)) for host in site.hosts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ran = [text for text in said if "runs elsewhere" not in text]
    assert (len(said), len(ran)) == (3, 1), said
    yield f"{name} was called by three hosts and ran on one"
