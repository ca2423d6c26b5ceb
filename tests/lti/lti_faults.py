"""What a platform can do in place of answering: a function of the handler of a request and the request's body."""

import json


def status(code, headers=None, document=None):
    """Answer with a status and nothing done."""
    return lambda handler, _: handler.give(code, headers or {}, document)


def silence(handler, body):
    """Do what was asked, and say nothing."""
    handler.server.platform.answer(handler, body)
    deaf(handler, body)


def deaf(handler, _):
    """Do nothing and say nothing."""
    handler.close_connection = True
    handler.server.platform.over.wait(20)


def late_503(handler, body):
    """Do what was asked, and say that it went wrong."""
    handler.server.platform.answer(handler, body)
    handler.give(503, {}, {"error": "gateway"})


def drip(handler, _):
    """Answer a byte now and then, without end."""
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    try:
        while not handler.server.platform.over.wait(0.03):
            handler.wfile.write(b" ")
    except OSError:
        pass


def in_chunks(handler, body):
    """Answer rightly, in pieces whose number nobody knows."""
    code, _, document = handler.server.platform.answer(handler, body)
    handler.send_response(code)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for byte in json.dumps(document).encode():
        handler.wfile.write(b"1\r\n%c\r\n" % byte)
    handler.wfile.write(b"0\r\n\r\n")


def hang_up(handler, _):
    """Close the connection."""
    handler.close_connection = True


def rubbish(handler, _):
    """Answer with no HTTP at all."""
    handler.wfile.write(b"\x00\xff\x1b]0;hello\x07\n" * 9)
    handler.close_connection = True


def flood(handler, _):
    """Answer with ten gigabytes, as long as somebody listens."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(10**10))
    handler.end_headers()
    handler.close_connection = True
    try:
        while True:
            handler.wfile.write(b"[" * 2**20)
    except OSError:
        pass


def raw(data, code=200):
    """Answer with these bytes."""

    def fault(handler, _):
        handler.send_response(code)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return fault
