from django.core.management.base import BaseCommand
from django.db import transaction

from catalog import search
from catalog.models import Contract, Facility, Product, ProductCount
from catalog.models.products import FOLLOWING
from catalog.nouns import nouns


class Command(BaseCommand):
    help = "Rebuild the search index, the counts and the derived columns, as is needed after raw SQL."

    def handle(self, **options):
        with transaction.atomic():
            search.clear()
            for model in (noun.model for noun in nouns()):
                if hasattr(model, "derive_own"):
                    model.derive_own(model.objects.order_by("pk").iterator())
            for model in (Facility, Contract):
                model.objects.refresh(model.objects.order_by("pk").values_list("pk", flat=True))
            # Locked as `refresh` locks them: whoever writes a product meanwhile counts it after this.
            rows = Product.objects.select_for_update(no_key=True).order_by("pk")
            ids = list(rows.values_list("pk", flat=True))
            ProductCount.objects.clear()
            for model in FOLLOWING:
                model.objects.all().delete()
            Product.objects.refresh(ids)
            ProductCount.objects.compact()
            indexed = sum(1 for _ in search.digests())
        if options["verbosity"]:
            self.stdout.write(f"{len(ids)} products derived, {indexed} of them public and indexed.")
