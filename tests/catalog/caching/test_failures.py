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


@pytest.mark.parametrize(
    "said",
    [
        "connection failed: FATAL:  sorry, too many clients already",
        "connection failed: FATAL:  remaining connection slots are reserved for roles with SUPERUSER",
        'connection failed: FATAL:  too many connections for role "portal"',
    ],
)
def test_a_database_that_takes_no_more_connections_is_not_one_that_is_away(said):
    error = OperationalError(said)
    error.__cause__ = psycopg.OperationalError(said)
    assert failure_of(error) == Failure.BUSY


def test_a_refused_row_is_a_fault_of_the_program():
    error = IntegrityError("twice")
    error.__cause__ = psycopg.errors.UniqueViolation("twice")
    assert failure_of(error) is None
