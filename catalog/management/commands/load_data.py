from django.core.management import BaseCommand, CommandError, call_command

from catalog.figures import recording
from catalog.seed.loading import LoadError, load

MOST_NEWS = 100
"""A load that makes more rows than this fills the site: what it brings is no news."""


class Command(BaseCommand):
    help = "Load the facts and, unless told otherwise, the samples. Loading again changes only what is new."

    def add_arguments(self, parser):
        samples = parser.add_mutually_exclusive_group()
        samples.add_argument("--facts-only", action="store_true", help="load no sample records")
        samples.add_argument(
            "--with-sample", action="store_true", help="load the samples even if they were removed before"
        )

    def handle(self, *, facts_only, with_sample, **options):
        if recording.has_begun():
            recording.record()  # what staff changed before is news all the same
        try:
            report = load(facts_only=facts_only, with_sample=with_sample)
        except LoadError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        recording.record(silently=sum(one.created for one in report.counts.values()) > MOST_NEWS)
        call_command("update_statistics")
        if options["verbosity"]:
            self.stdout.write("\n".join(report_lines(report)))


def report_lines(report):
    """The report of a load, line by line."""
    for noun, counts in report.counts.items():
        yield (
            f"{noun}: {counts.created} created, {counts.updated} updated, "
            f"{counts.unchanged} unchanged, {len(counts.kept)} kept"
        )
        yield from (f"  kept {name}" for name in counts.kept)
    yield from (f"No longer in the files, left as it is: {name}" for name in report.no_longer_in_files)
    if report.samples_left_out:
        yield f"Samples were not loaded: {report.samples_left_out}."
