"""The commands `save` and `compare`; see the package."""

import argparse
import sys

from . import comparing, saving


def parser():
    commands = argparse.ArgumentParser(prog="python -m tests.snapshot", description=__doc__)
    subparsers = commands.add_subparsers(dest="command", required=True)
    save = subparsers.add_parser(
        "save", help="save every public page into a folder; status 1 where one is broken"
    )
    save.add_argument("place", metavar="DIR")
    only = 'addresses that begin so after the language, as "products"; "home" is the first page'
    save.add_argument("--only", nargs="+", default=[], metavar="PREFIX", help=only)
    save.add_argument("--quick", action="store_true", help="a small sample of every kind of page")
    save.add_argument("--facts-only", action="store_true", help="without the sample records")
    save.add_argument("--database", metavar="FILE", help="the prepared database; else one beside DIR")
    compare = subparsers.add_parser("compare", help="print how two saves differ; status 1 where they do")
    compare.add_argument("old", metavar="DIR_A")
    compare.add_argument("new", metavar="DIR_B")
    compare.add_argument("--limit", type=int, default=30, help="kinds of difference that are printed")
    compare.add_argument("--ignore-file", metavar="FILE", help="regular expressions of accepted differences")
    compare.add_argument("--ignore-space", action="store_true", help="do not compare spaces at ends of texts")
    compare.add_argument(
        "--exact", action="store_true", help="tell apart differences that vary in their texts"
    )
    return commands


def main():
    options = parser().parse_args()
    if options.command == "save":
        sound = saving.save(options.place, options.only, options.quick, options.facts_only, options.database)
        return int(not sound)
    try:
        rules = comparing.read_rules(options.ignore_file) if options.ignore_file else ()
    except comparing.RuleError as error:
        sys.exit(str(error))
    how = comparing.Options(options.limit, tuple(rules), options.ignore_space, options.exact)
    return int(comparing.compare(options.old, options.new, how))


if __name__ == "__main__":
    sys.exit(main())
