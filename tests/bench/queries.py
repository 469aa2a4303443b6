"""How many queries each measured page takes after an edit, as JSON: `python -m tests.bench.queries 256`."""

import json
import os
import sys

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from tests.bench.pages import pages  # noqa: E402
from tests.bench.writer import Writer  # noqa: E402


def main(size):
    client = Client(headers={"host": "127.0.0.1"})
    found = {}
    with Writer(os.environ) as writer:
        for page in pages(size):
            writer.write()
            with CaptureQueriesContext(connection) as queries:
                response = client.get(page.paths[0])
                sum(len(piece) for piece in response)  # one that streams asks while it is read
            found[page.name] = len(queries)
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
