"""Listings as files: the query of the page, every matching row, in the page's order."""

import json

from django.http import FileResponse, StreamingHttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from catalog.formats.calendar import to_jalali
from catalog.formats.numerals import digits
from catalog.listings.facets import search_notices
from catalog.nouns import nouns_offering
from catalog.open_data.exports import csv_file, json_file, xlsx_file
from catalog.open_data.exports.columns import ExportTable

EXPORT_FORMATS = {"csv": csv_file, "xlsx": xlsx_file, "json": json_file}
LONGEST_NOTICE = 300  # characters in the header, six bytes each in Persian: servers refuse long headers


def export_addresses():
    """The downloads of each list, named product_csv, product_xlsx, product_json: they take no argument."""
    return [
        path(
            f"{noun.path}/export.{suffix}",
            download_list,
            {"noun": noun, "export": export, "suffix": suffix},
            name=f"{noun.stem}_{suffix}",
        )
        for noun, export in nouns_offering("export")
        for suffix in EXPORT_FORMATS
    ]


@require_safe
def download_list(request, noun, export, suffix):
    """The list of a noun as a file. Of what cannot be used in its query the header X-Notices tells, a JSON
    list."""
    filterset = export.read(request.GET)
    notices = [*filterset.notices, *search_notices(filterset)]
    return file_of(
        request, lambda: table_of_list(request, noun, export, filterset, notices), noun.title, suffix, notices
    )


download_list.heavy = True


def file_of(request, made, title, suffix, notices=()):
    """The answer with the Table that `made` gives, as a file of that suffix; a HEAD makes none."""
    form = EXPORT_FORMATS[suffix]
    if request.method == "HEAD":
        response = StreamingHttpResponse(())
    elif form is xlsx_file:
        response = FileResponse(xlsx_file.opened_workbook(made()))
    else:
        response = StreamingHttpResponse(form.chunks(made()))
    response.headers["Content-Type"] = form.CONTENT_TYPE
    response.headers["Content-Disposition"] = content_disposition_header(True, file_name(title, suffix))
    response.headers["X-Robots-Tag"] = "noindex"
    if notices:
        response.headers["X-Notices"] = json.dumps([notice[:LONGEST_NOTICE] for notice in notices])
    return response


def table_of_list(request, noun, export, filterset, notices):
    """The Table of what is asked for."""
    site = f"{request.scheme}://{request.get_host()}"
    query = filterset.chosen.urlencode()
    return ExportTable(
        noun=noun.path,
        title=str(noun.title),
        columns=export.worded_columns(site, noun),
        page=f"{site}{reverse(noun.list_address)}{'?' if query else ''}{query}",
        chosen=filterset.chosen_words,
        notices=notices,
        day=timezone.localdate(),
        language=get_language(),
        batches=export.batches(filterset),
    )


def file_name(title, suffix):
    """ "Products 2026-05-11.csv", "کالاها ۱۴۰۵-۰۲-۲۱.csv"."""
    today, language = timezone.localdate(), get_language()
    if language != "fa":
        return f"{title} {today.isoformat()}.{suffix}"
    return f"{title} {digits('{:04}-{:02}-{:02}'.format(*to_jalali(today)), language)}.{suffix}"
