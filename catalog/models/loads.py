"""What data loads wrote, so that a later load knows which rows staff have changed since."""

from django.db import models


class LoadedRow(models.Model):
    """One row of a data file as it was last written: `values` are the cells it set, by field name."""

    noun = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    values = models.JSONField()
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["noun", "key"], name="loadedrow_once")]

    def __str__(self):
        return f"{self.noun} {self.key}"


class LoadRun(models.Model):
    """One run of load_data or remove_sample."""

    class What(models.TextChoices):
        FACTS = "facts"
        SAMPLES = "samples"
        SAMPLES_REMOVED = "samples_removed"

    what = models.CharField(max_length=16, choices=What)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.what} {self.at}"
