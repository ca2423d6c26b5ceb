"""HTTP to a platform: bounded in time and size, retried where that is worth it, and never led elsewhere.

A request is tried again when nobody answered (refused, broken off, too slow), when there were too many (429) and when
the platform is at fault (5xx): after a pause that doubles and is partly chance, or as long as the platform asks for. A
run waits so many seconds altogether and no longer, however many students there are.
"""

import math
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from autograder.errors import AutograderError
from autograder.exports.lti.addresses import shown_address
from autograder.exports.lti.keys import INSTALL

if TYPE_CHECKING:
    import requests

MOST_BYTES = 4 * 1024 * 1024
# A busy platform gets this long altogether; a single pause is never longer than `_LONGEST_PAUSE`.
PATIENCE_SECONDS = 600.0
_LONGEST_PAUSE = 120.0
_FIRST_PAUSE = 1.0
_PIECE = 64 * 1024
# An answer that comes in drops must end in so many times the time in which it must begin.
_TIMES_TO_END = 4
_TRY_LATER = frozenset({408, 425, 429})


class PlatformError(AutograderError):
    """The platform did not do what was asked; the message says what it answered instead.

    unreachable: nobody answers there or lets us in, so that the next request will fare no better.
    """

    def __init__(self, message: str, *, unreachable: bool = False) -> None:
        super().__init__(message)
        self.unreachable = unreachable


class _NoAnswerError(Exception):
    """Nobody answered, or not to the end: the message says how."""


@dataclass(frozen=True)
class Request:
    """What is asked; `body` and `headers` may hold secrets and are never shown."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Answer:
    """What came back, with the names of its headers in lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Link:
    """A connection that is kept open between requests; `close` ends it.

    pause, chance: how to wait so many seconds, and a number from 0 to 1.
    """

    def __init__(
        self,
        timeout_seconds: float,
        attempts: int,
        *,
        pause: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        try:
            import requests
        except ImportError:
            raise AutograderError(INSTALL) from None
        self._session = requests.Session()
        self._timeout = timeout_seconds
        self._attempts = attempts
        self._pause = pause
        self._chance = chance
        self._patience = PATIENCE_SECONDS

    def close(self) -> None:
        """End the connection."""
        self._session.close()

    def ask(self, request: Request, settled: Callable[[], bool] | None = None) -> Answer | None:
        """Return the answer to a request, tried again where that is worth it.

        settled: asked before another try, when the one before may have been carried out though nobody said so;
        if it says that this is the case, None is returned.

        Raises `PlatformError` when there was no answer in the end, or none that could be used.
        """
        for attempt in range(self._attempts):
            answer, problem = self.once(request)
            if answer is not None and answer.status not in _TRY_LATER and answer.status < 500:
                return answer
            last = attempt == self._attempts - 1
            if last or not self._wait(attempt, answer):
                break
            refused = answer is not None and answer.status in _TRY_LATER
            if settled is not None and not refused and settled():
                return None
        where = shown_address(request.url)
        raise PlatformError(f"{where} {problem}, however often it was asked; try again later", unreachable=True)

    def once(self, request: Request) -> tuple[Answer | None, str]:
        """Return the answer to a request that is sent once, and what is wrong with it or with there being none."""
        try:
            answer = self._answer(request)
        except _NoAnswerError as error:
            return None, str(error)
        if 300 <= answer.status < 400:
            raise PlatformError(
                f"{shown_address(request.url)} sends us elsewhere ({answer.status}), and a token is never taken along;"
                " write the address that it leads to into the configuration, if that is the platform's"
            )
        return answer, f"answered {answer.status}"

    def _wait(self, attempt: int, answer: Answer | None) -> bool:
        """Wait before the next try; False when that would be too long."""
        asked = _retry_after(answer)
        seconds = asked or _FIRST_PAUSE * 2**attempt * (0.5 + self._chance() / 2)
        if seconds > min(_LONGEST_PAUSE, self._patience):
            return False
        self._patience -= seconds
        self._pause(seconds)
        return True

    def _answer(self, request: Request) -> Answer:
        import requests
        import urllib3

        headers = {**request.headers, "Accept-Encoding": "identity", "User-Agent": "deepnet-autograder"}
        # What is not encrypted stays on this machine: no proxy of the environment gets to see it.
        proxies: Any = {"http": None, "all": None} if request.url.startswith("http:") else None
        end = time.monotonic() + _TIMES_TO_END * self._timeout
        try:
            with self._session.request(
                request.method, request.url, data=request.body, headers=headers, stream=True, allow_redirects=False,
                timeout=self._timeout, auth=_leave_alone, proxies=proxies,
            ) as response:  # fmt: skip
                body = _read(response.raw, end)
                return Answer(response.status_code, {k.lower(): v for k, v in response.headers.items()}, body)
        except requests.exceptions.SSLError:
            raise PlatformError(
                f"{shown_address(request.url)} has no certificate that this machine trusts, so nothing was sent",
                unreachable=True,
            ) from None
        except (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError, TimeoutError):
            raise _NoAnswerError(f"did not answer within {self._timeout:g} s") from None
        # Their own words hold addresses of memory and, of a request that cannot be made, its headers.
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError):
            raise _NoAnswerError("cannot be reached, or breaks off") from None


def _leave_alone(prepared: "requests.PreparedRequest") -> "requests.PreparedRequest":
    """Keep requests from putting a password out of ~/.netrc where our token is."""
    return prepared


def _read(raw: Any, end: float) -> bytes:
    """Return what comes, if it is not too much and comes in time."""
    pieces = bytearray()
    while piece := raw.read1(_PIECE, decode_content=False):
        pieces += piece
        if len(pieces) > MOST_BYTES:
            raise PlatformError(f"the platform's answer is longer than {MOST_BYTES // 2**20} MiB, so it is no answer")
        if time.monotonic() > end:
            raise TimeoutError
    return bytes(pieces)


def _retry_after(answer: Answer | None) -> float | None:
    """Return how many seconds the platform asks us to wait, if it does in either of the two ways there are."""
    asked = (answer.headers.get("retry-after", "") if answer else "").strip()[:40]
    if asked.isascii() and asked.isdecimal():
        return float(asked) or None
    try:
        seconds = parsedate_to_datetime(asked).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return None
    return seconds if math.isfinite(seconds) and seconds > 0 else None
