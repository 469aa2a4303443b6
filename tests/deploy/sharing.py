"""Whether those who take much leave enough for others."""

import asyncio
import threading
import time

from .checks import make_staff
from .visitors import get, middle_and_99th

READERS, SECONDS = 200, 20
PATHS = ("/en/", "/fa/products/", "/en/companies/", "/fa/programme/", "/en/products/?q=pump", "/fa/units/")


def readers_and_staff(site):
    """200 readers, each of whom asks again once answered, while one member of staff saves."""
    make_staff(site.hosts[0])
    staff = site.client()
    staff.sign_in("operator", "a long password of tests")
    saves, stop = [], threading.Event()

    def save():
        number = 0
        address = first_sector(staff)
        while not stop.is_set():
            number += 1
            fields = staff.form(address, "sector_form") | {"_save": ["Save"]}
            fields["name_en"] = [f"Sector number {number}"]
            began = time.monotonic()
            status, *_rest = staff.ask(address, "POST", fields)
            saves.append((status, time.monotonic() - began))

    thread = threading.Thread(target=save)
    thread.start()
    answers = asyncio.run(readers(site.secure))
    stop.set()
    thread.join()
    yield f"{len(answers)} pages for {READERS} readers: {middle_and_99th([each[1] for each in answers])}"
    assert saves, "nothing could be saved"
    yield f"{len(saves)} saves meanwhile: {middle_and_99th([seconds for _status, seconds in saves])}"
    assert {status for status, *_rest in answers} == {200}, {status for status, *_rest in answers}
    assert {status for status, _seconds in saves} == {302}, saves


def first_sector(staff):
    page = staff.ask("/admin/catalog/sector/")[2]
    start = page.index("/admin/catalog/sector/", page.index("result_list"))
    return page[start : page.index('"', start)]


async def readers(port):
    end, answers = time.monotonic() + SECONDS, []

    async def read(number):
        while time.monotonic() < end:
            number += 1
            answers.append(await get(port, PATHS[number % len(PATHS)]))

    await asyncio.gather(*(read(number) for number in range(READERS)))
    return answers


EXPORTS = 100


def many_exports(site):
    """100 addresses download the whole list at once, half of them as a workbook, while another one reads."""
    files, pages = asyncio.run(_exports_and_readers(site.secure))
    statuses = [status for status, *_rest in files]
    counts = {status: statuses.count(status) for status in sorted(set(statuses))}
    slowest = max(seconds for _status, seconds, _size in files)
    yield f"{EXPORTS} downloads at once: {counts}, the slowest in {slowest:.1f} s"
    yield f"{len(pages)} pages meanwhile: {middle_and_99th([each[1] for each in pages])}"
    assert {status for status, *_rest in pages} == {200}, {status for status, *_rest in pages}
    assert set(counts) <= {200, 429, 503}, counts


async def _exports_and_readers(port):
    paths = ["/en/products/export.json", "/fa/products/export.xlsx"]
    tasks = [
        asyncio.create_task(get(port, paths[number % 2], f"127.0.1.{number + 1}"))
        for number in range(EXPORTS)
    ]
    pages = []
    await asyncio.sleep(0.3)
    while not all(task.done() for task in tasks):
        pages.append(await get(port, f"/en/products/?page={len(pages) % 9 + 2}"))
        pages.append(await get(port, "/fa/about/"))
    return [await task for task in tasks], pages
