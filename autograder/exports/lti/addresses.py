"""Addresses of a platform: what may be asked of them, and which lead to the same place."""

import re
from urllib.parse import urlencode, urlsplit, urlunsplit

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_PORTS = {"http": 80, "https": 443}
MOST_CHARACTERS = 2_000
# Moodle writes typographic quotes around the relation, three bytes each.
_NEXT_LINK = re.compile(r"<([^<>]{1,2000})>[^<,]{0,200}?\brel\s*=\s*\W{0,8}next\b", re.ASCII)


def fault_of(address: str) -> str | None:
    """Return why an address cannot be used, or None: https, or http to this machine itself, and plain."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is not an address"
    if len(address) > MOST_CHARACTERS or not address.isascii() or not address.isprintable() or " " in address:
        return "is not an address"
    if parts.scheme not in _PORTS or not host:
        return "is not an address that begins with https://"
    if parts.scheme == "http" and host not in _LOOPBACK:
        return "is not encrypted; expected https:// (http:// is taken for this machine alone)"
    if parts.username is not None or parts.password is not None or parts.fragment:
        return "has a name, a password or a # in it; expected an address without"
    return None


def origin_of(address: str) -> tuple[str, str, int]:
    """Return scheme, host and port of an address without fault."""
    parts = urlsplit(address)
    return parts.scheme, parts.hostname or "", parts.port or _PORTS[parts.scheme]


def shown_address(address: str) -> str:
    """Return scheme, host and path: what a message may quote, for a query can hold anything."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))


def below(address: str, word: str, **query: str) -> str:
    """Return the address with `/word` after its path, and `query` after what it asks already."""
    parts = urlsplit(address)
    path = f"{parts.path.rstrip('/')}/{word}" if word else parts.path
    asked = parts.query
    if query:
        # What the platform has put there stays letter by letter.
        asked = "&".join(filter(None, (asked, urlencode(query))))
    return urlunsplit((parts.scheme, parts.netloc, path, asked, ""))


def next_page(header: str) -> str | None:
    """Return where a `Link` header says that the next page is."""
    found = _NEXT_LINK.search(header[:20_000])
    return found[1].replace("&amp;", "&") if found else None
