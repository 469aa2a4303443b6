"""Words of a visitor that a page of the site answers, not a product: بومی سازی, وام, memorandum."""

from django.utils.translation import gettext_lazy as _

from catalog.search.fold import words

SITE_PAGES = {
    ("catalog:programme", _("Programme")): (
        "بومی سازی، ساخت داخل، نهضت ساخت داخل، خودکفایی، داخلی سازی، جایگزینی واردات،"
        "localisation, localization, domestic production, import substitution, programme, program"
    ),
    ("catalog:financing", _("Financing")): (
        "تسهیلات، وام، تأمین مالی، سرمایه در گردش، ضمانت نامه،"
        "financing, finance, loan, loans, facilities, guarantee, grant"
    ),
    ("catalog:desk_list", _("Desks")): "میز، میزها، میز ساخت داخل، میز تخصصی، desk, desks, promotion desk",
    ("catalog:contract_list", _("Contracts")): (
        "قرارداد، قراردادها، تفاهم نامه، تفاهم‌نامه‌ها،"
        "contract, contracts, memorandum, memoranda, agreement, agreements"
    ),
    ("catalog:unit_list", _("Idle units")): (
        "واحد راکد، واحدهای راکد، کارخانه تعطیل، احیای واحدها،"
        "idle unit, idle units, idle plant, idle plants, idle factory"
    ),
    ("catalog:company_list", _("Companies")): (
        "شرکت، شرکت ها، شرکت‌های دانش‌بنیان، دانش بنیان، company, companies"
    ),
    ("catalog:data", _("Open data")): "داده باز، دادهٔ باز، open data, api",
}
"""By the name of a page and its label the texts that it answers."""


def _key(text):
    return "".join(words(text))


_ANSWERS = {
    _key(text): page for page, texts in SITE_PAGES.items() for text in texts.replace("،", ",").split(",")
}


def page_named(text):
    """The page that answers a text, as (name of its address, label); None where it names no page."""
    return _ANSWERS.get(_key(text[:100]))
