"""An answer of the site as lines of text."""

import io
import json
import re
import zipfile

from . import dom

# They name a version of the answer, not what it says; that there is one is recorded.
VARYING = {"etag", "last-modified", "x-request-id"}
LEFT_OUT = {"content-length", "date", "expires"}

BESIDES_CONTENT = {"docProps/core.xml", "xl/sharedStrings.xml"}  # the moment of writing; texts of cells


def as_lines(response):
    """Status, headers and body of a response of Django's test client."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    head = [f"status: {response.status_code}", *headers(response), ""]
    return head + (body_lines(kind, body) if body else [])


def headers(response):
    """The headers by name, then the names of the cookies that are set."""
    for name, value in sorted(response.headers.items(), key=lambda item: item[0].lower()):
        low = name.lower()
        if low not in LEFT_OUT:
            yield f"{low}: {'…' if low in VARYING else header_value(low, value)}"
    for name in sorted(response.cookies):
        yield f"set-cookie: {name}"


def header_value(name, value):
    """The value of a header; a policy's directives in order of the alphabet, since they come in any order."""
    if name == "content-security-policy":
        return "; ".join(sorted(part.strip() for part in value.split(";")))
    return value


def body_lines(kind, body):
    """The body as its media type says."""
    media_type = kind.partition(";")[0].strip()
    if media_type.endswith("spreadsheetml.sheet"):
        return workbook_lines(body)
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return [f"{len(body)} bytes: {body[:64]!r}"]
    if media_type == "text/html":
        return dom.lines(text)
    if media_type.endswith("json"):
        return json_lines(text)
    return xml_lines(text) if media_type.endswith("xml") else text.splitlines()


def xml_lines(text):
    return re.sub(r">\s*<", ">\n<", text).splitlines()


def json_lines(text):
    try:
        return dom.laid_out(text).splitlines()
    except json.JSONDecodeError:
        return text.splitlines()


def workbook_lines(body):
    """Of an Excel workbook every row as a JSON list of [value, number format], then all besides the cells."""
    from openpyxl import load_workbook  # noqa: PLC0415, slow to import and rarely needed

    book = load_workbook(io.BytesIO(body), read_only=True)
    found = []
    for sheet in book.worksheets:
        found.append(f"sheet: {sheet.title}")
        for row in sheet.iter_rows():
            cells = [[cell.value, cell.number_format] for cell in row]
            while cells and cells[-1][0] is None:
                cells.pop()
            found.append(json.dumps(cells, ensure_ascii=False, default=str))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in sorted(archive.namelist()):
            if name not in BESIDES_CONTENT:
                text = re.sub("<sheetData>.*</sheetData>", "<sheetData/>", archive.read(name).decode())
                found += [f"part: {name}", *xml_lines(text)]
    return found
