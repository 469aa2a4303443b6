"""References that records are given when they are first saved: M-1405-001, M-1405-002 …"""

import re

from django.db import IntegrityError, models, router, transaction
from django.utils import timezone

from catalog.formats.calendar import iranian_year_of

MOST_TRIES = 20
"""Saves at once that may claim the same number before one of them gives up."""


class Referenced(models.Model):
    """A record with a `reference`. One that is saved without gets the next of this Iranian year: two officers
    who enter something at the same moment never get the same. `letters` is what its references begin with,
    `least_digits` how many digits its number has at least."""

    letters = "M"
    least_digits = 3

    class Meta:
        abstract = True

    def save(self, *args, using=None, **kwargs):
        """Raises IntegrityError where the row breaks a rule, as any save does."""
        using = using or router.db_for_write(type(self), instance=self)
        if self.reference:
            return super().save(*args, using=using, **kwargs)
        for _attempt in range(MOST_TRIES):
            self.reference = next_reference(type(self), using)
            try:
                with transaction.atomic(using=using):
                    return super().save(*args, using=using, **kwargs)
            except IntegrityError as error:
                taken = type(self)._base_manager.using(using).filter(reference=self.reference).exists()
                self.reference, refused = "", error
                if not taken:
                    raise
        raise refused

    @classmethod
    def given(cls, beginning, using):
        """The references with this beginning that were given out."""
        rows = cls._base_manager.using(using).filter(reference__startswith=beginning)
        return rows.values_list("reference", flat=True)


def next_reference(model, using):
    """The reference after the highest of this Iranian year that `model` gave out."""
    beginning = f"{model.letters}-{iranian_year_of(timezone.localdate())}-"
    return f"{beginning}{highest(model.given(beginning, using)) + 1:0{model.least_digits}}"


def highest(references):
    """The highest number at the end of these references; 0 where none ends with one."""
    return max((int(found[0]) for each in references if (found := re.search(r"\d+\Z", each))), default=0)
