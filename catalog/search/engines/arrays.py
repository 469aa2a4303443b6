"""Many values as one parameter: builds of SQLite exist that take only 999 of them."""

import json


def array(values):
    """A parameter for the `STRINGS` or `INTEGERS` of an engine."""
    return json.dumps(list(values))
