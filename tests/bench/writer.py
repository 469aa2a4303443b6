"""A process of its own that commits one write to a row of the catalogue each time it is told to.

    with Writer(environment) as writer:
        writer.write()   # the tables in turn, a random row of each; returns the name of the table

The row gets no other values but its time of change, so nothing that follows from it has to be derived anew;
the triggers of the database see it as any other write.
"""

import random
import subprocess
import sys

import django
from django.apps import apps
from django.db import models
from django.utils import timezone

from catalog.caching import editions

FIRST = [
    "Product",
    "Company",
    "Engagement",
    "Demand",
    "Contract",
    "ContractLine",
    "IdleUnit",
    "Desk",
    "Source",
]


class Writer:
    """Starts and ends the process, in an environment that names the database."""

    def __init__(self, environment):
        self.environment = environment

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.writer"],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def write(self):
        self.process.stdin.write("write\n")
        self.process.stdin.flush()
        table = self.process.stdout.readline().strip()
        if not table:
            raise RuntimeError("The writing process ended.")
        return table

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(30)


def written_models():
    """The models a page can show, those most often edited first; only those that have rows."""
    counted = set(editions.tables())
    shown = [m for m in apps.get_app_config("catalog").get_models() if m._meta.db_table in counted]
    shown = [m for m in shown if m._meta.managed and m._base_manager.exists()]
    return sorted(shown, key=lambda m: FIRST.index(m.__name__) if m.__name__ in FIRST else len(FIRST))


def write_row(model, dice):
    """Write one row of `model` anew: its time of change where it has one, else a text as it stands."""
    rows = model._base_manager
    last = rows.aggregate(last=models.Max("pk"))["last"]
    row = rows.filter(pk__lte=dice.randint(1, last)).order_by("-pk").first() or rows.order_by("pk").first()
    names = {field.name for field in model._meta.concrete_fields}
    if "updated_at" in names:
        values = {"updated_at": timezone.now()}
    else:
        field = next(field for field in model._meta.concrete_fields if not field.primary_key)
        values = {field.attname: getattr(row, field.attname)}
    models.QuerySet(model).filter(pk=row.pk).update(**values)  # of a sector's write its products would follow


def main():
    django.setup()
    dice = random.Random(1)
    chosen = written_models()
    for turn, _ in enumerate(sys.stdin):
        model = chosen[turn % len(chosen)]
        write_row(model, dice)
        print(model._meta.db_table, flush=True)


if __name__ == "__main__":
    main()
