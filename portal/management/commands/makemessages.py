"""Collects the words to translate: Django's own command for Python and the admin's templates, Babel for the
Jinja templates of the public pages."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po
from django.conf import settings
from django.core.management.commands import makemessages

PUBLIC_TEMPLATES = settings.BASE_DIR / "templates" / "public"
OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true", "silent": "false"}


def messages_of_public_pages():
    """The messages of templates/public as a Babel Catalog, with the files they stand in."""
    catalog = Catalog(charset="utf-8")
    found = extract_from_dir(
        PUBLIC_TEMPLATES, [(f"**.{kind}", "jinja2") for kind in ("html", "xml", "txt")], {"**": OPTIONS}
    )
    for name, line, message, _comments, context in found:
        place = (PUBLIC_TEMPLATES.relative_to(settings.BASE_DIR) / name).as_posix()
        catalog.add(message, locations=[(place, line)], context=context)
    return catalog


class Command(makemessages.Command):
    """As Django's; the messages of both kinds of templates go into one template of the .po files."""

    def process_locale_dir(self, locale_dir, files):
        others = [file for file in files if PUBLIC_TEMPLATES not in Path(file.path).resolve().parents]
        super().process_locale_dir(locale_dir, others)
        pot = Path(locale_dir) / f"{self.domain}.pot"
        if self.domain == "django" and pot.exists():
            with pot.open("ab") as file:
                file.write(b"\n")
                write_po(file, messages_of_public_pages(), omit_header=True, width=79)
