"""Read what a platform answered, and quote it without giving away what it may have repeated."""

import json
import re
from typing import Any

from autograder.exports.lti.link import Answer
from autograder.pages.neutral import neutralise

_SHOWN = 200
_LOOKED_AT = 20_000
# Tokens, assertions and keys have long runs of these; words and addresses have shorter ones.
_SECRET = re.compile(r"[\w+=~-]{24,}(?:[./%][\w+=~%-]*)*|-----BEGIN.*", re.DOTALL)
_TAGS = re.compile(r"<(?:script|style)\b.{0,10000}?</(?:script|style)>|<[^<>]{0,1000}>", re.DOTALL | re.IGNORECASE)


def document_of(answer: Answer) -> Any:
    """Return the JSON of an answer; None for what is no JSON that can be used."""
    try:
        return json.loads(answer.body.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def quoted(answer: Answer, secret: str = "") -> str:
    """Return " (…)" with what the answer says for people, shortened, or nothing when it says nothing."""
    found = document_of(answer)
    text = answer.body[:_LOOKED_AT].decode("utf-8", "replace")
    if isinstance(found, dict):
        said = [found.get(key) for key in ("error", "error_description", "message", "errors", "title", "detail")]
        words = [each if isinstance(each, str) else json.dumps(each) for each in said if each]
        text = ": ".join(words)[:_LOOKED_AT] or text
    if secret:
        text = text.replace(secret, "…")
    told = " ".join(_SECRET.sub("…", _TAGS.sub(" ", text)).split())
    return f" ({neutralise(told, _SHOWN)})" if told else ""
