"""One file that holds a backup: a manifest, the database and the uploads, packed and, with a key, encrypted.

The manifest comes first and names every other member with its size and digest, so an archive that was cut
short or changed is found out. An encrypted one is in the format of age (https://age-encryption.org): the
standard program opens it too.
"""

import gzip
import io
import json
import os
import tarfile
from hashlib import file_digest, sha256
from pathlib import Path

import pyrage
from django.core.management import CommandError

from catalog.caching.failures import Failure, failure_of

FORMAT = 1
MANIFEST = "manifest.json"
ENDING, ENCRYPTED_ENDING, UNFINISHED = ".tar.gz", ".tar.gz.age", ".unfinished"
NOT_WHOLE = "is not a whole backup"
BYTES_AT_ONCE = 2**20  # bytes


def size_and_digest(path):
    """{"size": bytes, "sha256": digest} of a file."""
    with path.open("rb") as file:
        return {"size": path.stat().st_size, "sha256": file_digest(file, "sha256").hexdigest()}


def write(target, manifest, members, recipients=()):
    """Pack `members`, {name: path}, with the manifest into `target`, which appears only when it is whole."""
    unfinished = target.with_name(target.name + UNFINISHED)
    packed = unfinished.with_name(unfinished.name + ".packed") if recipients else unfinished
    manifest = {
        "format": FORMAT,
        **manifest,
        "members": {name: size_and_digest(path) for name, path in members.items()},
    }
    try:
        with packed.open("wb") as file, _packing(file) as tar:
            _add(tar, MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
            for name, path in members.items():
                tar.add(path, name, recursive=False)
        if recipients:
            keys = [pyrage.x25519.Recipient.from_str(key) for key in recipients]
            pyrage.encrypt_file(str(packed), str(unfinished), keys)
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.rename(target)
    finally:
        packed.unlink(missing_ok=True)
        unfinished.unlink(missing_ok=True)
    return manifest


def _packing(file):
    """Of two names of one file each is packed as a file: no link is unpacked."""
    return tarfile.open(fileobj=file, mode="w:gz", compresslevel=6, dereference=True)


def _add(tar, name, content):
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def unpack(archive, folder, identity=None):
    """Unpack an archive into `folder` and compare every member with the manifest, which is returned.

    CommandError where it is not whole, is encrypted and `identity`, a path of the key's file, does not open
    it, or was made by a newer program.
    """
    return _read(archive, folder, identity, _kept)


def examine(archive, folder, identity=None):
    """Like `unpack`, but only the manifest, and what was decrypted, is written into `folder`."""
    return _read(archive, folder, identity, _only_read)


def _read(archive, folder, identity, target_of):
    try:
        with gzip.open(opened(archive, folder, identity)) as packed:
            with tarfile.open(fileobj=packed, mode="r:") as tar:
                found = {member.name: _copied(tar, member, folder, target_of) for member in tar}
            packed.read()  # to the end, where the checksum of the whole stands
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError) as error:
        if failure_of(error) == Failure.FULL:
            raise
        raise CommandError(f"{archive} {NOT_WHOLE}: {error}") from None
    if manifest["format"] > FORMAT:
        raise CommandError(f"{archive} was made by a newer version of this program: upgrade first.")
    for name, expected in manifest["members"].items():
        if found.get(name) != expected:
            raise CommandError(f"{archive} {NOT_WHOLE}: {name} differs from the manifest.")
    return manifest


def _copied(tar, member, folder, target_of):
    """Write a file of an archive into `folder`, and nothing else: no link, nothing outside; what
    `size_and_digest` says of it. The filter that `tarfile` has for this is not in the Python of Debian 12."""
    target = (folder / member.name).resolve()
    if not member.isfile() or not target.is_relative_to(folder.resolve()):
        raise tarfile.ExtractError(f"{member.name} is no file of a backup")
    digest, size = sha256(), 0
    with tar.extractfile(member) as source, target_of(target).open("wb") as copy:
        while part := source.read(BYTES_AT_ONCE):
            digest.update(part)
            size += copy.write(part)
    return {"size": size, "sha256": digest.hexdigest()}


def _kept(target):
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return target


def _only_read(target):
    return target if target.name == MANIFEST else Path(os.devnull)


def opened(archive, folder, identity):
    """The path of the packed archive, decrypted into `folder` where it is encrypted."""
    if not archive.name.endswith(ENCRYPTED_ENDING):
        return archive
    if identity is None:
        raise CommandError(f"{archive} is encrypted: give the file with the key as --key.")
    try:
        lines = Path(identity).read_text().split()
    except (OSError, ValueError) as error:
        raise CommandError(f"The key cannot be read by the account of the site: {error}") from None
    keys = [line for line in lines if line.startswith("AGE-SECRET-KEY-")]
    if not keys:
        raise CommandError(f"{identity} holds no key: one begins with AGE-SECRET-KEY-.")
    packed = folder / "archive.tar.gz"
    try:
        pyrage.decrypt_file(str(archive), str(packed), [pyrage.x25519.Identity.from_str(key) for key in keys])
    except pyrage.DecryptError as error:
        raise CommandError(f"{archive} cannot be opened with this key, or {NOT_WHOLE}: {error}") from None
    return packed
