"""The bulk files, which `manage.py write_bulk` writes and the open data page lists."""

import re

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, quote_etag
from django.views.decorators.http import require_safe

from catalog.open_data.bulk import stored

BLOCK = 2**16
_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.ASCII)


@require_safe
def file(request, name):
    """One of them, whole or the one range that is asked for: a broken download of a large file goes on where
    it stopped. Its ETag is its checksum."""
    bulk = stored.current_bulk()
    media_type = bulk and bulk.media_type(name)
    if not media_type:
        raise Http404("No such file")
    path = bulk.folder / name  # never written again: a new writing has a folder of its own
    # SHA256SUMS does not sum up itself; it changes with each writing.
    etag = quote_etag(bulk.sums.get(name, bulk.folder.name))
    changed = int(bulk.begun.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=changed)
    response = response or file_or_part(request, path, etag)
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(changed)
    response.headers["Cache-Control"] = "public, no-cache"  # it may be closed or written anew: ask each time
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Type"] = media_type
    # Its own name: SHA256SUMS and datapackage.json know it by that.
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Content-Language"] = "en, fa"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def file_or_part(request, path, etag):
    """The file or its part."""
    size = path.stat().st_size
    first, last = asked_range(request, etag, size) or (0, size - 1)
    if first > last and size:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    whole = (first, last) == (0, size - 1)
    if request.method == "HEAD":
        response = HttpResponse()
    else:
        response = StreamingHttpResponse(blocks(path, first, last))
    if not whole:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    response.headers["Content-Length"] = str(last - first + 1)
    return response


def asked_range(request, etag, size):
    """(first, last) byte of the one range that is asked for, first > last where there is nothing in it; None
    where the whole file is to be sent: no range, several, one of another version, or nonsense."""
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not found or found.groups() == ("", "") or request.method != "GET":
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    first, last = found.groups()
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else (size, size - 1)
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last), size - 1) if last else size - 1


def blocks(path, first, last):
    """Bytes `first` to `last` of the file, a block at a time."""
    with path.open("rb") as opened:
        opened.seek(first)
        left = last - first + 1
        while left > 0 and (block := opened.read(min(BLOCK, left))):
            left -= len(block)
            yield block
