from django.core.management import BaseCommand

from catalog.figures import recording


class Command(BaseCommand):
    help = "Record what changed in public since the last time, for the news; send_watches does so too."

    def handle(self, **options):
        count = recording.record()
        if options["verbosity"] and count:
            self.stdout.write(f"{count} changes recorded.")
