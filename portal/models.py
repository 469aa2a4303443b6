"""What the site keeps about its own running."""

from django.db import models


class JobRun(models.Model):
    """How the last run of a job of the timers went, on whichever host; one row a job of `jobs.JOBS`."""

    name = models.CharField(primary_key=True, max_length=40)
    host = models.CharField(max_length=255)
    began = models.DateTimeField()
    ended = models.DateTimeField(null=True)  # none: it runs, or was killed
    error = models.CharField(max_length=300, blank=True)
    succeeded = models.DateTimeField(null=True)
    """When the last run began that ended well; runs that failed since leave it."""

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.name

    @property
    def ok(self):
        """True or False; None while it runs, and where it was killed."""
        return None if self.ended is None else not self.error
