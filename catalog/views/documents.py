"""Files of public records. Uploads are reachable through here alone."""

import re
from pathlib import PurePath

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from catalog.models import Document

# What no file system takes, line ends that would break the header, and marks that turn a name's end around.
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
LONGEST_NAME = 100  # characters of the title


@require_safe
def document(request, pk):
    """The file of a public document: pictures in the page, all else as a download with a readable name.

    404 for a document on request or of a record that is not public, 410 with its reason for a withdrawn one.
    """
    public = Document.objects.filter(access=Document.Access.PUBLIC).exclude(file="")
    record = public.published().filter(pk=pk).first()
    if record is None:
        if withdrawn := public.withdrawn().filter(pk=pk).first():
            return render(request, "410.html", {"reason": withdrawn.withdrawn_reason}, status=410)
        raise Http404("No public document")
    # A stored file is never written again, so its name and the record's last change say all about the answer.
    etag = quote_etag(f"{PurePath(record.file.name).stem}-{record.updated_at.timestamp():.0f}")
    changed = int(record.updated_at.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=changed) or file_response(record)
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(changed)
    response.headers["Cache-Control"] = "no-cache"  # it may be withdrawn tomorrow: ask again each time
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def file_response(record):
    content_type = record.content_type
    try:
        opened = record.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("The file is missing") from error
    return FileResponse(
        opened,
        as_attachment=not content_type.startswith("image/"),
        filename=download_name(record),
        content_type=content_type,
    )


def download_name(record):
    """A readable name in the document's own language, fit for every file system: "شرایط فنی.pdf"."""
    title = record.title_fa if record.language == "fa" else record.title_en
    return (" ".join(_UNFIT.sub(" ", title).split())[:LONGEST_NAME].strip(". ") or "document") + record.suffix
