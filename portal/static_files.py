"""How the site's own files are stored for serving."""

import re
from pathlib import PurePosixPath

from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/site.css"
IMPORT = re.compile(r'@import url\("([\w.-]+)"\)( \w+)?;')


class SiteStorage(CompressedManifestStaticFilesStorage):
    """Names with a digest, kept for ever and compressed; the stylesheet and the ones it imports are one file,
    seven requests less before a first page can be drawn."""

    def post_process(self, paths, dry_run=False, **options):
        if SHEET in paths and not dry_run:
            with self.open(SHEET, "w") as sheet:
                sheet.write(IMPORT.sub(lambda found: imported(paths, *found.groups()), source(paths, SHEET)))
            paths = {**paths, SHEET: (self, SHEET)}
        yield from super().post_process(paths, dry_run=dry_run, **options)


def source(paths, name):
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode("utf-8")


def imported(paths, name, medium):
    """The text of a stylesheet beside SHEET, for its medium alone where it names one."""
    text = source(paths, PurePosixPath(SHEET).with_name(name).as_posix())
    return f"@media{medium} {{\n{text}}}\n" if medium else text
