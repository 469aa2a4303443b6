"""The validators that columns of migrations name.

Migrations create columns and never check a value, so these copies hold the rules without their translated
messages and without the list of HS codes. The models' own classes are deconstructed to these paths
(`@deconstructible(path=...)`): Django compares paths and arguments, and so sees no change between the two.
"""

import uuid

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible


def check(valid, message):
    if not valid:
        raise ValidationError(message)


@deconstructible
class HSCodeValidator:
    def __call__(self, value):
        check(value.isascii() and value.isdigit() and 6 <= len(value) <= 8, "An HS code has 6 to 8 digits.")


@deconstructible
class CountriesValidator:
    def __call__(self, value):
        check(all(len(code) == 2 and code.isupper() for code in value.split(",")), "Unknown country codes.")


@deconstructible
class SharesValidator:
    def __call__(self, text):
        check(all(len(share.split()) == 3 for share in text.split(";")), "No shares of tariff lines.")


@deconstructible
class FileSizeValidator:
    def __call__(self, file):
        check(file.size <= 20 * 1024 * 1024, "A document has at most 20 MB.")


@deconstructible
class CodesValidator:
    def __init__(self, values):
        self.values = list(values)

    def __call__(self, text):
        codes = text.split(",")
        check(set(codes) <= set(self.values), "Unknown codes.")
        check(len(set(codes)) == len(codes), "A code stands here twice.")


@deconstructible
class StoredName:
    """Names an uploaded document, for `upload_to`."""

    def __call__(self, document, filename):
        return f"documents/{uuid.uuid4().hex}.{filename.rsplit('.', 1)[-1].lower()}"
