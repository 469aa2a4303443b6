"""What an enquiry is about: the public records that a form or a link to it names."""

from dataclasses import dataclass, field

from catalog.formats.cleaning import clean_line
from catalog.models import Company, Contract, Desk, FormerAddress, IdleUnit, Product

MOST_PRODUCTS = 50
EXCERPT = 60
"""Characters that a notice repeats of a value which names nothing."""
PRODUCT = "p"
ONES = {
    "company": (Company, "slug"),
    "desk": (Desk, "slug"),
    "contract": (Contract, "reference"),
    "unit": (IdleUnit, "slug"),
}
"""Parameters that name one record: its model, and the field that has its key."""


@dataclass
class Subjects:
    """Public records: `products`, and at most one of each of `ones` by the name of its parameter. `unknown`:
    values that name no public record."""

    products: list = field(default_factory=list)
    ones: dict = field(default_factory=dict)
    unknown: list = field(default_factory=list)

    def __iter__(self):
        """(parameter, key, record) of each, in the order in which they are shown."""
        for product in self.products:
            yield PRODUCT, product.slug, product
        for name, record in self.ones.items():
            yield name, getattr(record, ONES[name][1]), record

    @property
    def has_samples(self):
        return any(record.is_sample for _name, _key, record in self)

    @property
    def real(self):
        """Those that are no samples: nothing is routed to a sample or kept about one."""
        ones = {name: record for name, record in self.ones.items() if not record.is_sample}
        return Subjects([product for product in self.products if not product.is_sample], ones)


def read_subjects(data):
    """The Subjects that a query or a form (a QueryDict) names."""
    subjects = Subjects()
    _read_products(data, subjects)
    for name, (model, key) in ONES.items():
        values = _values(data, name)
        if values and (record := _one(model, key, values[0])):
            subjects.ones[name] = record
            values = values[1:]
        subjects.unknown += values
    subjects.unknown = [value[:EXCERPT] for value in subjects.unknown]
    return subjects


def _read_products(data, subjects):
    slugs = _values(data, PRODUCT)
    asked = slugs[:MOST_PRODUCTS]
    rows = Product.objects.published().filter(slug__in=asked).select_related("sector") if asked else ()
    found = {product.slug: product for product in rows}
    for slug in asked:
        product = found.get(slug) or FormerAddress.leads_to(Product, slug)
        if product is None:
            subjects.unknown.append(slug)
        elif product not in subjects.products:
            subjects.products.append(product)
    subjects.unknown += slugs[MOST_PRODUCTS:]


def _one(model, key, value):
    found = model.objects.published().filter(**{key: value}).first()
    return found or FormerAddress.leads_to(model, value)


def _values(data, name):
    """The values of a parameter, each once; empty ones say nothing."""
    return list(dict.fromkeys(value for each in data.getlist(name) if (value := clean_line(each).strip())))
