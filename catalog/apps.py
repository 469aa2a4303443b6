from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = _("Catalogue")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from .caching import editions  # noqa: PLC0415, models are ready only now
        from .staff import audit  # noqa: F401, PLC0415, it listens to sign-ins

        post_migrate.connect(editions.ensure_triggers, sender=self)
