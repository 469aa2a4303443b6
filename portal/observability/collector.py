"""Tells Prometheus how the installation stands, besides what its processes count."""

import logging

from django.db import DatabaseError, connection
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily

from portal.build import BUILD

from . import state

logger = logging.getLogger(__name__)


class SiteCollector:
    """Asks the database anew each time; while that is away, only what is known without it is told."""

    def collect(self):
        yield InfoMetricFamily("portal_build", "Digest of the program", value={"digest": BUILD})
        for source in (backup_metrics, disks, outbox_metrics, job_metrics):
            try:
                yield from source()
            except (DatabaseError, OSError):
                said = source.__name__.removesuffix("_metrics")
                logger.exception("metrics: %s is not known", said)
        yield from readiness_metrics()
        connection.close()


def gauge(name, text, value):
    return GaugeMetricFamily(f"portal_{name}", text, value=value)


def backup_metrics():
    newest = state.newest_backup()
    if newest:
        yield gauge("backup_age_seconds", "Age of the newest backup", newest.age.total_seconds())
        yield gauge("backup_bytes", "Size of the newest backup", newest.size)


def disks():
    free = GaugeMetricFamily("portal_disk_free_bytes", "Free space where the site writes", labels=["folder"])
    for folder, room in state.free_disk():
        free.add_metric([str(folder)], room)
    yield free


def outbox_metrics():
    waiting = state.outbox()
    yield gauge("outbox_waiting", "Messages that wait to be sent", waiting.count)
    yield gauge("outbox_refused", "Of these, messages that a mail server refused", waiting.refused)
    yield gauge("outbox_undeliverable", "Messages that were given up on", waiting.undeliverable)
    yield gauge("outbox_oldest_seconds", "For how long the oldest waits", waiting.age.total_seconds())


def job_metrics():
    succeeded = GaugeMetricFamily(
        "portal_job_success_age_seconds", "Since the last run that ended well began", labels=["job"]
    )
    failed = GaugeMetricFamily("portal_job_failed", "1 where the last run failed", labels=["job"])
    for job in state.job_runs():
        if job.run and job.run.succeeded:
            succeeded.add_metric([job.name], (timezone.now() - job.run.succeeded).total_seconds())
        failed.add_metric([job.name], bool(job.run and job.run.error))
    yield from (succeeded, failed)


def readiness_metrics():
    ready = GaugeMetricFamily("portal_ready", "1 where a part of /readyz is in order", labels=["part"])
    for part, said in state.readiness().items():
        ready.add_metric([part], said == "ok")
    yield ready
