"""What an accepted claim becomes: drafts that wait for review, or proposed changes of what is public."""

from dataclasses import asdict

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from catalog.admin import access, proposals, reviews
from catalog.admin.form_values import FormValues, values_of
from catalog.admin.forms import free_address
from catalog.admin.held_saves import forms_of
from catalog.admin.reverting import as_sent
from catalog.formats.calendar import date_words
from catalog.models import Company, Demand, Engagement, Origin, Revision
from catalog.staff import scopes

from .models import ClaimRecord


def by_the_company(enquiry):
    """ "By the company, reference Q-1405-0001", in the active language."""
    return _("By the company, reference %(reference)s") % {"reference": enquiry.reference}


def engagements(user, enquiry, products, company, **values):
    """Drafts that say that a company works on these products, sent to review. `values`: stage, capacity.
    Returns [ClaimRecord]."""
    company, found = known_company(user, enquiry, company), []
    for product in products:
        record = Engagement(
            product=product,
            company=company,
            **values,
            origin=Origin.COMPANY,
            note=by_the_company(enquiry),
            **evidence(enquiry),
        )
        record.full_clean()
        record.save()
        reviews.send_to_review(user, record, by_the_company(enquiry))
        found.append(_noted(enquiry, record))
    return found


def evidence(enquiry):
    """{"evidence_en", "evidence_fa"}: that the company said so, under which reference, accepted when."""
    words = {}
    for language in ("en", "fa"):
        with override(language):
            day = date_words(timezone.localdate(), language=language)
            text = _("Told by the company itself; reference %(reference)s, accepted on %(day)s.")
            words[f"evidence_{language}"] = text % {"reference": enquiry.reference, "day": day}
    return words


def demands(user, enquiry, products, company, **values):
    """What a buyer wants of these products: a proposal where the product is public, else a row of the draft.
    `values`: year, quantity, commitment. Returns [ClaimRecord]."""
    company, found = known_company(user, enquiry, company), []
    for product in products:
        record = Demand(
            product=product, buyer=company, origin=Origin.COMPANY, note=by_the_company(enquiry), **values
        )
        record.full_clean()
        if access.is_public_matter(record):
            revision = _proposed(user, enquiry, record, values)
            found.append(_noted(enquiry, record, revision))
        else:
            record.save()
            found.append(_noted(enquiry, record))
    return found


def _proposed(user, enquiry, record, values):
    """The Revision that adds a demand."""
    texts = {name: "" if value is None else str(value) for name, value in values.items()}
    texts |= {"product": str(record.product_id), "buyer": str(record.buyer_id)}
    texts |= {"origin": record.origin, "note": record.note}
    return Revision.objects.create(
        content_type=ContentType.objects.get_for_model(Demand),
        title=str(record)[:300],
        author=user,
        reason=by_the_company(enquiry),
        reach=scopes.text_of(scopes.reach_of(record)),
        opened=asdict(FormValues(language=get_language())),
        proposed={name: [text] for name, text in texts.items()},
    )


def plant(request, noun_admin, enquiry, unit, products):
    """A plant could make these products: a proposal where it is public, else written into its draft. Returns
    [ClaimRecord]; with the own proposal of it that is under way, none is added to it."""
    user = request.user
    if not access.is_public_matter(unit):
        unit.products.add(*products)
        return [_noted(enquiry, unit)]
    if begun := proposals.under_way(unit).filter(author=user).first():
        return [_noted(enquiry, unit, begun)]
    request.proposal = proposals.Proposal(writes=True)
    opened = values_of(*forms_of(noun_admin, request, unit))
    form, formsets = forms_of(noun_admin, request, unit)
    named = [*unit.products.all(), *products]
    form.initial["products"] = list({product.pk: product for product in named}.values())
    data = as_sent(form, formsets)
    revision = proposals.store_sent(user, unit, data, opened, by_the_company(enquiry))
    return [_noted(enquiry, unit, revision)]


def correction(enquiry, record, revision):
    """A record that was wrong, and the Revision that corrects it; None for a draft corrected at once.
    Returns [ClaimRecord]."""
    return [_noted(enquiry, record, revision)]


def known_company(user, enquiry, company):
    """The company; where `company` is {"name_en", "name_fa"}, a new draft of that name, sent to review."""
    if isinstance(company, Company):
        return company
    record = Company(
        **company,
        slug=free_address(Company, "slug", company["name_en"] or enquiry.reference),
        origin=Origin.COMPANY,
        note=by_the_company(enquiry),
    )
    record.full_clean()
    record.save()
    reviews.send_to_review(user, record, by_the_company(enquiry))
    return record


def _noted(enquiry, record, revision=None):
    return ClaimRecord.objects.create(
        enquiry=enquiry,
        content_type=ContentType.objects.get_for_model(type(record)),
        record_id=record.pk,
        revision=revision,
    )
