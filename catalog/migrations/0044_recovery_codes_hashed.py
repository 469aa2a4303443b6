"""Recovery codes are stored as keyed hashes."""

import base64

from django.db import migrations
from django.db.migrations.exceptions import IrreversibleError
from django.utils.crypto import salted_hmac


def hashed(paper, code):
    keyed = salted_hmac("catalog.staff.second_factor", f"{paper} {code}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(keyed[:12]).decode()


def hash_codes(apps, _schema_editor):
    for token in apps.get_model("otp_static", "StaticToken").objects.iterator():
        token.token = hashed(token.device_id, token.token)
        token.save(update_fields=["token"])


def refuse(apps, _schema_editor):
    """A hash has no way back, and would be hashed once more by the next way forward."""
    if apps.get_model("otp_static", "StaticToken").objects.exists():
        raise IrreversibleError("Recovery codes were hashed: restore the backup from before the upgrade.")


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0043_undeliverable_mail"),
        ("otp_static", "0003_add_timestamps"),
    ]

    operations = [migrations.RunPython(hash_codes, refuse, elidable=False)]
