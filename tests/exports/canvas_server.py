"""A Canvas on loopback, as far as grades go: its addresses, its pages, its jobs, and whatever can go wrong there."""

import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

TOKEN = "7~s3cretT0kenThatNobodyMaySee"
HERE = "/api/v1/courses/7/assignments/1234"


@dataclass
class Fault:
    """What happens in place of the next answers to requests of a method whose path ends so.

    status: "hang" answers nothing until the server ends, "cut" closes the connection. carry_out: do what was asked all
    the same, before that.
    """

    method: str
    path: str
    status: int | str
    headers: dict = field(default_factory=dict)
    body: str = "{}"
    times: int = 1
    carry_out: bool = False


@dataclass
class Canvas:
    """students: by user id, what Canvas says of the user; grades: by user id, "EX" or a number.

    states: what a job says of itself, one after the other; late: points that Canvas itself takes off.
    """

    students: dict
    grades: dict
    assignment: dict = field(default_factory=dict)
    states: list = field(default_factory=lambda: ["completed"])
    page: int = 2
    shows_sis: bool = True
    late: float = 0.0
    loses: tuple = ()
    faults: list = field(default_factory=list)
    requests: list = field(default_factory=list)
    forms: list = field(default_factory=list)
    comments: dict = field(default_factory=dict)
    message: str | None = None
    url: str = ""
    over: threading.Event = field(default_factory=threading.Event)

    def fault(self, method, path):
        for fault in self.faults:
            if fault.times and fault.method == method and path.endswith(fault.path):
                fault.times -= 1
                return fault
        return None

    def submission(self, user):
        grade = self.grades.get(user)
        score = None if grade in (None, "EX") else grade
        shown = {key: value for key, value in self.students[user].items() if self.shows_sis or key != "sis_user_id"}
        return {"user_id": user, "assignment_id": 1234, "excused": grade == "EX", "entered_score": score,
                "score": None if score is None else score - self.late, "user": {"id": user, **shown}}  # fmt: skip

    def carry_out(self, form):
        missing = []
        for key, value in form:
            user, kind = re.fullmatch(r"grade_data\[(.+)\]\[(\w+)\]", key).groups()
            number = int(user) if user.isdecimal() else self.by_sis(user.removeprefix("sis_user_id:"))
            if number not in self.students or number in self.loses:
                missing.append(user)
            elif kind == "posted_grade":
                self.grades[number] = float(value)
            elif kind == "excuse":
                assert value == "true"
                self.grades[number] = "EX"
            else:
                assert kind == "text_comment"
                self.comments.setdefault(number, []).append(value)
        if missing:
            ids = ", ".join(f"'{user}'" for user in dict.fromkeys(missing))
            self.message, self.states = f"Couldn't find User(s) with API ids {ids}", ["failed"]

    def by_sis(self, sis):
        return next((user for user, known in self.students.items() if known.get("sis_user_id") == sis), None)

    def answer(self, method, path, query, form):
        """Status, JSON and headers of an answer."""
        if (method, path) == ("GET", "/api/v1/courses/7"):
            return 200, {"id": 7, "name": "Deep Networks"}, {}
        if (method, path) == ("GET", HERE):
            known = {
                "id": 1234,
                "course_id": 7,
                "name": "Homework 1",
                "points_possible": 13.0,
                "grading_type": "points",
            }
            return 200, known | self.assignment, {}
        if (method, path) == ("GET", f"{HERE}/submissions"):
            return self.page_of_submissions(query)
        if (method, path) == ("POST", f"{HERE}/submissions/update_grades"):
            self.forms.append(form)
            self.carry_out(form)
            return 200, {"id": 99, "workflow_state": "queued", "completion": 0.0, "message": None}, {}
        if (method, path) == ("GET", "/api/v1/progress/99"):
            state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
            return 200, {"id": 99, "workflow_state": state, "completion": 50.0, "message": self.message}, {}
        if method == "GET" and (found := re.fullmatch("/api/v1/courses/7/users/sis_user_id:(.+)", path)):
            user = self.by_sis(unquote(found[1]))
            return (200, {"id": user}, {}) if user else (404, {"errors": [{"message": "not there"}]}, {})
        return 404, {"errors": [{"message": "The specified resource does not exist."}]}, {}

    def page_of_submissions(self, query):
        assert query["include[]"] == ["user"]
        at, users = int(query.get("page", ["1"])[0]), sorted(self.students)
        rows = [self.submission(user) for user in users[(at - 1) * self.page : at * self.page]]
        more = at * self.page < len(users)
        link = f'<{self.url}{HERE}/submissions?include[]=user&page={at + 1}&per_page={self.page}>; rel="next"'
        return 200, rows, {"Link": link} if more else {}


def _handler(canvas):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *arguments):
            pass

        def do_GET(self):
            self.handle_one("GET", [])

        def do_POST(self):
            assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.handle_one("POST", parse_qsl(body, keep_blank_values=True, strict_parsing=True))

        def handle_one(self, method, form):
            parts = urlsplit(self.path)
            canvas.requests.append((method, self.path, self.headers.get("Authorization")))
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                headers = {"WWW-Authenticate": 'Bearer realm="canvas-lms"'}
                return self.reply(401, {"errors": [{"message": "Invalid access token."}]}, headers)
            fault = canvas.fault(method, parts.path)
            if fault is None or fault.carry_out:
                answer = canvas.answer(method, parts.path, parse_qs(parts.query), form)
            if fault is None:
                return self.reply(*answer)
            if fault.status == "hang":
                canvas.over.wait(30)
            if isinstance(fault.status, str):
                self.close_connection = True
                return None
            return self.reply(fault.status, fault.body, fault.headers)

        def reply(self, status, body, headers):
            data = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Handler


@contextmanager
def serving(canvas):
    """Run this Canvas on a port of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(canvas))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    canvas.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield canvas
    finally:
        canvas.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
