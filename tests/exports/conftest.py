"""What the tests of the exports share."""

from pathlib import Path

import pytest

from autograder.report import report_from_json


@pytest.fixture(scope="session")
def sample():
    """The sample report: three exercises with public and hidden checks, handed in late."""
    file = Path(__file__).parents[1] / "samples" / "report.json"
    return report_from_json(file.read_text(encoding="utf-8"))
