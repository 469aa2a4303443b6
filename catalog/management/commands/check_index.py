from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from catalog import search
from catalog.models import Company, Facility, IdleUnit, Product, ProductCount, Sector, UnitMatch
from catalog.models.derived import CHUNK


class Command(BaseCommand):
    help = "Say where the search index, a count or a derived column is wrong. `reindex` mends it."

    def handle(self, **options):
        count = 0
        for fault in self.faults():
            self.stdout.write(fault)
            count += 1
        if count:
            raise CommandError(f"{count} faults; `manage.py reindex` mends them.")
        if options["verbosity"]:
            self.stdout.write("The index and the derived columns are as they should be.")

    def documents(self, words):
        """The (id, digest) of what should be indexed; on the way, its words are added to the set."""
        for product in Product.objects.in_pieces():
            if product.is_public:
                document = product.search_document()
                words.update(search.words_of(document))
                yield document.id, search.digest(document)

    def suggestions(self):
        """One line a fault of what is offered while a visitor types."""
        for noun, code, rows in [
            ("product", search.PRODUCT, Product.objects.in_pieces()),
            ("sector", search.SECTOR, Sector.objects.order_by("pk").iterator()),
            ("company", search.COMPANY, Company.objects.order_by("pk").iterator()),
        ]:
            public = (
                row for row in rows if (row.is_public if noun == "product" else row.state == "published")
            )
            expected = (search.suggestions.sealed(row.suggestion()) for row in public)
            for difference in search.differences(expected, search.suggestions.stored(code)):
                yield f"{noun} {difference.id}: {difference.fault} in the suggestions"

    def faults(self):
        """One line a fault."""
        words = set()
        for difference in search.differences(self.documents(words), search.stored()):
            yield f"product {difference.id}: {difference.fault} in the index"
        for word, fault in search.vocabulary.faults(words, DEFAULT_DB_ALIAS):
            yield f"word {word}: {fault} in the vocabulary"
        yield from self.suggestions()
        products = Product.objects.order_by("pk").iterator(chunk_size=CHUNK)
        yield from ProductCount.objects.faults((product.pk, product.kind()) for product in products)
        yield from UnitMatch.objects.faults(Product.objects.in_pieces())
        for noun, rows in [
            ("product", Product.objects.in_pieces()),
            ("company", Company.objects.order_by("pk").iterator()),
            ("idle unit", IdleUnit.objects.order_by("pk").iterator()),
            ("facility", Facility.objects.with_payments_summed().order_by("pk").iterator()),
        ]:
            for row in rows:
                for column in row.stale_derived():
                    yield f"{noun} {row.pk}: {column} is stale"
