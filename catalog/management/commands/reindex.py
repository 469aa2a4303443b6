from django.core.management.base import BaseCommand
from django.db import transaction

from catalog import search
from catalog.models import Company, Facility, IdleUnit, Product, Sector


class Command(BaseCommand):
    help = "Rebuild the search index and the derived columns, as is needed after raw SQL."

    def handle(self, **options):
        with transaction.atomic():
            search.clear()
            Sector.derive_own(Sector.objects.order_by("pk").iterator())
            Company.derive_own(Company.objects.order_by("pk").iterator())
            IdleUnit.derive_own(IdleUnit.objects.order_by("pk").iterator())
            Facility.objects.refresh(Facility.objects.order_by("pk").values_list("pk", flat=True))
            ids = list(Product.objects.order_by("pk").values_list("pk", flat=True))
            Product.objects.refresh(ids)
            indexed = sum(1 for _ in search.digests())
        if options["verbosity"]:
            self.stdout.write(f"{len(ids)} products derived, {indexed} of them public and indexed.")
