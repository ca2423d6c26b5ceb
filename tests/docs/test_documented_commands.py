"""Every command that a page of docs/ shows in a block of `sh` is run here, in the order of the page.

A block of `console` is for what needs another machine: root, a platform's server, a push. Blocks of `sh` are run in one
folder a page, with what that page says is there.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from setting import SETTINGS

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> list[str]:
    return BLOCK.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("page", sorted(SETTINGS))
def test_the_commands_of_a_page_do_what_it_says(page, tmp_path):
    """Each block ends with success, one after the other, as for somebody who reads the page and types it in."""
    SETTINGS[page](tmp_path)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "OPENBLAS_NUM_THREADS": "1", "HOME": str(tmp_path / "home")}
    for block in blocks(page):
        command = ["bash", "-euo", "pipefail", "-c", block]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, f"{page}:\n{block}\n{done.stdout}\n{done.stderr}"


def test_every_page_with_commands_is_run():
    """No page shows a block of `sh` that nobody runs."""
    pages = [path.name for path in (ROOT / "docs").glob("*.md") if BLOCK.search(path.read_text(encoding="utf-8"))]
    assert sorted(SETTINGS) == sorted(pages)


def test_every_link_between_pages_leads_somewhere():
    """README and docs link only to files and headings that exist."""
    links = [
        (page, target)
        for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not target.startswith(("http:", "https:"))
    ]
    assert [f"{page.name}: {target}" for page, target in links if not (page.parent / target).exists()] == []
