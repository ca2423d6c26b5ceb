"""What each platform takes and what it makes of it, written down anew from its documents and its own code."""

import re
from functools import cache
from pathlib import Path

import xmlschema
from jsonschema import Draft202012Validator

TEXT = {"type": "string"}
NUMBER = {"type": "number"}
COUNT = {"type": "integer", "minimum": 0}
FORMATS = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
VISIBILITIES = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}


def closed(required, **properties):
    """A JSON object with these keys and no others."""
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def rows(item):
    return {"type": "array", "items": item}


def validator(schema):
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


GRADESCOPE = validator(
    closed(
        ["score"],
        score={**NUMBER, "minimum": 0},
        execution_time=NUMBER,
        output=TEXT,
        output_format=FORMATS,
        test_output_format=FORMATS,
        test_name_format=FORMATS,
        visibility=VISIBILITIES,
        stdout_visibility=VISIBILITIES,
        extra_data={"type": "object"},
        leaderboard=rows(
            closed(["name", "value"], name=TEXT, value={"type": ["number", "string"]}, order={"enum": ["asc", "desc"]})
        ),
        tests=rows(
            closed(
                ["name", "score", "max_score"],
                name=TEXT,
                score=NUMBER,
                max_score=NUMBER,
                status={"enum": ["passed", "failed"]},
                output=TEXT,
                visibility=VISIBILITIES,
            )
        ),
    )
)

STATUSES = ["passed", "failed", "skipped", "pending", "other"]
EXTRA = {"type": "object"}
CTRF = validator(
    closed(
        ["reportFormat", "specVersion", "results"],
        reportFormat={"const": "CTRF"},
        specVersion={**TEXT, "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"},
        generatedBy=TEXT,
        results=closed(
            ["tool", "summary", "tests"],
            tool=closed(["name"], name={**TEXT, "minLength": 1}, version=TEXT),
            summary=closed(
                ["tests", *STATUSES, "start", "stop"],
                **dict.fromkeys(["tests", *STATUSES, "start", "stop"], COUNT),
            ),
            tests=rows(
                closed(
                    ["name", "status", "duration"],
                    name={**TEXT, "minLength": 1},
                    status={"enum": STATUSES},
                    duration=COUNT,
                    suite={**rows(TEXT), "minItems": 1},
                    message=TEXT,
                    rawStatus=TEXT,
                    extra=EXTRA,
                )
            ),
            extra=EXTRA,
        ),
    )
)

GITLAB = validator(
    rows(
        closed(
            ["description", "check_name", "fingerprint", "severity", "location"],
            description={**TEXT, "minLength": 1},
            check_name={**TEXT, "minLength": 1},
            fingerprint={**TEXT, "pattern": "^[0-9a-f]{64}$"},
            severity={"enum": ["info", "minor", "major", "critical", "blocker"]},
            location=closed(
                ["path", "lines"],
                path={**TEXT, "pattern": "^[^/]"},
                lines=closed(["begin"], begin={**COUNT, "minimum": 1}),
            ),
        )
    )
)


@cache
def junit_schema():
    return xmlschema.XMLSchema(str(Path(__file__).parent / "junit.xsd"))


def classroom50_problems(result, classroom, assignment):
    """What Classroom 50's collector would refuse a result for, once its runner has put the owner beside it."""
    if not isinstance(result, dict):
        return ["not an object"]
    wanted = {"schema": "classroom50/result/v1", "classroom": classroom, "assignment": assignment}
    found = [key for key, value in wanted.items() if result.get(key) != value]
    texts = ("submission", "commit", "release", "review", "datetime")
    found += [key for key in texts if not (isinstance(result.get(key), str) and result[key])]
    if not str(result.get("submission")).startswith("submit/"):
        found.append("submission is no submit/ tag")
    tests = result.get("tests")
    if not isinstance(tests, list):
        return [*found, "tests"]
    for row in [result, *tests]:
        # A flag is an integer to Python, and no score to the collector.
        pair = [row.get(key) for key in ("score", "max-score")]
        if any(type(value) is not int or value < 0 for value in pair) or pair[0] > pair[1]:
            found.append(f"score {pair}")
    for test in tests:
        if not (isinstance(test.get("test-name"), str) and test["test-name"]) or type(test.get("passed")) is not bool:
            found.append(f"test {test}")
    return found


COMMANDS = {
    "add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "internal-set-repo-path",
    "notice", "remove-matcher", "save-state", "set-env", "set-output", "stop-commands", "warning",
}  # fmt: skip


def runner_commands(output):
    """The commands that GitHub's runner finds in what a step prints: (name, properties, data)."""
    return [command for line in re.split(r"\r\n|\r|\n", output) if (command := _command(line))]


def _command(line):
    trimmed = line.lstrip()
    if trimmed.startswith("::") and (end := trimmed.find("::", 2)) >= 0:
        name, _, listed = trimmed[2:end].partition(" ")
        if name.lower() in COMMANDS:
            pairs = [pair.partition("=") for pair in listed.strip().split(",") if pair]
            return name, {key: _unescaped(value) for key, _, value in pairs}, _unescaped(trimmed[end + 2 :])
    # The older form may stand anywhere in a line.
    if match := re.search(r"##\[([^\] ]+)[^\]]*\](.*)", line):
        return match[1], {}, match[2]
    return None


def _unescaped(text):
    for token, code in (("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C"), ("%", "%25")):
        text = text.replace(code, token)
    return text
