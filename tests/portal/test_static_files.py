from django.core.management import call_command

from portal.static_files import IMPORT


def test_the_stylesheets_of_every_page_are_collected_into_one(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "portal.static_files.SiteStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    css = settings.BASE_DIR / "static" / "css"
    imports = IMPORT.findall((css / "site.css").read_text(encoding="utf-8"))
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
