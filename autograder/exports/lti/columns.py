"""Find the column of the gradebook that scores go to, its line item, or make it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.errors import AutograderError
from autograder.exports.lti.addresses import below, next_page, shown_address
from autograder.exports.lti.link import Answer, PlatformError
from autograder.exports.lti.replies import document_of
from autograder.exports.lti.service import Service
from autograder.exports.lti.shares import plain_number
from autograder.exports.shown import decimal
from autograder.pages.neutral import neutralise

_ONE = "application/vnd.ims.lis.v2.lineitem+json"
_ALL = "application/vnd.ims.lis.v2.lineitemcontainer+json"
_MOST_PAGES = 100
_MOST_COLUMNS = 10_000


@dataclass(frozen=True)
class Wanted:
    """What a column is found by: tag and resource id where there is one, else its label; `most`: its maximum."""

    label: str
    tag: str | None
    resource_id: str | None
    most: float


@dataclass(frozen=True)
class Column:
    """A line item: its address, and its maximum where the platform told it. made: by us, just now."""

    url: str
    most: float | None
    made: bool = False


def find_or_make(service: Service, wanted: Wanted) -> Column:
    """Return the column; it is made when there is none.

    Raises
    ------
    AutograderError : several fit, or the platform does not answer or allow it.
    """
    columns = service.configuration.lineitems_url
    assert columns is not None
    found = _find(service, columns, wanted)
    if found is not None:
        return found
    late: list[Column] = []

    def settled() -> bool:
        """Whether the try before has made it after all: a second one would make a second column."""
        made = _find(service, columns, wanted)
        late.extend([made] if made else [])
        return bool(late)

    answer = service.ask("POST", columns, accept=_ONE, kind=_ONE, body=_described(wanted), settled=settled)
    if answer is None:
        return Column(late[0].url, late[0].most, made=True)
    document = document_of(answer)
    if not isinstance(document, dict) or not isinstance(document.get("id"), str):
        # It may have been made all the same.
        made = _find(service, columns, wanted)
        if made is None:
            raise PlatformError(f"{shown_address(columns)} says that the column was made, but it is not there")
        return Column(made.url, made.most, made=True)
    return Column(service.follow(columns, document["id"]), wanted.most, made=True)


def set_maximum(service: Service, column: Column, most: float) -> Column:
    """Change the maximum of a column and nothing else of it. Raises `PlatformError`."""
    answer = service.ask("GET", column.url, accept=_ONE)
    document = document_of(answer) if answer else None
    if not isinstance(document, dict):
        raise PlatformError(f"{shown_address(column.url)} does not say what the column is, so it is not changed")
    service.ask("PUT", column.url, accept=_ONE, kind=_ONE, body={**document, "scoreMaximum": plain_number(most)})
    return Column(column.url, most)


def _described(wanted: Wanted) -> dict[str, object]:
    described: dict[str, object] = {"scoreMaximum": plain_number(wanted.most), "label": wanted.label}
    described |= {"resourceId": wanted.resource_id} if wanted.resource_id else {}
    described |= {"tag": wanted.tag} if wanted.tag else {}
    return described


def _find(service: Service, columns: str, wanted: Wanted) -> Column | None:
    fitting = {}
    for item in _listed(service, columns, wanted):
        if _fits(item, wanted):
            url = service.follow(columns, item.get("id"))
            fitting[url] = Column(url, _maximum(item.get("scoreMaximum")))
    if len(fitting) > 1:
        names = ", ".join(neutralise(url, 300) for url in list(fitting)[:5])
        raise AutograderError(
            f"{len(fitting)} columns of {service.configuration.name} fit {_told(wanted)}: {names};"
            " write the one that is meant into the configuration, as line_item_url"
        )
    return next(iter(fitting.values()), None)


def _listed(service: Service, columns: str, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    query = {"tag": wanted.tag, "resource_id": wanted.resource_id}
    page: str | None = below(columns, "", **{key: value for key, value in query.items() if value})
    seen: set[str] = set()
    count = 0
    while page is not None and page not in seen and len(seen) < _MOST_PAGES:
        seen.add(page)
        answer = service.ask("GET", page, accept=_ALL)
        document = document_of(answer) if answer else None
        if not isinstance(document, list):
            raise PlatformError(f"{shown_address(columns)} does not list columns; is it the lineitems address?")
        count += len(document)
        yield from (item for item in document if isinstance(item, dict))
        page = _next(service, page, answer)
    if page is not None or count > _MOST_COLUMNS:
        raise PlatformError(f"{shown_address(columns)} lists columns without end; write line_item_url instead")


def _next(service: Service, page: str, answer: Answer | None) -> str | None:
    target = next_page(answer.headers.get("link", "")) if answer else None
    return None if target is None else service.follow(page, target)


def _fits(item: Mapping[str, Any], wanted: Wanted) -> bool:
    """Whether this is the column: a platform may list others too. In the gradebook a label can be changed."""
    if wanted.tag is None and wanted.resource_id is None:
        return item.get("label") == wanted.label
    pairs = ((wanted.tag, item.get("tag")), (wanted.resource_id, item.get("resourceId")))
    return all(ours is None or ours == theirs for ours, theirs in pairs)


def _maximum(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e12 else None


def _told(wanted: Wanted) -> str:
    ids = (("tag", wanted.tag), ("resource_id", wanted.resource_id))
    said = [f"{key} {neutralise(value, 60)!r}" for key, value in ids if value]
    return " and ".join(said) or f"label {neutralise(wanted.label, 60)!r}"


def other_maximum(column: Column, most: float) -> str | None:
    """Return a sentence about a column whose maximum is not ours, or None."""
    if column.most is None or column.most == most:
        return None
    return (
        f"the column's maximum is {decimal(column.most)} and ours {decimal(most)}: the platform scales the scores"
        " (--update-column makes it ours)"
    )
