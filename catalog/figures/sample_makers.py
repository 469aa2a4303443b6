"""Which products have makers, or a stage, by samples alone."""

from collections import defaultdict
from dataclasses import dataclass, field

from catalog.models import Engagement, Origin
from catalog.models.prepared import Keys, OneOf, PreparedQuery

engagements_of = PreparedQuery(
    lambda keys: (
        Engagement.objects.with_public_company()
        .filter(OneOf("product", keys))
        .order_by()
        .values_list("product_id", "stage", "origin", named=True)
    ),
    keys=Keys(),
)


@dataclass(slots=True)
class SampleMakers:
    """Of the public makers of a product: how many are samples, and the stages of those that are not."""

    samples: int = 0
    real_stages: set = field(default_factory=set)

    def alone_at(self, stage):
        """Whether the product would not be at this stage without the samples."""
        return self.samples > 0 and stage not in self.real_stages and stage not in ("open", "reported")


def sample_makers(products):
    """{key: SampleMakers} of these keys of products; one query."""
    return summed((one.product_id, one) for one in engagements_of(keys=list(products)))


def summed(engagements):
    """{key: SampleMakers} of pairs of a product's key and what has the stage and origin of an engagement."""
    found = defaultdict(SampleMakers)
    for key, one in engagements:
        if one.origin == Origin.SAMPLE:
            found[key].samples += 1
        else:
            found[key].real_stages.add(one.stage)
    return found
