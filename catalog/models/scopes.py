"""What an account of the staff is limited to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .codes import codes_field, codes_of
from .offices import Office
from .provinces import Province
from .sectors import Sector


class Scope(models.Model):
    """The sectors, provinces and offices whose records an account changes; none of them: it is not limited.
    Which records those are is said in catalog/staff/scopes.py."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("account"), related_name="scope"
    )
    sectors = models.ManyToManyField(Sector, verbose_name=_("sectors"), related_name="+", blank=True)
    provinces = codes_field(Province, _("provinces"))
    offices = models.ManyToManyField(Office, verbose_name=_("offices"), related_name="+", blank=True)

    class Meta:
        verbose_name = _("limit of an account")
        verbose_name_plural = _("limits of accounts")
        default_permissions = ()
        permissions = [("read_enquiries", _("May read enquiries"))]

    def __str__(self):
        return str(self.user)

    @property
    def tags(self):
        """{(dimension, key)}: ("sector", 3), ("province", "yazd"), ("office", 1)."""
        return {
            *(("sector", sector.pk) for sector in self.sectors.all()),
            *(("province", code) for code in codes_of(self.provinces)),
            *(("office", office.pk) for office in self.offices.all()),
        }

    @property
    def names(self):
        """The words for all of it, in the active language."""
        labels = [str(Province(code).label) for code in codes_of(self.provinces)]
        return [*map(str, self.sectors.all()), *labels, *map(str, self.offices.all())]
