"""Ask a platform for a token: client credentials, with an assertion signed by our key in place of a password."""

import time
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import urlencode

from autograder.exports.lti.addresses import shown_address
from autograder.exports.lti.configuration import Configuration
from autograder.exports.lti.keys import INSTALL
from autograder.exports.lti.link import Answer, Link, PlatformError, Request
from autograder.exports.lti.replies import document_of, quoted

_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/"
SCORE = f"{_SCOPE}score"
RESULTS = f"{_SCOPE}result.readonly"
COLUMNS = f"{_SCOPE}lineitem"
_ASSERTION_SECONDS = 300
_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_MOST_CHARACTERS = 16_000
_USUAL_SECONDS = 3600
_MOST_SECONDS = 86_400
# Before it expires by the platform's clock, which need not be ours.
_EARLY_SECONDS = 60.0


@dataclass(frozen=True)
class Token:
    """What lets us in until `expires`, in seconds of `time.monotonic`; never shown."""

    text: str = field(repr=False)
    expires: float

    @property
    def is_good(self) -> bool:
        """Whether it can be used for a while yet."""
        return time.monotonic() < self.expires


def ask_for_token(configuration: Configuration, link: Link, scopes: Collection[str]) -> Token:
    """Return a new token for these scopes. Raises `PlatformError` with what the platform said against it."""
    # A clock that nobody sets, for a token lasts so many seconds from now.
    asked = time.monotonic()
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": _BEARER,
        "client_assertion": _assertion(configuration),
        "scope": " ".join(scopes),
    }
    headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
    answer = link.ask(Request("POST", configuration.token_url, headers, urlencode(form).encode("ascii")))
    assert answer is not None
    if answer.status not in (200, 201):
        raise PlatformError(_refusal(configuration, answer, scopes), unreachable=True)
    return _token(configuration, answer, asked)


def _assertion(configuration: Configuration) -> str:
    try:
        import jwt
    except ImportError:
        raise PlatformError(INSTALL) from None
    # Some clocks are behind ours, and what will only be true in a while is not believed.
    issued = int(time.time()) - 5
    claims = {
        "iss": configuration.client_id,
        "sub": configuration.client_id,
        "aud": configuration.audience,
        "iat": issued,
        "exp": issued + _ASSERTION_SECONDS,
        "jti": uuid.uuid4().hex,
    }
    return jwt.encode(claims, configuration.key.private, algorithm="RS256", headers={"kid": configuration.key.kid})


def _refusal(configuration: Configuration, answer: Answer, scopes: Collection[str]) -> str:
    told = (
        f"{shown_address(configuration.token_url)} gives no token: it answered {answer.status}{quoted(answer)}."
        f" Expected that {configuration.name} knows the public key {configuration.key.kid!r} for the client"
        f" {configuration.client_id!r}; `autograder export lti --public-key FILE` shows that key"
    )
    if b"scope" in answer.body[:4_000]:
        told += f"; and that it allows this client the scopes {', '.join(scopes)}"
    return told


def _token(configuration: Configuration, answer: Answer, asked: float) -> Token:
    where = shown_address(configuration.token_url)
    found = document_of(answer)
    text = found.get("access_token") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(text, str) or not _fits_a_header(text):
        told = f"{where} answered {answer.status}, but with no token; is it the platform's token address?"
        raise PlatformError(told, unreachable=True)
    kind = found.get("token_type", "bearer")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise PlatformError(f"{where} gives a token of another kind; expected a bearer token", unreachable=True)
    granted = found.get("scope")
    if isinstance(granted, str) and granted.strip() and SCORE not in granted.split():
        raise PlatformError(
            f"{where} gives a token, but none for scores; allow {configuration.client_id!r} on {configuration.name}"
            f" the scope {SCORE}",
            unreachable=True,
        )
    lasts = found.get("expires_in")
    known = isinstance(lasts, int | float) and not isinstance(lasts, bool) and 0 < lasts <= _MOST_SECONDS
    seconds = float(lasts) if known and isinstance(lasts, int | float) else _USUAL_SECONDS
    return Token(text, asked + max(seconds - _EARLY_SECONDS, seconds / 2))


def _fits_a_header(text: str) -> bool:
    return 0 < len(text) <= _MOST_CHARACTERS and text.isascii() and text.isprintable() and " " not in text
