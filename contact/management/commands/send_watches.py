from django.core.management import BaseCommand

from contact import asking_to_watch, sending


class Command(BaseCommand):
    help = (
        "Write to who watches something what changed in it, into the outbox; safe to run at any time, twice, "
        "and after a crash. Also records changes for the news, and forgets who did not confirm within a week."
    )

    def handle(self, **options):
        written = sending.send_due()
        forgotten = asking_to_watch.forget_unconfirmed()
        if options["verbosity"] and (written or forgotten):
            self.stdout.write(f"{written} letters written, {forgotten} unconfirmed subscriptions deleted.")
