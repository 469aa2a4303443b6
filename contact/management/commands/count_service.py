from django.core.management import BaseCommand

from contact import counting


class Command(BaseCommand):
    help = "Count how fast offices answer, and the claims in calls; for an hourly timer."

    def handle(self, **options):
        written = counting.count_service()
        if options["verbosity"]:
            self.stdout.write(f"{written} figures changed.")
