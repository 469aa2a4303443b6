from django.core.management import BaseCommand

from contact import erasing, throttling


class Command(BaseCommand):
    help = "Erase what visitors sent once its time is over, and old mail; safe to run twice."

    def handle(self, **options):
        counts = {
            "enquiries": erasing.erase_old(),
            "sent mails": erasing.erase_sent_mail(),
            "attempts": throttling.forget_old_attempts(),
            "files without a record": erasing.sweep_files(),
        }
        erasing.truncate_log()
        if options["verbosity"] and any(counts.values()):
            erased = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
            self.stdout.write(f"Erased: {erased}.")
