from django.core.management.base import BaseCommand, CommandError

from catalog import search
from catalog.models import Company, Facility, IdleUnit, Product


class Command(BaseCommand):
    help = "Say where the search index or a derived column is not what its rows make it. `reindex` mends."

    def handle(self, **options):
        count = 0
        for fault in self.faults():
            self.stdout.write(fault)
            count += 1
        if count:
            raise CommandError(f"{count} faults; `manage.py reindex` mends them.")
        if options["verbosity"]:
            self.stdout.write("The index and the derived columns are as they should be.")

    def faults(self):
        """One line a fault."""
        public = (product for product in Product.objects.in_pieces() if product.is_public)
        documents = (product.search_document() for product in public)
        for difference in search.differences(documents, search.stored()):
            yield f"product {difference.id}: {difference.fault} in the index"
        for noun, rows in [
            ("product", Product.objects.in_pieces()),
            ("company", Company.objects.order_by("pk").iterator()),
            ("idle unit", IdleUnit.objects.order_by("pk").iterator()),
            ("facility", Facility.objects.with_payments_summed().order_by("pk").iterator()),
        ]:
            for row in rows:
                for column in row.stale_derived():
                    yield f"{noun} {row.pk}: {column} is stale"
