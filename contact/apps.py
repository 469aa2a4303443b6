from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactConfig(AppConfig):
    name = "contact"
    verbose_name = _("Visitors and answers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from catalog.staff import scopes  # noqa: PLC0415, models are ready only now

        from . import checks  # noqa: F401, PLC0415, it registers them
        from .models import Enquiry, Keeper  # noqa: PLC0415

        scopes.extend(Enquiry, {"office": "office"}, ["products", "company", "desk", "contract", "unit"])
        scopes.extend(Keeper, {}, ["enquiry", "company", "unit"])
