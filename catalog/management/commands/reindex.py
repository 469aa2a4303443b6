from django.core.management.base import BaseCommand
from django.db import transaction

from catalog import search
from catalog.models import Product
from catalog.nouns import nouns


class Command(BaseCommand):
    help = "Rebuild the search index and the derived columns, as is needed after raw SQL."

    def handle(self, **options):
        with transaction.atomic():
            search.clear()
            for noun in nouns():
                rows = noun.model.objects.order_by("pk")
                if hasattr(noun.model, "derive_own"):
                    noun.model.derive_own(rows.iterator())
                if hasattr(rows, "refresh"):
                    rows.refresh(rows.values_list("pk", flat=True))
            count, indexed = Product.objects.count(), sum(1 for _ in search.stored())
        if options["verbosity"]:
            self.stdout.write(f"{count} products derived, {indexed} of them public and indexed.")
