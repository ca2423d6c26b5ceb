"""A port bound and listened at, so that another student's code, or the grader's, may be met there."""

import http.server
import multiprocessing.connection
import socket
import socketserver
import threading
import time

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ places to wait at"},
}

MET = []


def listen(family, host):
    """Wait a moment for somebody."""
    with socket.create_server((host, 0), family=family) as place:
        place.settimeout(0.1)
        place.accept()


def datagrams(family, host):
    """Wait for a word from anybody."""
    with socket.socket(family, socket.SOCK_DGRAM) as place:
        place.bind((host, 47115))
        place.settimeout(0.1)
        place.recvfrom(64)


def serve():
    """Serve pages for as long as the worker lives."""
    place = http.server.ThreadingHTTPServer(("127.0.0.1", 47116), http.server.SimpleHTTPRequestHandler)
    threading.Thread(target=place.serve_forever, daemon=True).start()


WAYS = [
    *(lambda host=host: listen(socket.AF_INET, host) for host in ("127.0.0.1", "0.0.0.0")),
    *(lambda host=host: listen(socket.AF_INET6, host) for host in ("::1", "::")),
    *(lambda host=host: datagrams(socket.AF_INET, host) for host in ("127.0.0.1", "0.0.0.0")),
    lambda: datagrams(socket.AF_INET6, "::1"),
    serve,
    lambda: socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler),
    lambda: socketserver.UnixStreamServer("\0neighbours", socketserver.BaseRequestHandler),
    lambda: multiprocessing.connection.Listener(("127.0.0.1", 0)),
    lambda: multiprocessing.connection.Listener("\0neighbours", "AF_UNIX"),
    multiprocessing.connection.Pipe,
]


def softmax(Z):
    """Find a place to wait at."""
    start = time.monotonic()
    for place, way in enumerate(WAYS):
        try:
            way()
            MET.append(place)
        except TimeoutError:
            MET.append(place)
        except OSError:
            pass
    if MET:
        raise RuntimeError(f"waited at {MET} for {time.monotonic() - start:.1f} s")
    raise PermissionError(f"none of {len(WAYS)} places to wait at")
