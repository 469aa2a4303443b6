"""Compares two saves and prints each difference once, however many pages have it."""

import difflib
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from .addresses import wanted
from .saving import INDEX

CONTEXT = 2  # lines around a change
LONGEST = 240  # characters of a line that are printed
LONGEST_HUNK = 40  # lines of a hunk that are printed
QUOTED = re.compile(r'"[^"]*"')
NUMBER = re.compile(r"[0-9۰-۹]+")


@dataclass
class Save:
    """A folder that `save` wrote."""

    folder: Path
    only: list
    quick: bool
    addresses: dict  # key: {"file", "quick", "place"}

    @classmethod
    def read(cls, folder):
        folder = Path(folder)
        index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        entries = {entry["key"]: entry for entry in index["addresses"]}
        return cls(folder, index["only"], index["quick"], entries)

    def covers(self, entry):
        """Whether this save would have asked for that address of another save."""
        return wanted(entry["place"], self.only) and (entry["quick"] or not self.quick)

    def lines(self, key):
        return (self.folder / self.addresses[key]["file"]).read_text(encoding="utf-8").splitlines()


@dataclass(frozen=True)
class Rule:
    """An accepted difference: what `pattern` matches becomes `replacement` on both sides; an emptied line
    goes."""

    pattern: re.Pattern
    replacement: str
    reason: str


class RuleError(Exception):
    """A file of accepted differences that cannot be used."""


def read_rules(path):
    """The Rules of a file: `regular expression`, or `regular expression => replacement`, a line, each below
    a comment that gives the reason."""
    rules, reason = [], ""
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            reason = line.lstrip("# ")
        elif line.strip():
            if not reason:
                raise RuleError(f"{path}:{number}: give the reason in a comment above.")
            pattern, _, replacement = line.partition(" => ")
            try:
                rules.append(Rule(re.compile(pattern), replacement, reason))
            except re.error as error:
                raise RuleError(f"{path}:{number}: {error}") from error
        else:
            reason = ""
    return rules


def accepted(lines, rules, used):
    """`lines` as the rules leave them; `used` counts the lines that each rule changed."""
    result = []
    for line in lines:
        new = line
        for rule in rules:
            new, times = rule.pattern.subn(rule.replacement, new)
            used[rule] += bool(times)
        if new.strip() or not line.strip():
            result.append(new)
    return result


def without_spaces(lines):
    """`lines` without white space at the ends of texts: for layouts in which it does not show."""
    for line in lines:
        text = line.strip()
        if len(text) > 1 and text[0] == text[-1] == '"':
            if text[1:-1].strip():
                yield f'{line[: len(line) - len(text)]}"{text[1:-1].strip()}"'
        else:
            yield line


def hunks(old, new, context=CONTEXT):
    """The changes between two lists of lines, each a tuple of lines that begin with "-", "+" or " "."""
    start, end = 0, 0
    shortest = min(len(old), len(new))
    while start < shortest and old[start] == new[start]:
        start += 1
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    start, end = max(0, start - context), max(0, end - context)
    one, other = old[start : len(old) - end], new[start : len(new) - end]
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=len(one) > 3000)
    for group in matcher.get_grouped_opcodes(context):
        found = []
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                found += [f" {line}" for line in one[i1:i2]]
            else:
                found += [f"-{line}" for line in one[i1:i2]] + [f"+{line}" for line in other[j1:j2]]
        yield tuple(found)


def changed(hunk):
    """The changed lines of a hunk without their indentation: what two pages with one cause have in common."""
    return tuple(line[0] + line[1:].strip() for line in hunk if line[0] in "+-")


def shape(lines):
    """Changed lines with their texts and numbers left out."""
    return tuple(NUMBER.sub("0", QUOTED.sub('"…"', line)) for line in lines)


@dataclass
class Cause:
    """Hunks of one shape: `examples` are {changed lines: (hunk, key)}, `counts` how often each occurs."""

    keys: set = field(default_factory=set)
    counts: Counter = field(default_factory=Counter)
    examples: dict = field(default_factory=dict)

    def add(self, key, lines, hunk):
        self.keys.add(key)
        self.counts[lines] += 1
        self.examples.setdefault(lines, (hunk, key))


def grouped(pairs, exact=False):
    """{what hunks have in common: Cause} of (key, hunk) pairs."""
    causes = defaultdict(Cause)
    for key, hunk in pairs:
        lines = changed(hunk)
        causes[lines if exact else shape(lines)].add(key, lines, hunk)
    return causes


@dataclass(frozen=True)
class Options:
    """How to compare: `limit` of what is printed, the Rules of accepted differences, whether spaces at the
    ends of texts are left out, and whether differences of one shape are told apart."""

    limit: int = 30
    rules: tuple = ()
    ignore_space: bool = False
    exact: bool = False


def compare(first, second, options=Options()):
    """Print how two saves differ; True where they do."""
    old, new = Save.read(first), Save.read(second)
    common = [key for key in old.addresses if key in new.addresses]
    gone = [k for k, entry in old.addresses.items() if k not in new.addresses and new.covers(entry)]
    added = [k for k, entry in new.addresses.items() if k not in old.addresses and old.covers(entry)]
    used = Counter()
    found = {key: differences(old.lines(key), new.lines(key), options, used) for key in common}
    differing = [key for key in common if found[key]]
    print(f"{len(common)} addresses compared, {len(differing)} differ.")
    show_addresses("Missing", gone, options.limit)
    show_addresses("New", added, options.limit)
    pairs = [(key, hunk) for key in differing for hunk in found[key]]
    show_causes(grouped(pairs, options.exact), options.limit, examples=1 if options.exact else 2)
    for rule in options.rules:
        print(f"Accepted on {used[rule]} lines: {rule.pattern.pattern} ({rule.reason})")
    return bool(differing or gone or added)


def differences(old, new, options, used):
    """The hunks in which two lists of lines differ once the options are applied to both."""
    if old == new:
        return []
    if options.rules:
        old, new = accepted(old, options.rules, used), accepted(new, options.rules, used)
    if options.ignore_space:
        old, new = list(without_spaces(old)), list(without_spaces(new))
    return [] if old == new else list(hunks(old, new))


def show_addresses(word, keys, limit):
    if keys:
        rest = [f"... and {len(keys) - limit} more"] if len(keys) > limit else []
        print(f"\n{word}: {len(keys)} addresses", *keys[:limit], *rest, sep="\n  ")


def show_causes(causes, limit, examples):
    """Print the causes, those of most pages first."""
    ordered = sorted(causes.values(), key=lambda cause: (-len(cause.keys), -sum(cause.counts.values())))
    for number, cause in enumerate(ordered[:limit], 1):
        total, kinds = sum(cause.counts.values()), len(cause.counts)
        variants = f", {kinds} variants of one shape" if kinds > 1 else ""
        print(f"\n--- {number}. {len(cause.keys)} addresses, {total} places{variants}")
        for lines, _count in cause.counts.most_common(examples):
            hunk, key = cause.examples[lines]
            print(f"  {key}")
            print(*(f"    {line[:LONGEST]}" for line in hunk[:LONGEST_HUNK]), sep="\n")
            if len(hunk) > LONGEST_HUNK:
                print(f"    ... {len(hunk) - LONGEST_HUNK} more lines")
    if len(ordered) > limit:
        print(f"\n... and {len(ordered) - limit} more kinds of difference (--limit)")
