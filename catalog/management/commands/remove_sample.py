from django.core.management.base import BaseCommand, CommandError

from catalog.figures import recording
from catalog.seed.loading import SamplesTiedError, remove_samples


class Command(BaseCommand):
    help = "Remove every sample for good. Changes nothing where something else hangs on one, and lists that."

    def handle(self, **options):
        if recording.has_begun():
            recording.record()  # what staff changed before is news all the same
        try:
            removed = remove_samples()
        except SamplesTiedError as tied:
            raise CommandError(f"Nothing was removed. These hang on samples:\n{tied}") from tied
        recording.forget_samples()
        for name, count in removed.items():
            self.stdout.write(f"{name}: {count} removed")
        if not removed:
            self.stdout.write("There were no samples.")
