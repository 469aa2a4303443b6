"""`python -m tests.protections [NUMBER ...]`: all of table.PROTECTIONS, or those of these requirements.

Works on a copy of the tree. Each test is seen to pass first, with everything in place; then it must fail.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.protections.table import PROTECTIONS

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", "*.pyc", ".*_cache")
FAILED = 1
"""How pytest ends where a test failed; it ends otherwise where none was found or none could run."""


def main():
    chosen = [one for one in PROTECTIONS if not sys.argv[1:] or one.number in sys.argv[1:]]
    with tempfile.TemporaryDirectory(prefix="protections-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
        (tree / ".venv").symlink_to(ROOT / ".venv")
        if test(tree, *dict.fromkeys(one.test for one in chosen)) != 0:
            sys.exit("Not every test passes with the protections in place.")
        kept = [one for one in chosen if not falls(tree, one)]
    print(f"\n{len(chosen) - len(kept)} of {len(chosen)} protections were taken away and their test failed")
    sys.exit(bool(kept))


def falls(tree, protection):
    """Whether the test fails while the protection is away; puts it back."""
    path = tree / protection.path
    text = path.read_text(encoding="utf-8")
    if text.count(protection.old) != 1:
        print(f"{protection.number:7} {protection.what}: not found in {protection.path}", flush=True)
        return False
    path.write_text(text.replace(protection.old, protection.new), encoding="utf-8")
    try:
        ended = test(tree, protection.test)
    finally:
        path.write_text(text, encoding="utf-8")
    said = "its test failed" if ended == FAILED else f"ITS TEST DID NOT FAIL (pytest ended with {ended})"
    print(f"{protection.number:7} {protection.what}: {said}", flush=True)
    return ended == FAILED


def test(tree, *names):
    """The exit status of pytest for these tests. Nothing is compiled to disk: it might be taken for newer."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "VAR_DIR": str(tree.parent / "var")}
    command = [sys.executable, "-m", "pytest", "-q", "-n0", *names]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    if len(names) > 1 and done.returncode:
        print(done.stdout[-3000:])
    return done.returncode


if __name__ == "__main__":
    main()
