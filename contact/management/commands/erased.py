import json
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.core.serializers import deserialize, serialize
from django.core.serializers.base import DeserializationError

from contact.erasing import reapply
from contact.models import Erased


class Command(BaseCommand):
    help = (
        "What was erased, as a file: --save it beside each backup and before a restore, and after the restore"
        " --reapply it, which erases again what came back."
    )

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--save", type=Path, metavar="FILE")
        what.add_argument("--reapply", type=Path, metavar="FILE")

    def handle(self, **options):
        if file := options["save"]:
            file.write_text(serialize("json", Erased.objects.order_by("pk")), encoding="utf-8")
            return
        try:
            rows = [each.object for each in deserialize("json", options["reapply"].read_text("utf-8"))]
        except (OSError, UnicodeError, json.JSONDecodeError, DeserializationError) as error:
            raise CommandError(f"{options['reapply']} cannot be read: {error}") from error
        self.stdout.write(f"{reapply(rows)} erased again.")
