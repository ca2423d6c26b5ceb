"""`--lang` and AUTOGRADER_LANG: what a student and an instructor read in Chinese."""

import json
import re
from pathlib import Path

import pytest

from autograder.language import cells


@pytest.fixture
def spoilt(page_course: Path) -> Path:
    """The room of the authoring page, with one of its mistakes in the student's file."""
    (page_course / "a02_statistics" / "statistics.py").write_text(
        "import numpy as np\n\n\ndef mean_of_columns(X):\n    return np.sum(X, axis=1, keepdims=True)\n",
        encoding="utf-8",
    )
    return page_course


@pytest.mark.parametrize(
    ("words", "variables"),
    [(("--lang", "zh", "check"), {}), (("check", "--lang", "zh"), {}), (("check",), {"AUTOGRADER_LANG": "zh"}),
     (("check", "--lang", "zh"), {"AUTOGRADER_LANG": "en"})],
)  # fmt: skip
def test_a_student_reads_chinese_by_option_and_by_variable(words, variables, autograder, spoilt):
    """Before the command or after it; the option is stronger than the variable."""
    done = autograder(*words, cwd=spoilt, **variables)
    assert done.returncode == 1, done.stderr
    shown = "".join(done.stdout.split())
    assert "把各个样本加了起来，却没有除以样本数。[完全吻合：sum_of_columns]" in shown
    assert "把X与自己并排拼在一起：均值应当加倍吗？" in shown
    assert not re.search(r"[A-Za-z]{2,}(?: [a-z]{2,}){2}", done.stdout), done.stdout


def test_tables_of_wide_characters_keep_their_columns(autograder, spoilt):
    """The texts of all slots begin in the same column of the terminal."""
    done = autograder("check", "--lang", "zh", cwd=spoilt)
    starts = [
        line for line in done.stdout.split("\n") if re.match("  (?:检查|结果|应满足|规律|可能原因|请看|试一试) ", line)
    ]
    assert len(starts) >= 6
    assert {cells(re.match(r"  \S+ +", line)[0]) for line in starts} == {12}


def test_a_wrong_language_is_wrong_usage(autograder, spoilt):
    """Exit code 2, and the languages there are."""
    for words, variables in ((("check", "--lang", "fr"), {}), (("check",), {"AUTOGRADER_LANG": "fr"})):
        done = autograder(*words, cwd=spoilt, **variables)
        assert done.returncode == 2
        assert "zh" in done.stderr
        assert "Traceback" not in done.stderr


def report_of(folder: Path) -> dict:
    (path,) = (folder / "reports").glob("*.json")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.slow
def test_a_report_says_its_language_and_is_not_served_in_another(autograder, hand_in, spoilt, tmp_path):
    """Graded in Chinese, then in English: both are graded, both say so, names stay what they are; points agree."""
    source = (spoilt / "a02_statistics" / "statistics.py").read_text(encoding="utf-8")
    folder = hand_in("张三", {"statistics.py": source})
    command = ("grade", folder, "-o", tmp_path / "out", "--course", spoilt)
    shown = autograder(*command, "--lang", "zh")
    assert shown.returncode == 0, shown.stderr
    assert "1 名学生" in shown.stdout
    chinese = report_of(tmp_path / "out")
    autograder(*command)
    english = report_of(tmp_path / "out")
    assert (chinese["language"], english["language"]) == ("zh", "en")
    assert (chinese["reused"], english["reused"]) == (False, False)
    assert chinese["points"] == english["points"]
    (first,), (second,) = (report["exercises"] for report in (chinese, english))
    assert first["mistake"] == second["mistake"] == "sum_of_columns"
    assert [check["name"] for check in first["checks"]] == [check["name"] for check in second["checks"]]
    assert first["checks"][1]["sentence"] == "三个样本的两个特征"
    assert first["checks"][1]["feedback"]["verdict"].startswith("a02_statistics.mean_of_columns：三个样本的两个特征（")
    autograder(*command, "--lang", "zh")
    assert report_of(tmp_path / "out") == {**chinese, "reused": True}
