"""The second factor of an account: codes of an app, and codes on paper for the day the app is lost."""

import base64
import secrets
import time

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalog.formats.numerals import latin_digits

RECOVERY_CODES = 10
CODE_DIGITS = 6  # of a code of the app
PENDING = "second_step"
PENDING_FOR = 10 * 60  # seconds
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def is_on(user):
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()


def is_demanded(user):
    """Whether this member of staff has to give, or to set up, a second factor before anything else."""
    return settings.SECOND_FACTOR_REQUIRED and not (hasattr(user, "is_verified") and user.is_verified())


def clean_code(text):
    """A code as it is compared: Latin digits, without spaces and dashes, in small letters."""
    return "".join(each for each in latin_digits(text).lower() if each.isalnum())[:32]


def unconfirmed(user):
    """The TOTPDevice that is being set up; begun where there is none."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, confirmed=False, name="totp")


def set_up(user, code):
    """(device, recovery codes) where `code` shows that the app of `user` works, else None."""
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
        if device is None or not device.verify_token(clean_code(code)):
            return None
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save()
        return device, new_recovery_codes(user)


def new_recovery_codes(user):
    """Ten new codes; the old ones hold no more."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        paper = StaticDevice.objects.create(user=user, name="recovery")
        codes = ["".join(secrets.choice(ALPHABET) for _place in range(10)) for _code in range(RECOVERY_CODES)]
        made = paper.token_set.model
        paper.token_set.bulk_create(made(device=paper, token=stored_code(paper, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def stored_code(paper, code, secret=None):
    """What is stored of a recovery code: whoever reads the database cannot sign in with it, nor find the code
    without the site's secret."""
    salt, value = "catalog.staff.second_factor", f"{paper.pk} {code}"
    keyed = salted_hmac(salt, value, secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(keyed[:12]).decode()  # 16 signs: the column has no more


def recovery_codes_left(user):
    return sum(paper.token_set.count() for paper in StaticDevice.objects.filter(user=user))


def remove(user):
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()


def wait_for(session, user, way):
    """Note that the password of `user` was right and the code is still to come. Nobody is signed in yet."""
    session.cycle_key()
    session[PENDING] = {
        "user": user.pk,
        "backend": user.backend,
        "proof": user.get_session_auth_hash(),
        "at": time.time(),
        "next": way,
    }
    session.set_expiry(PENDING_FOR)


def awaiting_code(session):
    """(user, where they go next) whose code is still to come; None where nobody's is."""
    found = session.get(PENDING)
    if not found or time.time() - found["at"] > PENDING_FOR:
        return None
    user = User.objects.filter(pk=found["user"], is_active=True, is_staff=True).first()
    if user is None or user.get_session_auth_hash() != found["proof"]:
        return None
    user.backend = found["backend"]
    return user, found["next"]


def check(user, code):
    """The device whose code it is, else None. A recovery code holds once; each failure makes the next try
    wait longer."""
    code = clean_code(code)
    kind = TOTPDevice if code.isdigit() and len(code) == CODE_DIGITS else StaticDevice
    with transaction.atomic():
        for device in kind.objects.select_for_update().filter(user=user, confirmed=True):
            if device.verify_token(code if kind is TOTPDevice else _found(device, code)):
                return device
    return None


def _found(paper, code):
    """What is stored of a recovery code, with an older secret of the site where it was made under that."""
    secrets_of_site = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    hashes = [stored_code(paper, code, secret) for secret in secrets_of_site]
    known = set(paper.token_set.filter(token__in=hashes).values_list("token", flat=True))
    return next((one for one in hashes if one in known), hashes[0])


def is_recovery(device):
    return isinstance(device, StaticDevice)


def has_to_wait(user):
    """Whether a code is not looked at yet, because others were wrong a moment ago."""
    devices = [device for kind in (TOTPDevice, StaticDevice) for device in kind.objects.filter(user=user)]
    return not all(device.verify_is_allowed()[0] for device in devices)
