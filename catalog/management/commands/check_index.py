from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from catalog import search
from catalog.models import Document, ImportRecord, Product, ProductCount
from catalog.models.derived import CHUNK
from catalog.models.products import FOLLOWING
from catalog.nouns import nouns


class Command(BaseCommand):
    help = "Say where the search index, a count or a derived column is wrong, and which uploads are missing."

    def handle(self, **options):
        count = 0
        for fault in self.faults():
            self.stdout.write(fault)
            count += 1
        if count:
            raise CommandError(f"{count} faults; `manage.py reindex` mends all but missing files.")
        if options["verbosity"]:
            self.stdout.write("The index and the derived columns are as they should be.")

    def documents(self, words):
        """The (id, digest) of what should be indexed; on the way, its words are added to the set."""
        for product in Product.objects.in_pieces():
            if product.is_public:
                document = product.search_document()
                words.update(search.words_of(document))
                yield document.id, search.document_digest(document)

    def suggestions(self):
        """One line a fault of what is offered while a visitor types."""
        for noun in nouns("suggestion"):
            public = (row for row in in_pieces(noun.model) if row.is_public)
            expected = (search.suggestions.expected_digest(row.suggestion()) for row in public)
            for difference in search.index_faults(expected, search.suggestions.digests(noun.suggestion)):
                yield f"{noun.one} {difference.id}: {difference.fault} in the suggestions"

    def faults(self):
        """One line a fault."""
        words = set()
        for difference in search.index_faults(self.documents(words), search.digests()):
            yield f"product {difference.id}: {difference.fault} in the index"
        for word, fault in search.vocabulary.faults(words, DEFAULT_DB_ALIAS):
            yield f"word {word}: {fault} in the vocabulary"
        yield from self.suggestions()
        products = Product.objects.order_by("pk").iterator(chunk_size=CHUNK)
        yield from ProductCount.objects.faults((product.pk, product.kind()) for product in products)
        for model in (*FOLLOWING, ImportRecord):
            yield from model.objects.faults(Product.objects.in_pieces())
        for noun in [noun for noun in nouns() if hasattr(noun.model, "stale_derived")]:
            for row in in_pieces(noun.model):
                for column in row.stale_derived():
                    yield f"{noun.one} {row.pk}: {column} is stale"
        for document in Document.objects.order_by("pk").iterator():
            if document.is_missing:
                yield f"document {document.pk}: its file {document.file.name} is missing"


def in_pieces(model):
    """Every row of a model with all from which its derived columns follow, some in memory at a time."""
    rows = model.objects
    return rows.in_pieces() if hasattr(rows, "in_pieces") else rows.order_by("pk").iterator()
