"""What is written in both languages: a draft may say it in one of them, what is public says it in both."""

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext


def language_pairs(model):
    """[(English field, Persian field)] of the texts of `model` that are written in both languages."""
    fields = {field.name: field for field in model._meta.concrete_fields if field.editable}
    return [
        (english, fields[persian])
        for name, english in fields.items()
        if name.endswith("_en") and (persian := f"{name.removesuffix('_en')}_fa") in fields
    ]


def missing_fields(record):
    """The fields of `record` itself that are empty and may not be once it is public: the names it must have,
    and what is written in the other language alone. A name that needs one language only, as that of a
    company does, is not among them."""
    found = []
    for english, persian in language_pairs(type(record)):
        empty = [field for field in (english, persian) if not getattr(record, field.attname)]
        if english.blank and persian.blank:
            found += empty if len(empty) == 1 else []
        else:
            found += [field for field in empty if not field.blank]
    return found


def unnamed(record):
    """The pairs of `record` that even a draft has in one language at least, and that are empty in both."""
    return [
        pair
        for pair in language_pairs(type(record))
        if not all(field.blank for field in pair) and not any(getattr(record, f.attname) for f in pair)
    ]


def what_is_missing(record):
    """What keeps a record and the rows that show with it from being public, as phrases: “name, in Persian”,
    “Parameter “Flow”: name, in English”."""
    found = [str(field.verbose_name) for field in missing_fields(record)]
    for name in record.rows_in_both_languages:
        for row in getattr(record, name).all():
            kind = capfirst(row._meta.verbose_name)
            found += [
                gettext("%(kind)s “%(row)s”: %(field)s")
                % {"kind": kind, "row": row, "field": field.verbose_name}
                for field in missing_fields(row)
            ]
    return found


def joined_phrases(phrases):
    """Phrases one after the other, as the page's language sets them apart."""
    return ("؛ " if get_language() == "fa" else "; ").join(phrases)
