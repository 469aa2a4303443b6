from base64 import b64encode
from hashlib import sha384

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from portal.assets import storage
from portal.assets.storage import IMPORT_RULE


@pytest.mark.whole
def test_the_stylesheets_of_every_page_are_collected_into_one(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "portal.assets.storage.SiteStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    css = settings.BASE_DIR / "static" / "css"
    imports = IMPORT_RULE.findall((css / "site.css").read_text(encoding="utf-8"))
    assert len(imports) == 8
    (sheet,) = (tmp_path / "css").glob("site.????????????.css")
    collected = sheet.read_text(encoding="utf-8")
    assert "@import" not in collected
    for name, medium in imports:
        text = (css / name).read_text(encoding="utf-8")
        assert text.splitlines()[-1] in collected
        assert bool(medium) == (f"@media{medium} {{\n{text.splitlines()[0]}" in collected)
    assert "vazirmatn." in collected
    assert collected.count("{") == collected.count("}")
    assert sheet.with_name(f"{sheet.name}.gz").exists()


def test_a_script_says_its_digest_where_files_are_collected(monkeypatch, tmp_path):
    storage.file_digest.cache_clear()
    assert "integrity" not in storage.script("js/site.js")
    (tmp_path / "site.1.js").write_bytes(b"text")
    monkeypatch.setattr(staticfiles_storage, "stored_name", lambda _name: "site.1.js", raising=False)
    monkeypatch.setattr(staticfiles_storage, "open", lambda name: (tmp_path / name).open("rb"))
    storage.file_digest.cache_clear()
    digest = b64encode(sha384(b"text").digest()).decode()
    assert f' integrity="sha384-{digest}" defer>' in storage.script("js/site.js")
    assert f' data-integrity="sha384-{digest}">' in storage.later_script("js/site.js")
    (tmp_path / "site.1.js").unlink()
    storage.file_digest.cache_clear()
    assert "integrity" not in storage.script("js/site.js")
    storage.file_digest.cache_clear()
