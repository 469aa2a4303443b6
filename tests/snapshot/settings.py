"""The settings of the tests, with a folder for bulk files and a secret that is the same at every run."""

from tests.settings import *  # noqa: F403

SECRET_KEY = "snapshot"
BULK_ROOT = VAR_DIR / "bulk"  # noqa: F405
