"""A platform on loopback: the grade services of lti1p3platform, as strict as Moodle and Canvas are."""

import json
import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jsonschema
import jwt
from lti1p3platform.exceptions import LineItemNotFoundException
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.registration import Registration
from lti1p3platform.request import Request
from lti1p3platform.response import generate_next_link
from lti1p3platform.score import UpdateScoreStatus
from lti1p3platform.service_connector import AssignmentsGradesService
from lti_schemas import COLUMN, SCORE

from autograder.moments import moment_of

CLIENT = "client-1"
SCORE_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"


class _Registry(LTI1P3PlatformConfAbstract):
    """Knows one tool, and reads its assertions as strictly as the security framework asks for."""

    def init_platform_config(self, registration, token_url):
        self._registration = registration
        self.token_url = token_url
        self.seen = set()
        self.seconds = 3600

    def get_registration_by_params(self, **_):
        return self._registration

    def tool_validate_and_decode(self, jwt_token_string):
        self.validate_jwt_format(jwt_token_string)
        claims = jwt.decode(
            jwt_token_string,
            self.get_tool_public_key(),
            algorithms=["RS256"],
            audience=self.token_url,
            options={"require": ["iss", "sub", "aud", "iat", "exp", "jti"]},
        )
        assert claims["iss"] == claims["sub"] == CLIENT
        assert claims["jti"] not in self.seen
        self.seen.add(claims["jti"])
        return claims

    def get_access_token(self, token_request_data):
        answer = super().get_access_token(token_request_data)
        if self.seconds != 3600:
            claims = {"sub": CLIENT, "iss": "platform", "scopes": answer["scope"]}
            key = self._registration.get_platform_private_key()
            answer["access_token"] = self._registration.encode_and_sign(claims, key, expiration=self.seconds)
        return answer


class _Call(Request):
    def build_metadata(self, request):
        return request


class _Grades(AssignmentsGradesService):
    """Keeps columns and scores; refuses what is not newer by a second, as Moodle does."""

    def __init__(self, platform, call):
        super().__init__(call, platform.registry, f"{platform.url}/columns")
        self.platform = platform

    def find_lineitems(self, page=1, limit=None, line_item_id=None, resource_link_id=None, resource_id=None, tag=None):
        wanted = {"resourceId": resource_id, "tag": tag}
        found = [
            item for item in self.platform.columns.values() if all(v in (None, item.get(k)) for k, v in wanted.items())
        ]
        size = self.platform.page_size
        return {"content": found[(page - 1) * size : page * size], "has_next": len(found) > page * size}

    def find_lineitem(self, line_item_id):
        try:
            return self.platform.columns[line_item_id]
        except KeyError:
            raise LineItemNotFoundException from None

    def create_lineitem(self, creation_data):
        return self.platform.add_column(**creation_data)

    def update_lineitem(self, update_data):
        key = update_data.pop("id")
        self.platform.columns[key] |= {"label": update_data["label"], "scoreMaximum": update_data["scoreMaximum"]}
        return self.platform.columns[key]

    def delete_lineitem(self, line_item_id):
        del self.platform.columns[line_item_id]

    def update_score(self, line_item_id, score):
        self.find_lineitem(line_item_id)
        before = self.platform.scores.get((line_item_id, score["userId"]))
        if before and int(moment_of(before["timestamp"]).timestamp()) >= int(moment_of(score["timestamp"]).timestamp()):
            return UpdateScoreStatus.OLD_TIMESTAMP
        self.platform.scores[line_item_id, score["userId"]] = score
        self.platform.stored.append(score)
        return UpdateScoreStatus.SUCCESS

    def get_results(self, line_item_id, page=1, limit=None, user_id=None):
        score = self.platform.scores.get((line_item_id, user_id))
        result = score and {
            "id": f"{self.platform.url}/results/1",
            "userId": user_id,
            "resultScore": score["scoreGiven"],
            "resultMaximum": score["scoreMaximum"],
            "comment": score["comment"],
        }
        return {"content": [result] if result else [], "has_next": False}


class Platform:
    """What a test sees of it: its columns, the scores it has and has taken, and what it was asked.

    faults: by the last word of a path, what to do in place of answering, one a request; None: answer rightly.
    """

    def __init__(self, port, keys):
        self.url = f"http://127.0.0.1:{port}"
        registration = Registration()
        registration.set_iss("platform").set_client_id(CLIENT).set_tool_key_set(keys["jwks"])
        registration.set_platform_public_key(keys["public"]).set_platform_private_key(keys["private"])
        self.registry = _Registry(registration=registration, token_url=f"{self.url}/token")
        self.columns, self.scores, self.stored, self.asked, self.paths = {}, {}, [], [], []
        self.page_size = 2
        self.faults = {}
        self.tokens = 0
        self.over = threading.Event()

    def add_column(self, **described):
        key = str(len(self.columns) + 1)
        self.columns[key] = {**described, "id": f"{self.url}/columns/{key}?type_id=2"}
        return self.columns[key]

    def count(self, method, word):
        return sum(each == (method, word) for each in self.asked)

    def answer(self, handler, body):
        """Return status, headers and document for a request."""
        parts = urlsplit(handler.path)
        words = parts.path.strip("/").split("/")
        if words == ["token"]:
            return self._token(body)
        assert words[0] == "columns"
        kind = (handler.headers.get("Content-Type") or "").endswith("+json")
        query = {key: int(value) if key == "page" else value for key, value in parse_qsl(parts.query)}
        query.pop("type_id", None)
        sent = json.loads(body, parse_constant=_refuse) if body and kind else None
        call = _Call({"method": handler.command, "headers": handler.headers, "get_data": query, "json": sent})
        service = _Grades(self, call)
        try:
            problem = self._problem(handler, words, sent)
            response = problem or self._handle(service, handler.command, words)
        except jwt.PyJWTError as error:
            return 401, {}, {"error": str(error)}
        if isinstance(response, tuple):
            return response
        result, headers = response.result, {"Content-Type": response.media_type}
        if isinstance(result, dict) and "content" in result:
            # The library gives pages an envelope; the specification gives them a header.
            if result["has_next"]:
                headers["Link"] = generate_next_link(f"{self.url}/columns?{result['next'].split('?')[1]}")
            result = result["content"]
        return response.code, headers, {"error": response.message} if response.code >= 400 else result

    def _handle(self, service, method, words):
        if len(words) == 1:
            handle = service.handle_get_lineitems if method == "GET" else service.handle_create_lineitem
            return service.handle_resp(handle)
        handle = {
            ("GET", 2): service.handle_get_lineitem,
            ("PUT", 2): service.handle_update_lineitem,
            ("POST", 3): service.handle_update_score,
            ("GET", 3): service.handle_get_results,
        }[method, len(words)]
        return service.handle_resp(handle, line_item_id=words[1])

    def _problem(self, handler, words, sent):
        """What the library does not look at: scope, media types, fields."""
        kinds = {
            ("GET", "columns"): "application/vnd.ims.lis.v2.lineitemcontainer+json",
            ("GET", "results"): "application/vnd.ims.lis.v2.resultcontainer+json",
            ("POST", "columns"): "application/vnd.ims.lis.v2.lineitem+json",
            ("POST", "scores"): "application/vnd.ims.lis.v1.score+json",
        }
        kind = kinds.get((handler.command, words[-1]))
        if kind and kind != handler.headers["Accept" if handler.command == "GET" else "Content-Type"]:
            return 415, {}, {"error": "media type"}
        if handler.command != "GET":
            schema = SCORE if words[-1] == "scores" else COLUMN
            fault = next(jsonschema.Draft202012Validator(schema).iter_errors(sent), None)
            if fault:
                return 400, {}, {"error": fault.message}
        if words[-1] == "scores":
            token = handler.headers["Authorization"].split()[1]
            claims = Registration.decode_and_verify(token, self.registry._registration.get_platform_public_key())
            if SCORE_SCOPE not in claims["scopes"].split():
                return 403, {}, {"error": "no scope for scores"}
        return None

    def _token(self, body):
        form = {key: values[0] for key, values in parse_qs(body.decode()).items()}
        try:
            answer = self.registry.get_access_token(form)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with an assertion is the tool's fault
            # Some platforms are so kind as to repeat what they were sent.
            return 400, {}, {"error": "invalid_client", "error_description": f"{error}: {form['client_assertion']}"}
        self.tokens += 1
        return 200, {}, answer


def _refuse(constant):
    raise ValueError(constant)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _serve(self):
        platform = self.server.platform
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        word = urlsplit(self.path).path.strip("/").split("/")[-1]
        platform.asked.append((self.command, word))
        platform.paths.append(self.path)
        waiting = platform.faults.get(f"{self.command} {word}")
        fault = waiting.pop(0) if waiting else None
        if fault is not None:
            fault(self, body)
        else:
            self.give(*platform.answer(self, body))

    def give(self, status, headers, document):
        data = b"" if document is None else json.dumps(document).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = _serve  # noqa: N815 - so they are called

    def log_message(self, *_):
        pass


@contextmanager
def running(keys, certificate=None):
    """Yield a platform that listens on loopback; with a certificate, over TLS."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    server.platform = Platform(server.server_address[1], keys)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.platform
    finally:
        server.platform.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
