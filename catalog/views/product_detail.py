from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from catalog.charts import wording
from catalog.figures import financing
from catalog.figures.amounts import has_rials
from catalog.figures.product_case import product_case
from catalog.figures.product_links import related_products
from catalog.figures.programme.statements import and_others
from catalog.models import Product

from .pages import PublishedDetailView


class ProductDetail(PublishedDetailView):
    """One product: the case for making it, in the investor's order."""

    model = Product
    template_name = "catalog/product_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("sector", "source")

    def get_context_data(self, **kwargs):
        product = self.object
        case = SimpleLazyObject(lambda: product_case(product))  # the template keeps what it makes of it
        related = SimpleLazyObject(lambda: related_products(product))
        drawn = {
            "import_chart": lambda: wording.import_columns(case.imports),
            "promise_bars": lambda: [(year, wording.promise_bar(year)) for year in case.promises.years],
            "on_contracts": lambda: wording.with_paid_bars(case.financing.on_contracts),
            "other_facilities": lambda: wording.with_paid_bars(case.financing.others),
            "financing_stated": financing.stated,
            "related_sample": lambda: any(other.rests_on_sample for other in related),
            "rials": lambda: has_rials(case.promises.demands, case.contracts, and_others(case.statements)),
        }
        return super().get_context_data(
            case=case,
            related=related,
            **{name: SimpleLazyObject(make) for name, make in drawn.items()},
            crumbs=[
                {"label": _("Products"), "url": reverse("catalog:product_list")},
                {"label": product.sector.name, "url": product.sector.get_absolute_url()},
                {"label": product.name},
            ],
            description=product.summary,
            plain="" if self.request.GET else "plain",  # its body repeats what stands in the query
            noindex=product.is_sample,
            **kwargs,
        )
