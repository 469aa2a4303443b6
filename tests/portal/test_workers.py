"""What the workers of a server share."""

import gc
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from portal import gunicorn
from portal.settings import BASE_DIR


@pytest.fixture
def thawed():
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_their_garbage_collectors_leave_alone_what_was_loaded_before_them():
    gc.collect()
    loaded = len(gc.get_objects())
    gunicorn.when_ready(SimpleNamespace(systemd=True))
    assert gc.get_freeze_count() > loaded / 2
    assert len(gc.get_objects()) < loaded / 2


@pytest.mark.whole
def test_every_view_is_loaded_before_them(tmp_path):
    program = "import sys, portal.wsgi; print('catalog.views.home' in sys.modules)"
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)}
    command = [sys.executable, "-c", program]
    run = subprocess.run(
        command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    assert run.stdout == "True\n"
