"""A connection to Canvas that keeps the token to itself.

canvasapi, which knows the endpoints, never holds the token: it is put into a request at the last moment, by the session
underneath, and only when the request goes to the place that was named. That session also has what the library lacks:
time-outs, a bound on what it reads, patience with a busy server. It follows no redirect. What a server says, and what
an exception says of a request, is shown without the token, should it be in there.
"""

import ipaddress
import os
import re
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from autograder.errors import AutograderError
from autograder.exports.plain import line

if TYPE_CHECKING:
    from canvasapi import Canvas

TOKEN_VARIABLE = "CANVAS_TOKEN"  # noqa: S105 - the name of a variable
_MOST_BYTES = 64 * 1024 * 1024
_MOST_REQUESTS = 5_000
_BROKEN = {500, 502, 503, 504}


@dataclass(frozen=True)
class Patience:
    """How long to wait: for an answer, before a further try, how many tries, and for Canvas to enter the grades."""

    answer_seconds: float = 60.0
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 60.0
    tries: int = 5
    job_seconds: float = 900.0


@dataclass(frozen=True)
class Account:
    """Where Canvas is and who asks; the token is in no text that is made of this."""

    url: str
    token: str = field(repr=False)
    patience: Patience = Patience()


def account(url: str, token_file: Path | None, environment: Mapping[str, str] = os.environ) -> Account:
    """Return the account at `url` with the token of a file or of the variable CANVAS_TOKEN.

    Raises `AutograderError`: an address that would send the token unprotected, no token, or one that others can read.
    """
    token = _token_in(token_file) if token_file else environment.get(TOKEN_VARIABLE, "").strip()
    if not token:
        raise AutograderError(
            f"there is no access token: set {TOKEN_VARIABLE} or name a file with --token-file (in Canvas: Account > "
            "Settings > New Access Token)"
        )
    if not re.fullmatch(r"[\x21-\x7e]{1,4096}", token):
        raise AutograderError("the access token has spaces or letters that no token has; copy it once more from Canvas")
    return Account(_checked(url), token)


def _token_in(path: Path) -> str:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise AutograderError(f"{path}: the token cannot be read ({error.strerror})") from None
    try:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            raise AutograderError(f"{path}: is not a file; expected one that holds the token alone")
        if stat.S_IMODE(state.st_mode) & 0o077:
            raise AutograderError(f"{path}: others may read this token; close it to them first: chmod 600 {path}")
        return os.read(descriptor, 8192).decode("ascii", "replace").strip()
    finally:
        os.close(descriptor)


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if not host or parts.username is not None or parts.query or parts.fragment or parts.path not in ("", "/"):
        raise AutograderError(
            f"{line(url, 80)!r} is not the address of a Canvas; expected one like https://canvas.example.edu"
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise AutograderError(f"{line(url, 80)!r} would send the token unprotected; use https://")
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + (f":{port}" if port is not None else "")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its address or as "localhost"."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def connect(who: Account) -> "Canvas":
    """Return canvasapi's entrance, over a careful session. Raises `AutograderError` where it is not installed."""
    import logging
    import warnings

    try:
        from canvasapi import Canvas
    except ModuleNotFoundError:
        raise AutograderError(
            "Canvas' own interface needs one more package; to get it: pip install 'deepnet-autograder[canvas]'"
        ) from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of http, which is loopback alone
        canvas = Canvas(who.url, "not here")
    # It would log every answer: grades, and whatever a server says.
    logging.getLogger("canvasapi").setLevel(logging.CRITICAL)
    canvas._Canvas__requester._session = _session(who)
    return canvas


def _session(who: Account) -> Any:
    import requests

    class Session(requests.Session):
        """Sends what it is told to, to one place, and gives up in time."""

        requests_left = _MOST_REQUESTS

        def request(self, method: str, url: str, **options: Any) -> Any:  # type: ignore[override]
            self.requests_left -= 1
            if not url.startswith(f"{who.url}/api/v1/") or self.requests_left < 0:
                raise AutograderError("Canvas pointed to another place, or on and on; nothing was sent there")
            options |= {"timeout": who.patience.answer_seconds, "allow_redirects": False, "stream": True}
            return _patiently(method, lambda: _whole(super(Session, self).request(method, url, **options), who), who)

    session = Session()
    # Neither a .netrc nor, on this machine itself, a proxy has a say; and canvasapi's own header is overwritten.
    session.trust_env = not is_loopback(urlsplit(who.url).hostname or "")
    session.auth = lambda request: _with_token(request, who)
    return session


def _with_token(request: Any, who: Account) -> Any:
    request.headers["Authorization"] = f"Bearer {who.token}"
    return request


def _whole(response: Any, who: Account) -> Any:
    """Return the response with its body read, unless that is too long or takes too long."""
    body, deadline = bytearray(), time.monotonic() + who.patience.answer_seconds
    with response:
        for piece in response.iter_content(65536):
            body += piece
            if len(body) > _MOST_BYTES or time.monotonic() > deadline:
                raise AutograderError("Canvas' answer does not end; try again later")
    response._content = bytes(body)
    if 300 <= response.status_code < 400:
        raise AutograderError(
            "Canvas answered with a redirect, which would take the token along and is not followed; use the address "
            "that your browser shows"
        )
    return response


def _patiently(method: str, send: Callable[[], Any], who: Account) -> Any:
    """Send until there is an answer that stands.

    A request that was not even looked at is sent again; one that may have been carried out only if it changes nothing.
    """
    import requests

    wait = who.patience.first_wait_seconds
    for tries_left in reversed(range(who.patience.tries)):
        try:
            response = send()
        except (requests.ConnectionError, requests.Timeout):
            if method != "GET" or not tries_left:
                raise
            pause = wait
        else:
            is_broken = method == "GET" and response.status_code in _BROKEN
            if not tries_left or not (_was_not_looked_at(response) or is_broken):
                return response
            pause = _asked_for(response.headers.get("Retry-After"), wait)
        time.sleep(min(pause, who.patience.longest_wait_seconds))
        wait *= 2
    raise AssertionError


def _was_not_looked_at(response: Any) -> bool:
    """Whether Canvas turned the request away unread; older ones say so with a 403."""
    return response.status_code == 429 or (response.status_code == 403 and b"Rate Limit Exceeded" in response.content)


def _asked_for(header: str | None, otherwise: float) -> float:
    """Return the seconds that a server asks to wait; dates are not in use at Canvas."""
    return float(header) if header and re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,6})?", header) else otherwise


@contextmanager
def explained(who: Account, doing: str) -> Iterator[None]:
    """Turn what goes wrong inside into an `AutograderError` that says what was being done, without the token."""
    import requests
    from canvasapi.exceptions import CanvasException

    try:
        yield
    except AutograderError as error:
        raise AutograderError(f"{doing}: {without_token(str(error), who)}") from None
    except requests.Timeout:
        raise AutograderError(f"{doing}: no answer in {who.patience.answer_seconds:g} s; try again later") from None
    except requests.exceptions.SSLError:
        raise AutograderError(f"{doing}: the certificate of {who.url} is not valid, so nothing was sent") from None
    except requests.exceptions.InvalidJSONError:
        raise AutograderError(_no_canvas(doing, who)) from None
    except requests.RequestException as error:
        raise AutograderError(
            f"{doing}: {who.url} cannot be reached ({type(error).__name__}); check the address and the network"
        ) from None
    except CanvasException as error:
        raise AutograderError(f"{doing}: {_reason(error, who)}") from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise AutograderError(_no_canvas(doing, who)) from None


def _no_canvas(doing: str, who: Account) -> str:
    return f"{doing}: the answer is not one of Canvas; check the address {who.url}"


def _reason(error: Exception, who: Account) -> str:
    what = {
        "InvalidAccessToken": "Canvas does not know this token (401), or it has expired: make a new one in Canvas",
        "Unauthorized": "this token may not do that (401): it needs the rights of a teacher of the course",
        "Forbidden": "this token may not do that (403): it needs the right to edit grades",
        "RateLimitExceeded": "Canvas is busy and went on saying so (429): try again later",
        "ResourceDoesNotExist": "Canvas has no such thing (404): check --course-id and --assignment-id",
    }
    return what.get(type(error).__name__) or f"Canvas said: {line(without_token(str(error), who), 300)}"


def without_token(text: str, who: Account) -> str:
    """Return text of a server's with the token, if it is in there, left out."""
    return text.replace(who.token, "[token]")
