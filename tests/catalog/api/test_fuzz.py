"""The API asked by its own OpenAPI document: everything that document allows is answered as it says,
everything else refused as it says, and nothing is a 500. FUZZ_EXAMPLES asks more of each address: `make
fuzz`."""

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode

from portal.wsgi import application

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "8"))


@pytest.fixture
def document(loaded):
    """As Django's own test client, it leaves the connection open in whose transaction the test runs."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.whole
@pytest.mark.parametrize("mode", GenerationMode)
def test_every_answer_is_as_the_document_says(document, mode):
    asked = set()
    for found in document.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not operation.query:
            continue  # nothing to get wrong
        strategy = operation.as_strategy(generation_mode=mode)

        @hypothesis_settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
        @given(case=strategy)
        def answers(case):
            case.call_and_validate(headers={"Accept-Encoding": "identity"})  # it would not unpack the answer

        answers()
        asked.add(operation.path)
    assert len(asked) == (12 if mode is GenerationMode.NEGATIVE else 13)  # six lists and records, the index
