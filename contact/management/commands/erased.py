from pathlib import Path

from django.core.management import BaseCommand, CommandError

from contact import erasing


class Command(BaseCommand):
    help = (
        "What was erased, as a file: `backup` saves it beside the backups and `restore` reads it there;"
        " --save and --reapply do so with another file."
    )

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--save", type=Path, metavar="FILE")
        what.add_argument("--reapply", type=Path, metavar="FILE")

    def handle(self, *, save, reapply, **options):
        try:
            if save:
                erasing.save_list(save)
            elif not reapply.exists():
                raise CommandError(f"{reapply} does not exist.")
            else:
                self.stdout.write(f"{erasing.reapply(erasing.read_erased(reapply))} erased again.")
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
