"""The portal as it runs, with one more address: the hello-world view everything is measured against."""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
