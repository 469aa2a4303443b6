from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.charts import wording
from catalog.figures.amounts import has_rials
from catalog.figures.product_case import product_case
from catalog.figures.product_links import related_products
from catalog.figures.programme.statements import and_others
from catalog.figures.questions import asked_of
from catalog.models import Product

from .records import PublishedDetailView


class ProductDetail(PublishedDetailView):
    """One product: the case for making it, in the investor's order."""

    model = Product
    template_name = "products/detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("sector", "last_call")

    def get_context_data(self, **kwargs):
        product = self.object
        case = product_case(product)
        return super().get_context_data(
            case=case,
            related=related_products(product),
            drawn=drawings(case),
            asked=asked_of(product),
            rials=has_rials(case.promises.demands, case.contracts, and_others(case.statements)),
            crumbs=[
                {"label": _("Products"), "url": reverse("catalog:product_list")},
                {"label": product.sector.name, "url": product.sector.get_absolute_url()},
                {"label": product.name, "url": ""},
            ],
            description=product.summary,
            noindex=product.is_sample,
            all_sample=product.is_sample or (case.all_sample and "of real"),
            **kwargs,
        )


def drawings(case):
    """What the page of a ProductCase draws."""
    return {
        "import_chart": wording.import_columns(case.imports),
        "promise_bars": [(year, wording.promise_bar(year)) for year in case.promises.years],
        "on_contracts": wording.with_paid_bars(case.financing.on_contracts),
        "other_facilities": wording.with_paid_bars(case.financing.others),
    }
