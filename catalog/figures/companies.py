"""What companies do: on how many products they work and how far, and how many they want to buy."""

from collections import defaultdict
from dataclasses import dataclass

from catalog.models import ProductMaker, ProductPromise
from catalog.models.engagements import furthest
from catalog.models.prepared import Keys, OneOf, PreparedQuery


@dataclass(frozen=True)
class Work:
    """`makes` products, the furthest of them at `furthest` ("" where there is none), and `buys` products that
    it promises to buy."""

    makes: int
    furthest: str
    buys: int


stages_of = PreparedQuery(
    lambda keys: (
        ProductMaker.objects.makers()
        .filter(OneOf("company", keys))
        .order_by()
        .values_list("company", "stage")
    ),
    keys=Keys(),
)
bought_by = PreparedQuery(
    lambda keys: (
        ProductPromise.objects.promised()
        .filter(OneOf("buyer", keys))
        .order_by()
        .values_list("buyer", "product")
        .distinct()
    ),
    keys=Keys(),
)


def work_of(companies):
    """{company's pk: Work} for these companies; two queries."""
    pks = [company.pk for company in companies]
    stages, wanted = defaultdict(list), defaultdict(int)
    for company, stage in stages_of(keys=pks):
        stages[company].append(stage)
    for company, _product in bought_by(keys=pks):
        wanted[company] += 1
    return {pk: Work(len(stages[pk]), furthest(stages[pk]), wanted[pk]) for pk in pks}
