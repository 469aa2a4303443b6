"""Where the benchmark keeps its catalogues, and the addresses of its hello-world views."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PLACE = ROOT / "var" / "bench"
HELLO, BARE = "/hello", "/bare"  # behind the site's middleware, and without any
