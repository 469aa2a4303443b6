"""docs/security.md names each requirement once, and tests that are there."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.protections.table import PROTECTIONS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
REQUIREMENTS = 253  # of levels 1 and 2 of the standard, version 5.0.0
ROWS = re.findall(r"^\| ([0-9].*?) \|(.*)$", PAGE, re.MULTILINE)


def numbers(cell):
    """The requirements that a first cell names: 10.4.1–10.4.3 are three."""
    for first, last in re.findall(r"(\d+\.\d+\.\d+)(?:–(\d+\.\d+\.\d+))?", cell):
        section, _dot, start = first.rpartition(".")
        end = last.rpartition(".")[2] or start
        yield from (f"{section}.{number}" for number in range(int(start), int(end) + 1))


def test_each_requirement_is_named_once():
    named = Counter(number for cell, _rest in ROWS for number in numbers(cell))
    assert [number for number, times in named.items() if times > 1] == []
    assert len(named) == REQUIREMENTS


def test_every_test_that_it_names_is_there():
    met = PAGE.partition("## Met")[2].partition("## What is written down")[0]
    found = set(re.findall(r"`([\w/]+/test_\w+\.py)`", met))
    assert len(found) > 30
    assert [name for name in sorted(found) if not (ROOT / "tests" / name).is_file()] == []


@pytest.mark.parametrize("protection", PROTECTIONS, ids=lambda one: f"{one.number} {one.what}")
def test_a_protection_can_be_taken_away_and_its_test_is_there(protection):
    text = (ROOT / protection.path).read_text(encoding="utf-8")
    assert text.count(protection.old) == 1
    name, _sign, function = protection.test.partition("::")
    assert f"def {function.partition('[')[0]}(" in (ROOT / name).read_text(encoding="utf-8")
