"""What companies do: on how many products they work and how far, and how many they want to buy."""

from collections import defaultdict
from dataclasses import dataclass

from catalog.models import Demand, Engagement, EngagementStage


@dataclass(frozen=True)
class Work:
    """`makes` products with a public engagement, the furthest of them at `furthest` ("" where there is none),
    and `buys` products with a demand."""

    makes: int
    furthest: str
    buys: int


def work_of(companies):
    """{company's pk: Work} for these companies; two queries."""
    pks = [company.pk for company in companies]
    stages, wanted = defaultdict(list), defaultdict(set)
    engagements = Engagement.objects.published().filter(company__in=pks).order_by()
    for company, stage in engagements.values_list("company", "stage"):
        stages[company].append(stage)
    demands = Demand.objects.published().filter(buyer__in=pks).order_by()
    for company, product in demands.values_list("buyer", "product"):
        wanted[company].add(product)
    return {pk: Work(len(stages[pk]), furthest(stages[pk]), len(wanted[pk])) for pk in pks}


def furthest(stages):
    """The furthest of these EngagementStage values, "" for none."""
    return max(stages, key=EngagementStage.values.index, default="")
