"""The key that signs what we say to a platform: made, read, and shown without its private part."""

import base64
import hashlib
import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import AutograderError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

_BITS = 2048
_MOST_BYTES = 64 * 1024
_NEXT = "make a new one with `autograder export lti --new-key FILE`"
INSTALL = "LTI needs two more packages; to get them: pip install 'deepnet-autograder[lti]'"


@dataclass(frozen=True)
class SigningKey:
    """An RSA key and the name under which the platform knows its public part. Neither is shown by `repr`."""

    kid: str
    private: "RSAPrivateKey" = field(repr=False)


def new_key(file: Path) -> SigningKey:
    """Make an RSA key and write it to a new file that its owner alone may read.

    Raises `AutograderError` when there is something at `file` already, or it cannot be written.
    """
    try:
        from cryptography.hazmat.primitives.asymmetric import rsa
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    except ImportError:
        raise AutograderError(INSTALL) from None
    private = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    text = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        # Never anybody else's to read, not even for the moment between making and restricting it.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(text)
    except FileExistsError:
        raise AutograderError(f"{file} exists already, and a key is never written over; name another file") from None
    except OSError as error:
        raise AutograderError(f"{file}: the key cannot be written ({error.strerror}); name another file") from None
    return SigningKey(_thumbprint(private), private)


def read_key(file: Path, kid: str | None = None) -> SigningKey:
    """Return the key in `file`, a PEM that nobody but its owner may read; `kid`: by default its thumbprint.

    Raises
    ------
    AutograderError : the file is missing, open to others, or no RSA key of 2048 bits or more without a password.
    """
    try:
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError:
        raise AutograderError(INSTALL) from None
    data = _read_private(file)
    try:
        private = load_pem_private_key(data, password=None)
    except TypeError:
        raise AutograderError(f"{file}: the key has a password, which nobody could type here; {_NEXT}") from None
    # The library has many ways to say no, and some of them quote what they could not read.
    except Exception:  # noqa: BLE001
        raise AutograderError(f"{file}: is not a private key in PEM form; {_NEXT}") from None
    if not isinstance(private, RSAPrivateKey) or private.key_size < _BITS:
        raise AutograderError(f"{file}: expected an RSA key of {_BITS} bits or more; {_NEXT}")
    return SigningKey(kid or _thumbprint(private), private)


def _read_private(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            about = os.fstat(stream.fileno())
            data = stream.read(_MOST_BYTES) if stat.S_ISREG(about.st_mode) else b""
    except OSError as error:
        raise AutograderError(f"{file}: the private key cannot be read ({error.strerror}); {_NEXT}") from None
    if os.name == "posix" and about.st_mode & 0o077:
        raise AutograderError(
            f"{file}: others than you may read this private key, so it is not used; run: chmod 600 {file}"
            " (and if anybody may have read it, make a new one)"
        )
    return data


def public_jwks(key: SigningKey) -> str:
    """Return the public key as a JSON Web Key Set, which platforms take as it is."""
    described = {**_public_numbers(key.private), "alg": "RS256", "use": "sig", "kid": key.kid}
    return json.dumps({"keys": [described]}, indent=2)


def public_pem(key: SigningKey) -> str:
    """Return the public key as PEM, for platforms that take nothing else."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    data = key.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return data.decode("ascii").strip()


def _public_numbers(private: "RSAPrivateKey") -> dict[str, str]:
    numbers = private.public_key().public_numbers()
    return {"kty": "RSA", "n": _base64url(numbers.n), "e": _base64url(numbers.e)}


def _thumbprint(private: "RSAPrivateKey") -> str:
    """Return the name that RFC 7638 gives a public key."""
    canonical = json.dumps(_public_numbers(private), sort_keys=True, separators=(",", ":"))
    return _unpadded(hashlib.sha256(canonical.encode("ascii")).digest())


def _base64url(number: int) -> str:
    return _unpadded(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def _unpadded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
