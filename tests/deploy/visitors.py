"""Visitors of the site under test: some ask once, some all at once, some slowly, one is of the staff."""

import asyncio
import http.client
import re
import ssl
import time
from http.cookies import SimpleCookie
from statistics import quantiles
from urllib.parse import urlencode

from tests.forms import pairs

UNLIMITED = "127.0.0.50"
"""The address that no rate limit holds in this run."""
TRUSTING = ssl._create_unverified_context()  # the certificate is thrown away afterwards
HOST = "localhost"


class Client:
    """One browser: it keeps its cookies, and follows nothing by itself."""

    def __init__(self, port, source=UNLIMITED):
        self.port, self.source, self.cookies = port, source, {}

    def ask(self, path, method="GET", body=None, **headers):
        """(status, headers, text) of one request."""
        connection = http.client.HTTPSConnection(
            HOST, self.port, timeout=120, context=TRUSTING, source_address=(self.source, 0)
        )
        given = {"Host": HOST, "Origin": f"https://{HOST}:{self.port}", "Referer": f"https://{HOST}/"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            given["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if isinstance(body, dict):
            body, given["Content-Type"] = urlencode(body, doseq=True), "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body=body, headers=given)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return response.status, response.headers, content.decode("utf-8", "replace")

    def sign_in(self, name, password):
        _status, _headers, page = self.ask("/admin/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        body = {"username": name, "password": password, "csrfmiddlewaretoken": token, "next": "/admin/"}
        status, _headers, page = self.ask("/admin/login/", "POST", body)
        assert status == 302, (status, page[:2000])

    def form(self, path, form):
        """What the form on that page would send."""
        status, _headers, page = self.ask(path)
        assert status == 200, (status, path)
        values = {}
        for name, value in pairs(page, form):
            values.setdefault(name, []).append(value)
        return values


async def get(port, path, source=UNLIMITED, host=HOST):
    """(status, seconds, the whole answer as bytes); status 0 where the connection broke."""
    began = time.monotonic()
    try:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=TRUSTING, server_hostname=host, local_addr=(source, 0)
        )
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        content = await reader.read(-1)
        writer.close()
        status = int(content[9:12] or b"0")
    except (OSError, ValueError):
        return 0, time.monotonic() - began, b""
    return status, time.monotonic() - began, content


async def held(port, first, keep, source="127.0.0.2"):
    """A connection that sends `first`, and then a byte now and then until `keep` is set."""
    _reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, ssl=TRUSTING, server_hostname=HOST, local_addr=(source, 0)
    )
    writer.write(first)
    try:
        while not keep.is_set():
            await asyncio.sleep(1)
            writer.write(first and b"x")
    except OSError:
        pass
    writer.close()


def middle_and_99th(seconds):
    """Two milliseconds, as text."""
    parts = quantiles(seconds, n=100) if len(seconds) > 1 else [*seconds] * 99
    return f"median {parts[49] * 1000:.0f} ms, 99th percentile {parts[98] * 1000:.0f} ms"
