from django.core.management import BaseCommand

from catalog.staff import mail


class Command(BaseCommand):
    help = "Send what waits in the outbox; safe to run at any time, twice, and after a crash."

    def handle(self, **options):
        sent, failed = mail.send_waiting()
        if options["verbosity"] and (sent or failed):
            self.stdout.write(f"{sent} sent, {failed} could not be sent.")
