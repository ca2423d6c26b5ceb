"""The services of a platform, with the token that they want."""

import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

from autograder.exports.lti.addresses import fault_of, origin_of, shown_address
from autograder.exports.lti.configuration import Configuration
from autograder.exports.lti.link import Answer, Link, PlatformError, Request
from autograder.exports.lti.replies import quoted
from autograder.exports.lti.tokens import COLUMNS, RESULTS, SCORE, Token, ask_for_token


class Service:
    """Asks the platform with a token that it keeps while it is good; made by `open_service`."""

    def __init__(self, configuration: Configuration, link: Link, clock: Callable[[], float]) -> None:
        self.configuration = configuration
        self.clock = clock
        self._link = link
        self._token: Token | None = None

    def ask(
        self,
        method: str,
        url: str,
        *,
        accept: str,
        kind: str | None = None,
        body: object = None,
        expected: Callable[[Answer], bool] = lambda _: False,
        settled: Callable[[], bool] | None = None,
        once: bool = False,
    ) -> Answer | None:
        """Return the answer to a request with our token; 2xx or what is `expected`.

        kind: the media type of `body`, which becomes JSON. settled: as for `Link.ask`. once: not tried again.
        Raises `PlatformError` for any other answer, and for none.
        """
        data = None if kind is None else _json(body, url)
        for is_second in (False, True):
            token = self._good_token()
            headers = {"Accept": accept, "Authorization": f"Bearer {token.text}"}
            headers |= {"Content-Type": kind} if kind else {}
            request = Request(method, url, headers, data)
            answer = self._link.once(request)[0] if once else self._link.ask(request, settled)
            if answer is None or 200 <= answer.status < 300 or expected(answer):
                return answer
            if answer.status != 401 or is_second:
                break
            # Taken back, or expired by the platform's clock: a new one is worth one try.
            self._token = None
        assert answer is not None
        told = f"{shown_address(url)} answered {answer.status}{quoted(answer, token.text)}{_advice(answer)}"
        raise PlatformError(told, unreachable=answer.status == 401)

    def follow(self, base: str, address: object) -> str:
        """Return an address that the platform named, if a token may go there: where `base` is and nowhere else.

        Raises `PlatformError` otherwise.
        """
        try:
            target = urljoin(base, address) if isinstance(address, str) else ""
        except ValueError:
            target = ""
        if fault_of(target) or origin_of(target) != origin_of(base):
            raise PlatformError(
                f"{shown_address(base)} names an address that is not its own, and a token never goes elsewhere"
            )
        return target

    def _good_token(self) -> Token:
        if self._token is None or not self._token.is_good:
            scopes = [SCORE, RESULTS] if self.configuration.line_item_url else [COLUMNS, SCORE, RESULTS]
            self._token = ask_for_token(self.configuration, self._link, scopes)
        return self._token


def _json(body: object, url: str) -> bytes:
    try:
        return json.dumps(body, allow_nan=False).encode("ascii")
    except (ValueError, RecursionError):
        # In what the platform gave us to send back to it.
        raise PlatformError(f"{shown_address(url)} would get a number that is none, so nothing is sent") from None


def _advice(answer: Answer) -> str:
    """Return what to do about an answer that says no."""
    return {
        401: "; the platform takes our token for this no longer, or never did: see what it allows this tool",
        403: "; the platform does not allow this tool to do that: see its permissions for grades",
        404: "; there is nothing at this address: is it that of the course, and does the column still exist?",
    }.get(answer.status, "")


@contextmanager
def open_service(
    configuration: Configuration,
    *,
    pause: Callable[[float], None] = time.sleep,
    chance: Callable[[], float] = random.random,
    clock: Callable[[], float] = time.time,
) -> Iterator[Service]:
    """Yield the services of a platform; nothing is sent until they are asked for something.

    pause, chance, clock: how to wait, a number from 0 to 1, and the seconds since 1970 that scores are dated by.
    """
    link = Link(configuration.timeout_seconds, configuration.attempts, pause=pause, chance=chance)
    try:
        yield Service(configuration, link, clock)
    finally:
        link.close()
