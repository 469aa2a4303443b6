import base64
import hashlib

from django.db import migrations
from django.utils.crypto import salted_hmac


def from_nonces(apps, schema_editor):
    """The page of an enquiry gets one new token, which its mails name from now on; links sent before end."""
    enquiries = apps.get_model("contact", "Enquiry").objects.using(schema_editor.connection.alias)
    for key, nonce in enquiries.values_list("pk", "nonce"):
        digest = salted_hmac("contact.token.ask", nonce, algorithm="sha256").digest()
        token = base64.urlsafe_b64encode(digest).rstrip(b"=")
        enquiries.filter(pk=key).update(token_hash=hashlib.sha256(token).hexdigest())


class Migration(migrations.Migration):

    dependencies = [("contact", "0004_answers_and_keepers")]

    operations = [
        migrations.RunPython(from_nonces, migrations.RunPython.noop),
        migrations.RemoveField(model_name="enquiry", name="mail_token_hash"),
    ]
