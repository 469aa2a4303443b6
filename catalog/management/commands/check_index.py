from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from catalog import search
from catalog.models import Company, Facility, IdleUnit, Product, Sector


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
            expected = (search.suggestions.expected_digest(row.suggestion()) for row in public)
            for difference in search.differences(expected, search.suggestions.digests(code)):
                yield f"{noun} {difference.id}: {difference.fault} in the suggestions"

    def faults(self):
        """One line a fault."""
        words = set()
        for difference in search.differences(self.documents(words), search.digests()):
            yield f"product {difference.id}: {difference.fault} in the index"
        for word, fault in search.vocabulary.faults(words, DEFAULT_DB_ALIAS):
            yield f"word {word}: {fault} in the vocabulary"
        yield from self.suggestions()
        for noun, rows in [
            ("product", Product.objects.in_pieces()),
            ("company", Company.objects.order_by("pk").iterator()),
            ("idle unit", IdleUnit.objects.order_by("pk").iterator()),
            ("facility", Facility.objects.with_payments_summed().order_by("pk").iterator()),
        ]:
            for row in rows:
                for column in row.stale_derived():
                    yield f"{noun} {row.pk}: {column} is stale"
