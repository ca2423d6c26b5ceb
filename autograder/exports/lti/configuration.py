"""What lti.toml says: which platform, who we are there, with which key, and to which column scores go."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias, cast, get_args

from autograder.course.tables import (
    Table,
    number_of,
    problem,
    read_document,
    refuse_unknown,
    text_of,
    unexpected,
    whole_of,
)
from autograder.exports.lti.addresses import fault_of
from autograder.exports.lti.keys import SigningKey, read_key

Platform: TypeAlias = Literal["canvas", "moodle", "other"]
Progress: TypeAlias = Literal["Submitted", "Completed"]

_KEYS = (
    "platform", "name", "client_id", "token_url", "audience", "private_key", "kid", "lineitems_url", "line_item_url",
    "label", "tag", "resource_id", "new_submission", "activity_progress", "timeout_seconds", "attempts",
)  # fmt: skip
_TIMEOUT_SECONDS = 30.0
_MOST_SECONDS = 600
_ATTEMPTS = 5
_MOST_ATTEMPTS = 10


@dataclass(frozen=True)
class Configuration:
    """What is needed to hand scores on.

    name: the platform's, for people. lineitems_url: where the columns of a course are. line_item_url: the column
    itself, where it is known. label, tag, resource_id: what it is found by, and made with.
    new_submission: whether Canvas counts every score as an attempt of the student's.
    """

    file: Path
    platform: Platform
    name: str
    client_id: str
    token_url: str
    audience: str
    key: SigningKey = field(repr=False)
    lineitems_url: str | None
    line_item_url: str | None
    label: str | None
    tag: str | None
    resource_id: str | None
    new_submission: bool
    activity_progress: Progress
    timeout_seconds: float
    attempts: int


def read_configuration(file: Path) -> Configuration:
    """Return what `file`, a TOML document, says; the private key is named relative to it.

    Raises
    ------
    AutograderError : the file or its key cannot be read, or says something unexpected; file and line are named.
    """
    top = read_document(file)
    refuse_unknown(top, _KEYS)
    token_url = _address(top, "token_url")
    columns = _address(top, "lineitems_url") if "lineitems_url" in top.values else None
    column = _address(top, "line_item_url") if "line_item_url" in top.values else None
    if columns is None and column is None:
        raise problem(top, None, "neither lineitems_url nor line_item_url; expected the one that the platform gave you")
    return Configuration(
        file=file,
        platform=cast("Platform", _choice(top, "platform", get_args(Platform), "other")),
        name=_text(top, "name") or "the platform",
        client_id=text_of(top, "client_id"),
        token_url=token_url,
        audience=_text(top, "audience") or token_url,
        key=read_key(_key_file(top), _text(top, "kid")),
        lineitems_url=columns,
        line_item_url=column,
        label=_text(top, "label"),
        tag=_text(top, "tag"),
        resource_id=_text(top, "resource_id"),
        new_submission=_flag(top, "new_submission"),
        activity_progress=cast("Progress", _choice(top, "activity_progress", get_args(Progress), "Completed")),
        timeout_seconds=_seconds(top, "timeout_seconds"),
        attempts=whole_of(top, "attempts", _MOST_ATTEMPTS) if "attempts" in top.values else _ATTEMPTS,
    )


def _address(top: Table, key: str) -> str:
    address = text_of(top, key)
    if fault := fault_of(address):
        # It is not quoted: it may hold a password.
        raise problem(top, key, f"the {key} {fault}.")
    return address


def _key_file(top: Table) -> Path:
    name = text_of(top, "private_key")
    if not name.isprintable() or "PRIVATE" in name:
        raise problem(top, "private_key", "private_key holds a key; expected the name of the file that holds it.")
    return top.file.parent / name


def _text(top: Table, key: str) -> str | None:
    return text_of(top, key) if key in top.values else None


def _choice(top: Table, key: str, choices: tuple[str, ...], default: str) -> str:
    value = top.values.get(key, default)
    if not isinstance(value, str) or value not in choices:
        raise unexpected(top, key, f"one of {', '.join(choices)}")
    return value


def _flag(top: Table, key: str) -> bool:
    value = top.values.get(key, False)
    if not isinstance(value, bool):
        raise unexpected(top, key, "true or false")
    return value


def _seconds(top: Table, key: str) -> float:
    value = number_of(top, key) if key in top.values else _TIMEOUT_SECONDS
    if value > _MOST_SECONDS:
        raise unexpected(top, key, f"at most {_MOST_SECONDS} seconds")
    return value
