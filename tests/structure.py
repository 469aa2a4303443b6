"""Counts that say how large and how plain the project is: `python -m tests.structure [TREE]`.

What is counted, over the files git has in TREE (this checkout when it is left out):

- entries at the root of catalog/;
- lines of Python and of templates, and how long template lines are;
- lines of functions: median, 90th percentile, longest;
- public names that two or more modules define at their top level. The modules of a folder of INTERFACES stand
  for one another and must share theirs, as Django's commands and the two engines of the search do: they count
  as one module, and what they share is counted apart;
- lines outside models/ that test for the published state themselves.

With --requests, the modules and templates of this checkout that answer one request (see `requests`); the site
must be ready to serve: `manage.py start --prepare`, with the same VAR_DIR or DATABASE_URL, makes it so.
"""

import argparse
import ast
import itertools
import json
import logging
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
CODE = ("catalog", "contact", "portal")
REQUESTS = {
    "listing": "/en/products/",
    "product page": "/en/products/turbocharger/",
    "export": "/en/products/export.csv",
    "API list": "/api/v1/products/",
}
INTERFACES = ("management/commands", "catalog/search/engines")
STATE_TEST = re.compile(r"""State\.PUBLISHED|["']published["']""")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tree", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--requests", action="store_true", help="trace requests of this checkout")
    options = parser.parse_args()
    counts = structure(options.tree)
    if options.requests:
        counts["one request"] = requests()
    print(json.dumps(counts, indent=1, ensure_ascii=False))


def structure(tree):
    """The counts of a checkout, as a dict."""
    files = tracked(tree)
    python = [path for path in files if path.suffix == ".py" and path.parts[len(tree.parts)] in CODE]
    python = [path for path in python if "migrations" not in path.parts]
    templates = [path for path in files if path.suffix == ".html" and tree / "templates" in path.parents]
    public = [path for path in templates if "admin" not in path.parts]
    return {
        "entries at the root of catalog": len(
            {p.relative_to(tree).parts[1] for p in files if in_catalog(p, tree)}
        ),
        "Python modules": len(python),
        "lines of Python": sum(len(lines_of(path)) for path in python),
        "templates": len(templates),
        "lines of templates": sum(len(lines_of(path)) for path in templates),
        "characters of a line of a public template": spread(
            [len(line) for path in public for line in lines_of(path) if line.strip()]
        ),
        "lines of a function": spread([size for path in python for size in function_sizes(path)]),
        "public names defined in two or more modules": len(repeated(python, home_of)),
        "names that modules of one interface share": len(repeated(python, str) - repeated(python, home_of)),
        "lines outside models/ that test for the published state": sum(
            len([line for line in lines_of(path) if STATE_TEST.search(line)])
            for path in python
            if "models" not in path.parts
        ),
    }


def in_catalog(path, tree):
    return path.relative_to(tree).parts[0] == "catalog"


def tracked(tree):
    """The files git has in a checkout, as paths."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=tree, capture_output=True, text=True, check=True)
    return [tree / name for name in names.stdout.split("\0") if name and (tree / name).is_file()]


def lines_of(path):
    return path.read_text(encoding="utf-8").splitlines()


def spread(values):
    """{"median", "90th percentile", "most"} of some numbers."""
    ordered = sorted(values)
    return {
        "median": median(ordered),
        "90th percentile": ordered[int(len(ordered) * 0.9)],
        "most": ordered[-1],
    }


def function_sizes(path):
    """Lines of each function of a module, its decorators left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.end_lineno - node.lineno + 1


def home_of(path):
    """The module itself, or the folder that is one with all of its modules."""
    folder = path.parent.as_posix()
    return folder if folder.endswith(INTERFACES) else str(path)


def repeated(paths, home):
    """The names of public functions, classes and constants that have a namesake in another `home`."""
    homes = defaultdict(set)
    for path in paths:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            for name in defined(node):
                if not name.startswith("_"):
                    homes[name].add(home(path))
    return {name for name, where in homes.items() if len(where) > 1}


def defined(node):
    """Names that a statement of a module's top level defines; `urlpatterns` and the like are Django's own."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    return [name for name in names if name not in {"urlpatterns", "app_name", "register", "logger"}]


def requests():
    """{request: {"modules", "modules of every request", "templates"}}: what of this project answers each.

    What stands in portal/ (middleware, templating, health, log) and keeps pages runs whatever is asked for.
    Ends with one line where the site does not answer.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.environ["PAGE_CACHE_MIB"] = "0"  # pages are worked out, not repeated
    import django  # noqa: PLC0415, settings first

    django.setup()
    logging.disable()  # a site that is not ready would tell it at length
    from django.test import Client  # noqa: PLC0415

    addresses = (f"192.0.2.{number}" for number in itertools.count(1))  # one alone may not download twice

    def ask(path):
        client = Client(
            raise_request_exception=False, headers={"host": "127.0.0.1"}, REMOTE_ADDR=next(addresses)
        )
        answer = client.get(path)
        if answer.status_code != 200:
            sys.exit(f"{path} answers {answer.status_code}: load the site first, manage.py start --prepare")
        b"".join(answer)

    return {name: traced(lambda path=path: ask(path)) for name, path in REQUESTS.items()}


def traced(call):
    """The project's own files that run during the second of two calls: a running process did the first."""
    call()
    files = set()

    def note(frame, event, _argument):
        if event == "call":
            files.add(frame.f_code.co_filename)

    sys.setprofile(note)
    try:
        call()
    finally:
        sys.setprofile(None)
    own = {
        Path(name).relative_to(ROOT) for name in files if name.startswith(f"{ROOT}/") and ".venv" not in name
    } - {Path("tests/structure.py")}
    templates = {path for path in own if path.parts[0] == "templates"}
    common = {path for path in own if path.parts[0] == "portal" or path.parts[1] == "caching"}
    modules = own - templates - common
    return {
        "modules": len(modules),
        "modules of every request": len(common),
        "templates": len(templates),
        "names": sorted(map(str, modules | templates)),
    }


if __name__ == "__main__":
    main()
