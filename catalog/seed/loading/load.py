"""One load of the data files, in one transaction: all of it, or nothing."""

from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone, translation

from catalog.models import LoadedRow, LoadRun
from catalog.models.derived import postponed

from .building import Registry, build
from .faults import LoadError, RowFault
from .nouns import LOADED_NOUNS
from .reading import read_rows
from .terms import TERMS, check_terms, write_terms
from .writing import LoadCounts, write_noun

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass
class LoadReport:
    """What was done: Counts by noun, why samples were left out, rows no file names any more."""

    counts: dict[str, LoadCounts] = field(default_factory=dict)
    samples_left_out: str = ""
    no_longer_in_files: list[str] = field(default_factory=list)


def load(*, facts_only=False, with_sample=False, data=DATA):
    """Load the files below `data` (facts/*.csv, sample/*.csv); a LoadReport.

    Samples are left out with `facts_only`, and after they were removed unless `with_sample` asks for them
    again. Raises LoadError, having written nothing, for files that cannot be loaded.
    """
    report = LoadReport(samples_left_out=_why_no_samples(facts_only, with_sample))
    sets = [(data / "facts", False)] + ([] if report.samples_left_out else [(data / "sample", True)])
    if not sets[0][0].is_dir():
        raise LoadError([RowFault("facts", 1, "", f"no such folder below {data}")])
    with translation.override("en"), postponed():
        rows, terms = _read_all(sets)
        faults, registry = [], Registry()
        for noun in LOADED_NOUNS:
            # After a fault nothing more is written; later files are still searched for unknown keys.
            candidates = build(noun, rows[noun], registry, faults)
            if not faults:
                report.counts[noun.name] = write_noun(candidates)
                report.no_longer_in_files += _forgotten(noun, candidates, sets)
        if not faults:
            check_terms(terms, registry, faults)
        if faults:
            raise LoadError(faults)
        if terms:
            report.counts[TERMS.name] = write_terms(terms)
        LoadRun.objects.create(what=LoadRun.What.FACTS)
        if not report.samples_left_out:
            LoadRun.objects.create(what=LoadRun.What.SAMPLES)
    return report


def _read_all(sets):
    """Every row of the files: ({noun: rows}, rows of the terms). LoadError with all that cannot be read."""
    faults, today = [], base_day()
    rows = {
        noun: [row for folder, sample in sets for row in read_rows(noun, folder, sample, today, faults)]
        for noun in (*LOADED_NOUNS, TERMS)
    }
    for some in rows.values():
        _check_sets_apart(some, faults)
    if faults:
        raise LoadError(faults)
    return rows, rows.pop(TERMS)


def base_day():
    """The day "today" in the files means: the one the present samples were first loaded, else today.

    It stays, so that loading again on another day changes nothing.
    """
    removed = (
        LoadRun.objects.filter(what=LoadRun.What.SAMPLES_REMOVED).order_by("-pk").values_list("pk", flat=True)
    )
    runs = LoadRun.objects.filter(what=LoadRun.What.SAMPLES, pk__gt=removed.first() or 0).order_by("pk")
    first = runs.first()
    return timezone.localdate(first.at if first else None)


def _why_no_samples(facts_only, with_sample):
    if facts_only:
        return "facts only"
    last = LoadRun.objects.exclude(what=LoadRun.What.FACTS).order_by("-pk").first()
    if last and last.what == LoadRun.What.SAMPLES_REMOVED and not with_sample:
        return "they were removed; --with-sample brings them back"
    return ""


def _check_sets_apart(rows, faults):
    """A key of the facts cannot be a sample's too: a sample would become a part of the real record."""
    facts = {row.key for row in rows if not row.sample}
    faults += [
        row.fault(row.noun.key[-1], f"the facts have it: {row.key}")
        for row in rows
        if row.sample and row.key in facts
    ]


def _forgotten(noun, candidates, sets):
    """Rows of earlier loads that the files do not name any more; they are left as they are."""
    keys = {candidate.row.key for candidate in candidates}
    earlier = LoadedRow.objects.filter(noun=noun.name)
    if len(sets) == 1:
        earlier = earlier.filter(sample=False)
    return [f"{noun.name} {key}" for key in earlier.values_list("key", flat=True) if key not in keys]
