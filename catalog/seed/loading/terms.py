"""How to take part in, and who specifies, some illustrative products: invented, and therefore samples.

They are columns of a product that stays when the samples go, so removing them means emptying these columns
again.
"""

from catalog.models import LoadedRow, Origin, Product

from .building import faults_of_instance
from .nouns import LoadedNoun
from .writing import LoadCounts, blank_values, stored_values

TERMS = LoadedNoun("product terms", "product_terms.csv", Product, ("slug",))
TERMS_REASON = "data load, sample terms"
TERM_COLUMNS = ("specification", "take_part_en", "take_part_fa")


def check_terms(rows, registry, faults):
    """Append a fault for each row that is not about an illustrative product, or that the model refuses."""
    for row in rows:
        product, _ = registry.find(Product, row.key)
        if product is None:
            faults.append(row.fault("slug", f"unknown product: {row.key}"))
        elif product.origin != Origin.ILLUSTRATIVE:
            faults.append(row.fault("slug", f"only illustrative products take sample terms: {row.key}"))
        else:
            trial = Product(**{f.attname: getattr(product, f.attname) for f in Product._meta.concrete_fields})
            trial.sector = product.sector
            for column, value in _terms(row).items():
                setattr(trial, column, value)
            faults += faults_of_instance(row, trial)


def write_terms(rows):
    """Fill the columns where they are empty or still hold what the last load wrote; the Counts."""
    counts = LoadCounts()
    products = {
        product.slug: product for product in Product.objects.filter(slug__in=[row.key for row in rows])
    }
    loaded = {row.key: row for row in LoadedRow.objects.filter(noun=TERMS.name)}
    for row in rows:
        product, last = products.get(row.key), loaded.get(row.key)
        wanted = _terms(row)
        if product is None:
            counts.kept.append(f"{row.key} (not loaded: the product was removed)")
            continue
        now = stored_values(product, wanted)
        if now == wanted and last:
            counts.unchanged += 1
        elif now != (blank_values(TERMS, wanted) | (last.values if last else {})):
            counts.kept.append(f"{row.key} (changed by hand)")
        else:
            _set(product, wanted, TERMS_REASON)
            LoadedRow.objects.update_or_create(
                noun=TERMS.name, key=row.key, defaults={"values": wanted, "sample": True}
            )
            if last:
                counts.updated += 1
            else:
                counts.created += 1
    return counts


def remove_terms():
    """Empty the columns that still hold what a load wrote; how many products that were."""
    removed = 0
    for row in LoadedRow.objects.filter(noun=TERMS.name):
        product = Product.objects.filter(slug=row.key).first()
        if product and stored_values(product, row.values) == row.values:
            product.history.filter(history_change_reason=TERMS_REASON).delete()
            seen = product.history.first()
            if seen and stored_values(seen, row.values) == row.values:  # staff edited the product meanwhile
                _set(product, blank_values(TERMS, row.values), "samples removed")
            else:
                product.skip_history_when_saving = True
                _set(product, blank_values(TERMS, row.values), "")
            removed += 1
    return removed


def _terms(row):
    return {column: row.cells[column] for column in TERM_COLUMNS if column in row.cells}


def _set(product, values, reason):
    for column, value in values.items():
        setattr(product, column, value)
    product._change_reason = reason
    product.save()
