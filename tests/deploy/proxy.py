"""nginx with the configuration of deploy/nginx, on ports and files of its own."""

import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from tests.machine import install, on_path

from .units import DEPLOY

MODULE = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
AROUND = """
pid {place}/nginx.pid;
error_log {place}/logs/error.log warn;
worker_processes 2;
{module}
events {{ worker_connections 4096; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    sendfile on;
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi;
    scgi_temp_path {place}/scgi;
{site}
}}
"""


def programs():
    """Install what is missing: nginx, its module for brotli where Debian has one, and ab."""
    on_path("nginx") or install("nginx-light", lambda: on_path("nginx"))
    MODULE.exists() or install("libnginx-mod-http-brotli-static", lambda: MODULE.exists() or "none here")
    on_path("ab") or install("apache2-utils", lambda: on_path("ab"))


def configuration(place, sockets, ports, static):
    """Write nginx.conf into `place` from portal.conf, with other ports, host name and paths; its path."""
    files = place / "portal"
    files.mkdir(exist_ok=True)
    for name in ("headers.conf", *(["brotli.conf"] if MODULE.exists() else [])):
        (files / name).write_text((DEPLOY / "nginx" / name).read_text())
    shutil.copytree(DEPLOY / "nginx/pages", files / "pages", dirs_exist_ok=True)
    (files / "unlimited.conf").write_text("127.0.0.50 1;\n")
    plain, secure = ports
    servers = "\n".join(f"server unix:{path} fail_timeout=0;" for path in sockets)
    changes = {
        "    server unix:/run/portal/portal.sock fail_timeout=0;": servers,
        "listen [::]:": "#",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ": f"listen 127.0.0.1:{secure} ",
        "portal.example": "localhost",
        "/etc/nginx/portal/": f"{files}/",
        "/var/cache/portal": str(static.parent),
        "/var/log/nginx/": f"{place}/logs/",
    }
    site = (DEPLOY / "nginx/portal.conf").read_text()
    for old, new in changes.items():
        assert old in site, old
        site = site.replace(old, new)
    module = f"load_module {MODULE};" if MODULE.exists() else ""
    path = place / "nginx.conf"
    path.write_text(AROUND.format(place=place, module=module, site=site))
    return path


def certificate(files):
    """A throwaway certificate for localhost."""
    files.mkdir(exist_ok=True)
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    keys = ["-keyout", files / "privkey.pem", "-out", files / "fullchain.pem"]
    subprocess.run(["openssl", "req", *kind, *names, *keys], check=True, capture_output=True)


def checked(path):
    """What `nginx -t` says against the configuration, "" where nothing."""
    done = subprocess.run(["nginx", "-t", "-c", path], check=False, capture_output=True, text=True)
    return done.stderr if done.returncode else ""


@contextmanager
def running(path, port):
    """Run nginx; begin once it listens at `port`."""
    process = subprocess.Popen(["nginx", "-c", path, "-g", "daemon off;"])
    try:
        while process.poll() is None:
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", port)):
                    break
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(30)
