"""The secrets that the audit tries a room with: always the same ones, so that two audits agree."""

import hashlib


def secret(number: int) -> bytes:
    """Return the audit's secret of this number."""
    return hashlib.sha256(b"audit %d" % number).digest()
