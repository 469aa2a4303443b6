"""The page on which a claim is accepted: what it becomes, filled in from what the visitor wrote."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin import access
from catalog.admin.fields import (
    ManyRecordsField,
    PlainNumberField,
    SearchSelect,
    SearchSelectMultiple,
    WholeNumberField,
)
from catalog.models import Commitment, Company, EngagementStage, IdleUnit, Product
from catalog.models.base import YEAR_VALIDATORS
from contact import accepting, answering
from contact.models import Enquiry
from contact.models.enquiries import EnquiryRole, Kind

from . import correcting
from .forms import CleanForm, words_field
from .shown import enquiry_kind, enquiry_records

NO_SAMPLES = gettext_lazy("“%(name)s” is a sample; nothing real is tied to it.")


class AcceptForm(CleanForm):
    """What every way of accepting has: words for the visitor, which may be read in public beside a call."""

    text_en = words_field(gettext_lazy("In words, in English"), "en")
    text_fa = words_field(gettext_lazy("In words, in Persian"), "fa")

    def __init__(self, enquiry, *args, **kwargs):
        self.enquiry = enquiry
        super().__init__(*args, **kwargs)
        self.choose_products()

    def choose_products(self):
        """The products it is about as boxes to tick; where it names none, a search for some."""
        if "products" not in self.fields:
            return
        named, field = self.enquiry.products.all(), self.fields["products"]
        if named:
            field.widget = forms.CheckboxSelectMultiple(attrs={"class": "choices"})
            field.queryset, field.initial = named, list(named)
        else:
            field.widget = SearchSelectMultiple(IdleUnit._meta.get_field("products"), admin.site)
            field.queryset = Product.objects.all()
        field.widget.choices = field.choices

    def clean_products(self):
        for product in self.cleaned_data["products"]:
            _refuse_sample(product)
        return self.cleaned_data["products"]

    def words(self):
        return {name: self.cleaned_data[name] for name in ("text_en", "text_fa")}


def _refuse_sample(record):
    if record.is_sample:
        raise ValidationError(NO_SAMPLES % {"name": record})


def _refuse_closed(user, record):
    """Raise ValidationError where this account cannot change the record now."""
    if not (access.may_write(user, type(record)) and access.is_in_scope(user, record)):
        raise ValidationError(
            _("Your account does not change this record: give the enquiry to one that does.")
        )
    if access.is_under_review(user, record):
        raise ValidationError(_("This record is in review: wait until that is decided."))


def _products():
    return ManyRecordsField(Product.objects.none(), label=gettext_lazy("Products"))


class OfCompanyForm(AcceptForm):
    """What names a company: one on record, or a new one by its name."""

    products = _products()
    company = forms.ModelChoiceField(
        Company.objects.all(), label=gettext_lazy("Company on record"), required=False
    )
    name_en = forms.CharField(
        label=gettext_lazy("Or a new company, in English"), max_length=160, required=False
    )
    name_fa = forms.CharField(label=gettext_lazy("Its name in Persian"), max_length=160, required=False)

    def __init__(self, enquiry, *args, **kwargs):
        super().__init__(enquiry, *args, **kwargs)
        field = self.fields["company"]
        field.widget = SearchSelect(Enquiry._meta.get_field("company"), admin.site)
        field.widget.choices, field.initial = field.choices, enquiry.company_id
        field.help_text = _("The sender wrote: %(name)s") % {"name": enquiry.organization or "–"}

    def clean_company(self):
        if company := self.cleaned_data["company"]:
            _refuse_sample(company)
        return self.cleaned_data["company"]

    def clean(self):
        given = super().clean()
        new = given.get("name_en") or given.get("name_fa")
        if "company" in self.errors:
            return given
        if given.get("company") and new:
            self.add_error("company", _("Choose a company on record or write a new name, not both."))
        elif new and not given.get("name_en"):
            self.add_error("name_en", _("Write the name in English too."))
        elif not given.get("company") and not new:
            self.add_error("company", _("Choose a company on record, or write the name of a new one."))
        return given

    def company_named(self):
        given = self.cleaned_data
        return given["company"] or {name: given[name] for name in ("name_en", "name_fa")}


class EngagementForm(OfCompanyForm):
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), choices=EngagementStage.choices)
    capacity = WholeNumberField(
        label=gettext_lazy("Capacity a year"),
        required=False,
        min_value=0,
        help_text=gettext_lazy("In the unit of the product."),
    )
    field_order = ["products", "company", "name_en", "name_fa", "stage", "capacity"]

    def __init__(self, enquiry, *args, **kwargs):
        super().__init__(enquiry, *args, **kwargs)
        makes = enquiry.role == EnquiryRole.MAKES
        self.fields["stage"].initial = EngagementStage.PRODUCTION if makes else EngagementStage.DESIGN

    def make(self, request, enquiry):
        given = self.cleaned_data
        values = {name: given[name] for name in ("stage", "capacity")}
        return accepting.engagements(request.user, enquiry, given["products"], self.company_named(), **values)


class DemandForm(OfCompanyForm):
    year = PlainNumberField(label=gettext_lazy("Iranian year"), required=False, validators=YEAR_VALIDATORS)
    quantity = WholeNumberField(
        label=gettext_lazy("Quantity"),
        required=False,
        min_value=0,
        help_text=gettext_lazy("In the unit of the product."),
    )
    commitment = forms.ChoiceField(
        label=gettext_lazy("Commitment"), choices=Commitment.choices, initial=Commitment.INDICATIVE
    )
    field_order = ["products", "company", "name_en", "name_fa", "year", "quantity", "commitment"]

    def make(self, request, enquiry):
        given = self.cleaned_data
        values = {name: given[name] for name in ("year", "quantity", "commitment")}
        return accepting.demands(request.user, enquiry, given["products"], self.company_named(), **values)


class PlantForm(AcceptForm):
    products = _products()
    unit = forms.ModelChoiceField(IdleUnit.objects.all(), label=gettext_lazy("Idle unit"))
    field_order = ["products", "unit"]

    def __init__(self, enquiry, *args, **kwargs):
        super().__init__(enquiry, *args, **kwargs)
        field = self.fields["unit"]
        field.widget = SearchSelect(Enquiry._meta.get_field("unit"), admin.site)
        field.widget.choices, field.initial = field.choices, enquiry.unit_id

    def clean_unit(self):
        _refuse_sample(self.cleaned_data["unit"])
        return self.cleaned_data["unit"]

    def make(self, request, enquiry):
        unit, noun_admin = self.cleaned_data["unit"], admin.site._registry[IdleUnit]
        _refuse_closed(request.user, unit)
        return accepting.plant(request, noun_admin, enquiry, unit, self.cleaned_data["products"])


class CorrectionForm(AcceptForm):
    record = forms.ChoiceField(label=gettext_lazy("Record that is wrong"), widget=forms.RadioSelect)
    field_order = ["record"]

    def __init__(self, enquiry, *args, **kwargs):
        super().__init__(enquiry, *args, **kwargs)
        self.records = {str(n): one[1] for n, one in enumerate(enquiry_records(enquiry))}
        field = self.fields["record"]
        field.choices = [(key, str(record)) for key, record in self.records.items()]
        field.initial = next(iter(self.records), None)
        field.help_text = _("Its page opens next: correct it there. The reference goes along as the reason.")
        del self.fields["text_en"], self.fields["text_fa"]

    def next_page(self, request, enquiry):
        """The page of the record, where saving the correction accepts the claim."""
        record = self.records[self.cleaned_data["record"]]
        _refuse_closed(request.user, record)
        return correcting.correcting_address(enquiry, record)


class NothingForm(AcceptForm):
    def make(self, request, enquiry):
        return []


WAYS = {
    "engagement": (gettext_lazy("a company works on it"), EngagementForm),
    "demand": (gettext_lazy("a company buys it"), DemandForm),
    "plant": (gettext_lazy("an idle plant could make it"), PlantForm),
    "correction": (gettext_lazy("a record is corrected"), CorrectionForm),
    "nothing": (gettext_lazy("no record: it is only accepted"), NothingForm),
}
"""What a claim can become: words and form of each."""

USUAL = {
    EnquiryRole.MAKES: "engagement",
    EnquiryRole.COULD_MAKE: "engagement",
    EnquiryRole.BUYS: "demand",
    EnquiryRole.PLANT_COULD: "plant",
    EnquiryRole.WRONG: "correction",
}


class Accepting:
    """For the ModelAdmin of enquiries."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.accept_view)
        return [path("<int:pk>/accept/", view, name="contact_enquiry_accept"), *super().get_urls()]

    def accept_url(self, enquiry):
        """The page on which it is accepted; "" where that cannot be."""
        if enquiry.kind != Kind.CLAIM or enquiry.state not in answering.LIVING:
            return ""
        return reverse("admin:contact_enquiry_accept", args=[enquiry.pk])

    def accept_view(self, request, pk):
        enquiry = self.seen(request, pk)
        if not self.accept_url(enquiry):
            self.message_user(request, _("This enquiry can no longer be accepted."), messages.ERROR)
            return self._to(enquiry)
        name = request.GET.get("as", "")
        name = name if name in WAYS else USUAL[enquiry.role]
        form = WAYS[name][1](enquiry, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._accepted(request, enquiry, form)
            except answering.OvertakenError:
                form.add_error(
                    None, _("Somebody else did something with it meanwhile: look at it again first.")
                )
            except ValidationError as error:
                form.add_error(None, error.messages)
        return self.page(
            request,
            "admin/contact/accept.html",
            _("Accept %(reference)s") % {"reference": enquiry.reference},
            enquiry=enquiry,
            kind=enquiry_kind(enquiry),
            form=form,
            media=self.media + form.media,
            ways=[(key, words, key == name) for key, (words, _form) in WAYS.items()],
            seen=request.POST.get("seen") or answering.seen_of(enquiry),
        )

    def _accepted(self, request, enquiry, form):
        if isinstance(form, CorrectionForm):
            page = form.next_page(request, enquiry)
            words = _("The claim is accepted when the correction is saved on this page.")
            self.message_user(request, words, messages.INFO)
            return HttpResponseRedirect(page)
        answering.accept_enquiry(
            enquiry,
            request.user,
            lambda held: form.make(request, held),
            **form.words(),
            seen=request.POST.get("seen", ""),
        )
        self.message_user(request, _("The claim is accepted."), messages.SUCCESS)
        return self._to(enquiry)

    @staticmethod
    def _to(enquiry):
        return HttpResponseRedirect(reverse("admin:contact_enquiry_change", args=[enquiry.pk]))
