"""What failed is known by the exception, whatever raised it."""

import psycopg
import pytest
from django.db import IntegrityError, OperationalError

from catalog.caching.failures import Failure, failure_of


@pytest.mark.parametrize("kind", [psycopg.OperationalError, psycopg.errors.ConnectionTimeout])
def test_no_connection_is_a_database_that_does_not_answer(kind):
    error = OperationalError("timeout")
    error.__cause__ = kind("timeout")
    assert failure_of(error) == Failure.AWAY


def test_a_refused_row_is_a_fault_of_the_program():
    error = IntegrityError("twice")
    error.__cause__ = psycopg.errors.UniqueViolation("twice")
    assert failure_of(error) is None
