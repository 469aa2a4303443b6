"""Whether an uploaded file is what its name says, by its content."""

import io
import zipfile

from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

MOST_PIXELS = 40_000_000  # a browser needs four bytes of memory for each
PICTURES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
OFFICE_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
KIND_WORDS = {
    ".pdf": _("This is not a PDF: open it in the program it was made with, and save it as a PDF."),
    ".docx": _("This is not a Word document (.docx)."),
    ".xlsx": _("This is not an Excel workbook (.xlsx)."),
    ".csv": _("This is not text in UTF-8: save it again as “CSV UTF-8”."),
    ".txt": _("This is not text in UTF-8: save it again with that encoding."),
    ".png": _("This is not a PNG picture."),
    ".jpg": _("This is not a JPEG picture."),
    ".jpeg": _("This is not a JPEG picture."),
    ".webp": _("This is not a WebP picture."),
}
TOO_MANY_PIXELS = _("This picture has more than 40 million pixels: make it smaller.")


def fault_of(file, suffix):
    """What is wrong with the content of an open `file` with that suffix, in words; "" where nothing is."""
    try:
        file.seek(0)
        if suffix in PICTURES:
            return _fault_of_picture(file, suffix)
        return "" if _is_what_it_says(file, suffix) else KIND_WORDS.get(suffix, "")
    finally:
        file.seek(0)


def _is_what_it_says(file, suffix):
    if suffix in OFFICE_PARTS:
        try:
            with zipfile.ZipFile(file) as parts:
                return OFFICE_PARTS[suffix] in parts.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False
    if suffix == ".pdf":
        return b"%PDF-" in file.read(1024)
    return _is_text(file.read())


def _is_text(content):
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _fault_of_picture(file, suffix):
    """Its head is enough to know its kind and size: what it unpacks to is never held in memory."""
    try:
        picture = Image.open(io.BytesIO(file.read()), formats=[PICTURES[suffix]])
        width, height = picture.size
        picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return TOO_MANY_PIXELS
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        return KIND_WORDS[suffix]
    return TOO_MANY_PIXELS if width * height > MOST_PIXELS else ""
