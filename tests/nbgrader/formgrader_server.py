"""The real formgrader: a Jupyter server on a loopback port, with nbgrader's extension and no token."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import ProxyHandler, build_opener

_RUNNING = re.compile(r"(http://127\.0\.0\.1:\d+)/")
_READ = build_opener(ProxyHandler({}))


class Formgrader:
    """A running server."""

    def __init__(self, url: str) -> None:
        self._url = url

    def page(self, *parts: str) -> str:
        with _READ.open("/".join([self._url, "formgrader", *map(quote, parts)]), timeout=30) as reply:
            return reply.read().decode("utf-8")

    def api(self, *parts: str) -> Any:
        return json.loads(self.page("api", *parts))

    def of_notebook(self, what: str, submission: str) -> dict[str, dict[str, Any]]:
        """The grades or the comments of a submitted notebook, by the name of their cell."""
        with _READ.open(f"{self._url}/formgrader/api/{what}?submission_id={submission}", timeout=30) as reply:
            return {each["name"]: each for each in json.load(reply)}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _connect(port: int) -> None:
    """Return when the server listens, which it does a moment after it says so."""
    until = time.monotonic() + 20
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


@contextmanager
def formgrader(root: Path) -> Iterator[Formgrader]:
    command = [
        sys.executable, "-m", "jupyter_server", "--no-browser", "--ip=127.0.0.1", f"--port={_free_port()}",
        "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.password=", "--allow-root",
        f"--ServerApp.root_dir={root}",
        "--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}",
    ]  # fmt: skip
    own = {name: str(root.parent / "jupyter") for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "HOME")}
    # Without the configuration of this machine: neither JupyterLab nor anybody's settings.
    own["JUPYTER_NO_CONFIG"] = "1"
    server = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True, env={**os.environ, **own})
    try:
        assert server.stderr is not None
        seen = []
        for line in server.stderr:
            seen.append(line)
            if found := _RUNNING.search(line):
                _connect(int(found[1].rpartition(":")[2]))
                yield Formgrader(found[1])
                break
        else:
            raise AssertionError("".join(seen))
    finally:
        server.terminate()
        server.communicate(timeout=30)
