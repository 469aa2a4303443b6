"""Keepers: named from an accepted claim, with what proves that they speak for the company."""

from django import forms
from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin import columns, confirming
from catalog.admin.fields import SearchSelect, is_key
from catalog.models import Company, IdleUnit
from catalog.staff import roles, scopes
from contact import keeping
from contact.models import Enquiry, Keeper
from contact.models.enquiries import EnquiryState

from .base import Enquiries
from .forms import CleanForm


class KeeperForm(CleanForm):
    """For which record the contact speaks, and how that was proved."""

    company = forms.ModelChoiceField(Company.objects.all(), label=gettext_lazy("Company"), required=False)
    unit = forms.ModelChoiceField(
        IdleUnit.objects.all(), label=gettext_lazy("Or an idle unit"), required=False
    )
    proof = forms.ChoiceField(label=gettext_lazy("How it was proved"), widget=forms.RadioSelect)
    proof_details = forms.CharField(
        label=gettext_lazy("Proof in words"),
        max_length=300,
        help_text=gettext_lazy(
            "The domain and where it is known from, or the number and where it was found."
        ),
        error_messages={"required": gettext_lazy("Say what you checked: without proof nobody is named.")},
    )

    def __init__(self, enquiry, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.enquiry = enquiry
        self.fields["proof"].choices = keeping.KeeperProof.choices
        for name, key in (("company", keeping.company_of(enquiry)), ("unit", enquiry.unit_id)):
            field = self.fields[name]
            field.widget = SearchSelect(Enquiry._meta.get_field(name), admin.site)
            field.widget.choices, field.initial = field.choices, key
        self.fields["proof"].initial = keeping.KeeperProof.DOMAIN

    def clean(self):
        given = super().clean()
        chosen = [given[name] for name in ("company", "unit") if given.get(name)]
        if len(chosen) != 1 and not {"company", "unit"} & set(self.errors):
            self.add_error("company", _("Choose the company or the unit, one of them."))
        elif chosen and chosen[0].is_sample:
            self.add_error("company", _("A sample has no keeper."))
        by_domain = given.get("proof") == keeping.KeeperProof.DOMAIN and given.get("company")
        if by_domain and not keeping.is_of_domain(self.enquiry.email, given["company"]):
            text = _("The e-mail address is not of the domain of the company’s website on record.")
            self.add_error("proof", text)
        return given


class Keeping:
    """For the ModelAdmin of enquiries: the page that names a keeper."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.keeper_view)
        return [path("<int:pk>/keeper/", view, name="contact_enquiry_keeper"), *super().get_urls()]

    def keeper_url(self, enquiry):
        """The page on which its sender becomes a keeper; "" where that cannot be."""
        if enquiry.state != EnquiryState.ACCEPTED or not enquiry.email:
            return ""
        return reverse("admin:contact_enquiry_keeper", args=[enquiry.pk])

    def keeper_view(self, request, pk):
        enquiry = self.seen(request, pk)
        back = reverse("admin:contact_enquiry_change", args=[enquiry.pk])
        if not self.keeper_url(enquiry):
            text = _("Only who sent an accepted claim and gave an e-mail address becomes a keeper.")
            self.message_user(request, text, messages.ERROR)
            return HttpResponseRedirect(back)
        form = KeeperForm(enquiry, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                with transaction.atomic():
                    keeping.name_keeper(enquiry, request.user, **form.cleaned_data)
            except IntegrityError:
                form.add_error(None, _("This contact speaks for it already."))
            else:
                self.message_user(request, _("The keeper is named."), messages.SUCCESS)
                return HttpResponseRedirect(back)
        title = _("Name a keeper: %(reference)s") % {"reference": enquiry.reference}
        return self.page(
            request,
            "admin/contact/keeper.html",
            title,
            enquiry=enquiry,
            form=form,
            media=self.media + form.media,
            keepers=[(one.of, one.get_proof_display()) for one in enquiry.keepers.filter(ended_at=None)],
        )


@admin.register(Keeper)
class KeeperAdmin(Enquiries):
    """Who speaks for what. A keeper is ended here; who has their enquiry deleted is gone from here too."""

    actions = ["end_action"]
    list_display = ["record", "contact", "proved", "asked", "standing"]
    list_display_links = None
    list_select_related = ["company", "unit", "checked_by", "enquiry"]
    search_fields = ["company__name_en", "company__name_fa", "unit__name_en", "unit__name_fa"]
    search_help_text = gettext_lazy("Company or unit")
    change_list_template = "admin/contact/inbox.html"

    def get_queryset(self, request):
        if not roles.may_read_enquiries(request.user):
            return Keeper.objects.none()
        mine = scopes.within(request.user, Keeper).values("pk")
        return Keeper.objects.filter(pk__in=mine).prefetch_related("askings")

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.action(description=gettext_lazy("Speaks for it no more"))
    def end_action(self, request, queryset):
        queryset.filter(ended_at=None).update(ended_at=timezone.now())
        self.message_user(request, _("These contacts are asked no more."), messages.SUCCESS)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A keeper has no page: that of its enquiry says all."""
        keeper = self.get_queryset(request).filter(pk=object_id if is_key(object_id) else None).first()
        if keeper is None:
            raise Http404
        return HttpResponseRedirect(reverse("admin:contact_enquiry_change", args=[keeper.enquiry_id]))

    @admin.display(description=gettext_lazy("speaks for"))
    def record(self, keeper):
        page = reverse("admin:contact_enquiry_change", args=[keeper.enquiry_id])
        return columns.two_lines(
            keeper.of, format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a>', page, keeper.enquiry)
        )

    @admin.display(description=gettext_lazy("contact"))
    def contact(self, keeper):
        return columns.two_lines(
            format_html("<bdi>{}</bdi>", keeper.name), format_html('<bdi dir="ltr">{}</bdi>', keeper.email)
        )

    @admin.display(description=gettext_lazy("how it was proved"))
    def proved(self, keeper):
        who = columns.person(keeper.checked_by) if keeper.checked_by else columns.EMPTY
        when = columns.day(columns.day_of(keeper.checked_at))
        return columns.two_lines(keeper.get_proof_display(), f"{keeper.proof_details} · {who} · {when}")

    @admin.display(description=gettext_lazy("last asked on"))
    def asked(self, keeper):
        last = max((one.asked_at for one in keeper.askings.all()), default=None)
        return columns.day_cell(columns.day_of(last)) if last else columns.EMPTY

    @admin.display(description=gettext_lazy("last confirmed on"))
    def standing(self, keeper):
        if keeper.ended_at:
            return _("ended")
        days = [one.confirmed_at for one in keeper.askings.all() if one.confirmed_at]
        return columns.day_cell(columns.day_of(max(days))) if days else columns.EMPTY


def speaking_for(record):
    """A link to each enquiry whose sender speaks for a record, or for the company that it is about."""
    field = "unit" if isinstance(record, IdleUnit) else "company"
    key = getattr(record, "buyer_id", None) or getattr(record, "company_id", None) or record.pk
    for keeper in Keeper.objects.filter(**{field: key}, ended_at=None).select_related("enquiry"):
        page = reverse("admin:contact_enquiry_change", args=[keeper.enquiry_id])
        yield format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a>', page, keeper.enquiry)


confirming.reference_functions.append(speaking_for)
