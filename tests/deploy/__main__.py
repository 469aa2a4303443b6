"""`make deploy-check`: deploy/ as an operator installs it, really run on this machine, and tried.

It prints what it saw, a line a finding, and ends with status 1 where something is not as it should be.
`python -m tests.deploy static load` makes some of the checks alone.
"""

import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tests import postgres
from tests.deploy import checks, proxy, sharing
from tests.deploy.site import Site

FIRST = [checks.units_are_sound, checks.configuration_is_taken, checks.socket_activation]
ON_ONE = [
    checks.headers,
    checks.static,
    checks.private_addresses,
    checks.slow_and_idle,
    checks.limits,
    checks.too_large,
    checks.unlike_files,
    sharing.readers_and_staff,
    sharing.many_exports,
    checks.away,
    checks.upgrade_under_load,
]
ON_THREE = [checks.three_hosts, checks.jobs_once]


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # by way of every `finally` below
    chosen = sys.argv[1:]
    proxy.programs()
    with ExitStack() as stack:
        place = Path(tempfile.mkdtemp(prefix="portal-deploy-"))
        place.chmod(0o755)  # nginx's workers are somebody else
        stack.callback(shutil.rmtree, place, ignore_errors=True)
        address = stack.enter_context(postgres.server())
        with psycopg.connect(f"{address.removesuffix('/portal')}/postgres", autocommit=True) as connection:
            for name in ("first", "one", "three"):
                connection.execute(f"CREATE DATABASE portal_{name}")
        user = somebody(place)
        found = [run(check, Site(place, f"{address}_first", user), chosen, 0) for check in FIRST]
        found += with_hosts(1, ON_ONE, Site(place / "one", f"{address}_one", user), chosen)
        found += with_hosts(3, ON_THREE, Site(place / "three", f"{address}_three", user), chosen)
    faults = found.count(False)
    print(f"\n{found.count(True)} checks passed, {faults} failed", flush=True)
    sys.exit(faults > 0)


def somebody(place):
    """Arguments that run the site as an account of its own; none where that may not read this Python."""
    user = postgres.unprivileged(place)
    try:
        subprocess.run([sys.executable, "-c", ""], check=True, **user)
    except (OSError, subprocess.CalledProcessError):
        print("This Python belongs to root alone: the site runs as root here, and nginx does not.")
        return {}
    return user


def with_hosts(number, chosen_checks, site, chosen):
    """Whether each of the checks passed, on as many hosts behind one nginx."""
    wanted = [check for check in chosen_checks if is_chosen(check, chosen)]
    if not wanted:
        return []
    site.place.mkdir()
    with serving(site, number):
        return [run(check, site, chosen, number) for check in wanted]


@contextmanager
def serving(site, number):
    site.choose_ports()
    site.lead_to(site.release("1"))
    with ExitStack() as stack:
        for each in range(1, number + 1):
            host = site.host(each)
            stack.callback(host.close)
            host.start()
            print(f"   host {each} of {number} has started", flush=True)
        stack.enter_context(proxy.running(site.nginx(), site.secure))
        yield


def is_chosen(check, chosen):
    return not chosen or any(word in check.__name__ for word in chosen)


def run(check, site, chosen, number):
    """Make a check, and print what it yields and whether it passed; None where it was not chosen."""
    if not is_chosen(check, chosen):
        return None
    print(f"\n== {check.__name__.replace('_', ' ')}" + (f", {number} hosts" * (number > 1)), flush=True)
    try:
        for line in check(site):
            print(f"   {line}", flush=True)
    except Exception as error:
        told = str(error) if isinstance(error, (AssertionError, RuntimeError)) and str(error) else ""
        print(f"   FAULT: {told or traceback.format_exc()}", flush=True)
        return False
    return True


if __name__ == "__main__":
    main()
