"""Asks who speaks for a company whether its records are still true; for a timer, once a day."""

from django.core.management.base import BaseCommand

from contact import confirming


class Command(BaseCommand):
    help = (
        "Sends each keeper one mail a half-year with what stands on record, and notes whose mails stay"
        " without an answer. Safe to run twice, and goes on where it was stopped."
    )

    def handle(self, **options):
        asked = confirming.ask_due()
        silent = confirming.note_silence()
        self.stdout.write(f"Keepers asked: {asked}. Records no longer confirmed: {silent}.")
