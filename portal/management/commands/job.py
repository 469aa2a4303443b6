from django.core.management import BaseCommand

from portal import jobs, private_files


class Command(BaseCommand):
    help = "Run a job of the timers, once for all hosts: not where it runs already, or has just run."

    def add_arguments(self, parser):
        parser.add_argument("name", choices=jobs.JOBS)

    def handle(self, *, name, **options):
        private_files.begin()
        if not jobs.run(name) and options["verbosity"] > 1:
            self.stdout.write(f"{name} runs elsewhere or has just run.")
