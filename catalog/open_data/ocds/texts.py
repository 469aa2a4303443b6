"""The texts of a release, in both languages: whatever the standard has no field for."""

from django.utils.translation import get_language, gettext, ngettext, override

from catalog.formats.calendar import date_words
from catalog.formats.numerals import number
from catalog.models import Contract
from catalog.models.base import if_public

TEXT_LANGUAGES = ("en", "fa")


def in_both(field, text):
    """{field, field_fa}: what the function `text` says in English and in Persian; without what is empty."""
    texts = {}
    for language in TEXT_LANGUAGES:
        with override(language):
            if value := str(text()):
                texts[field if language == "en" else f"{field}_{language}"] = value
    return texts


def in_both_languages(field, record, stem):
    """{field, field_fa} of the columns stem_en and stem_fa; without what is empty."""
    names = {field: getattr(record, f"{stem}_en"), f"{field}_fa": getattr(record, f"{stem}_fa")}
    return {name: text for name, text in names.items() if text}


def of_contract(contract):
    """Kind, extent, day, desk and condition in sentences of the active language."""
    return " ".join([*_extent(contract), *_signature(contract), *_condition(contract)])


def _extent(contract):
    if contract.kind == Contract.Kind.OFFTAKE:
        yield gettext("This is an offtake contract.")
    if contract.items_count is not None and contract.items_unit:
        yield gettext("It covers %(count)s %(unit)s.") % {
            "count": number(contract.items_count, get_language()),
            "unit": contract.get_items_unit_display(),
        }
    unpriced = sum(line.amount is None for line in contract.lines.all())
    if unpriced and contract.amount is not None and contract.total_basis == Contract.Basis.LINES:
        yield ngettext(
            "The value is the sum of its lines; %(count)s line has no amount.",
            "The value is the sum of its lines; %(count)s lines have no amount.",
            unpriced,
        ) % {"count": number(unpriced, get_language())}


def _signature(contract):
    if not contract.signed_on:
        yield gettext("When it was signed is not recorded.")
    elif contract.signed_precision != Contract.Precision.DAY:
        when = date_words(contract.signed_on, contract.signed_precision, get_language())
        yield gettext("Signed in %(when)s; the day is not recorded.") % {"when": when}
    if if_public(contract.desk) and not contract.desk.is_sample:
        yield gettext("Signed at the desk “%(desk)s”.") % {"desk": contract.desk.name}


def _condition(contract):
    if contract.status:
        yield gettext("Condition on record: %(condition)s.") % {"condition": contract.get_status_display()}


def of_award():
    return gettext("No decision to award is on record; this entry only ties the contract to its suppliers.")


def of_own_record():
    return gettext("The publisher’s own record")


def of_own_entry():
    return gettext("Entered by the publisher’s staff; no other publication is named as its source.")


def of_report(source):
    """What is taken from a publication, with the credit that its licence asks for."""
    if source.credit:
        return gettext("These facts were reported here. Credit: %(credit)s.") % {"credit": source.credit}
    return gettext("These facts were reported here; nothing but facts was taken from it.")


def of_page():
    return gettext("The contract’s page on the publisher’s site")
