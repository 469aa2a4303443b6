"""The sectors, provinces and offices that an account is limited to, as fields of its form."""

from django import forms
from django.contrib.auth.admin import AdminUserCreationForm
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.models import Office, Province, Scope, Sector
from catalog.models.codes import codes_of
from catalog.search.fold import sort_key

from .fields import CodesField, ManyRecordsField

LIMIT_FIELDS = ("limit_sectors", "limit_provinces", "limit_offices")
HELP = _(
    "With nothing ticked the account is not limited. Else it changes what belongs to one of these, and reads"
    " the rest."
)


class LimitsForm(forms.ModelForm):
    """For the forms of an account."""

    limit_sectors = ManyRecordsField(
        Sector.objects.none(), label=_("sectors"), required=False, widget=forms.CheckboxSelectMultiple
    )
    limit_provinces = CodesField(Province, label=_("provinces"))
    limit_offices = ManyRecordsField(
        Office.objects.none(), label=_("offices"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["limit_sectors"].queryset = Sector.objects.order_by("order", "pk")
        self.fields["limit_offices"].queryset = Office.objects.order_by("pk")
        provinces = sorted(Province.choices, key=lambda choice: sort_key(str(choice[1])))
        self.fields["limit_provinces"].choices = provinces
        limits = Scope.objects.filter(user=self.instance).first() if self.instance.pk else None
        if limits:
            self.initial["limit_sectors"] = [sector.pk for sector in limits.sectors.all()]
            self.initial["limit_provinces"] = codes_of(limits.provinces)
            self.initial["limit_offices"] = [office.pk for office in limits.offices.all()]

    @transaction.atomic
    def save_limits(self):
        """Store what was ticked for the account, which is stored."""
        sectors, provinces, offices = (self.cleaned_data.get(name) for name in LIMIT_FIELDS)
        if not (sectors or provinces or offices):
            Scope.objects.filter(user=self.instance).delete()
            return
        limits, _made = Scope.objects.update_or_create(user=self.instance, defaults={"provinces": provinces})
        limits.sectors.set(sectors)
        limits.offices.set(offices)


class NewAccountForm(LimitsForm, AdminUserCreationForm):
    pass
