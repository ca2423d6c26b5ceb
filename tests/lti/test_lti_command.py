"""`autograder export lti` as an instructor uses it: keys, the file that describes a platform, and sending."""

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace

import jwt
import pytest
from click.testing import CliRunner
from lti_faults import raw, status
from lti_students import CLASS, report_of

from autograder.cli import main
from autograder.errors import AutograderError
from autograder.exports.lti import read_configuration, share_out
from autograder.exports.lti.journal import NAME
from autograder.exports.lti.keys import new_key, public_jwks, public_pem, read_key


def autograder(*words):
    """The command line in this process."""
    return CliRunner().invoke(main, ["export", "lti", *map(str, words)], env={"COLUMNS": "100"})


def test_a_key_is_made_shown_and_accepted(tmp_path):
    """A new key is its owner's alone to read; what is shown of it is public, and says so to any JWT library."""
    file = tmp_path / "lti.pem"
    done = autograder("--new-key", file)
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "PRIVATE" not in done.output
    assert '"d"' not in done.output
    key = read_key(file)
    (shown,) = json.loads(public_jwks(key))["keys"]
    signed = jwt.encode({"a": 1}, key.private, algorithm="RS256")
    assert jwt.decode(signed, jwt.PyJWK(shown).key, algorithms=["RS256"]) == {"a": 1}
    assert jwt.decode(signed, public_pem(key), algorithms=["RS256"]) == {"a": 1}
    assert shown["kid"] == key.kid
    assert autograder("--public-key", file).output in done.output
    again = autograder("--new-key", file)
    assert again.exit_code == 2
    assert "exists already" in again.output


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nonsense", "is not a private key"),
        ("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----", "is not a private key"),
        ("", "is not a private key"),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_key_is_refused_and_not_quoted(tmp_path, text, told):
    """The message names the file and never what is in it."""
    file = tmp_path / "lti.pem"
    if text is not None:
        file.touch(0o600)
        file.write_text(text)
    with pytest.raises(AutograderError, match=told) as caught:
        read_key(file)
    assert "c2Vj" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_short_curved_and_locked_keys_are_refused(tmp_path):
    """Only an RSA key of 2048 bits without a password is used."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    curved = ec.generate_private_key(ec.SECP256R1())
    locked = BestAvailableEncryption(b"word")
    for key, lock, told in ((short, None, "2048 bits"), (curved, None, "2048 bits"), (short, locked, "has a password")):
        file = tmp_path / "key.pem"
        file.touch(0o600)
        file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock or NoEncryption()))
        with pytest.raises(AutograderError, match=told):
            read_key(file)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_can_read_is_refused(tmp_path, mode):
    """The message says how to close it."""
    file = tmp_path / "lti.pem"
    new_key(file)
    file.chmod(mode)
    with pytest.raises(AutograderError, match=f"others than you .* chmod 600 {file}"):
        read_key(file)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"token_url": "http://lms.example.org/token"}, "is not encrypted; expected https://"),
        ({"lineitems_url": "http://localhost.example.org/x"}, "is not encrypted"),
        ({"token_url": "https://me:hunter2@lms.example.org/token"}, "has a name, a password"),
        ({"token_url": "ftp://lms.example.org/"}, "begins with https"),
        ({"token_url": "https://["}, "is not an address"),
        ({"lineitems_url": None}, "neither lineitems_url nor line_item_url"),
        ({"client_id": None}, "'client_id' is missing"),
        ({"client_id": 7}, "client_id is 7"),
        ({"cliend_id": "x"}, "unknown key 'cliend_id'.*client_id"),
        ({"platform": "blackboard"}, "one of canvas, moodle, other"),
        ({"timeout_seconds": -1}, "a number above zero"),
        ({"timeout_seconds": 10_000}, "at most 600 seconds"),
        ({"attempts": 99}, "from 1 to 10"),
        ({"new_submission": "yes"}, "true or false"),
        ({"private_key": "-----BEGIN PRIVATE KEY-----\nc2VjcmV0"}, "holds a key; expected the name"),
        ({"private_key": "nowhere.pem"}, "nowhere.pem: the private key cannot be read"),
    ],
)
def test_a_configuration_that_is_wrong_is_refused_by_line(configure, changes, told):
    """The file, the line and what is expected are named; passwords and keys are not repeated."""
    file = configure(**changes)
    with pytest.raises(AutograderError, match=told) as caught:
        read_configuration(file)
    assert str(file.parent) in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert "c2Vj" not in str(caught.value)


def test_nothing_is_sent_without_send(platform, configure, grades):
    """The dry run shows who would get what, names who cannot, and asks the platform nothing."""
    nobody = report_of("", "Nobody=1")
    folder = grades(*CLASS, nobody, replace(report_of("u7"), exempt=True, score=None), report_of("u8", counts=False))
    done = autograder(folder, "--config", configure())
    assert done.exit_code == 1, done.output
    assert "张三" in done.output
    assert "3.5 / 13" in done.output
    assert "not sent: Nobody=1 has no lti id; give the roster a column lti" in done.output
    assert "1 report without a score" in done.output
    assert "u8" not in done.output
    assert "\u202e" not in done.output
    assert "nothing was sent; add --send to send 4 scores to '作业 5'" in done.output
    assert not platform.asked
    assert not (folder / NAME).exists()


def test_sending_twice_sends_once(platform, configure, grades):
    """The real command in a process of its own: all that can be sent is, and the second time nothing is."""
    folder = grades(*CLASS)
    command = [sys.executable, "-m", "autograder", "export", "lti", folder, "--config", configure(), "--send"]
    first, second = (
        subprocess.run(command, capture_output=True, text=True, env={**os.environ, "HTTP_PROXY": "http://127.0.0.1:9"})
        for _ in range(2)
    )
    assert (first.returncode, first.stdout, first.stderr) == (0, "made the column '作业 5' on Our Moodle\n4 sent\n", "")
    assert (second.returncode, second.stdout, second.stderr) == (0, "4 unchanged\n", "")
    assert {user: score["scoreGiven"] for (_, user), score in platform.scores.items()} == {
        "u1": 3.5, "u2": 4.5, "u3": 5.5, "u4": 6.5
    }  # fmt: skip
    assert "eyJ" not in (folder / NAME).read_text()


def test_a_failure_is_told_and_fails_the_command(platform, configure, grades):
    """One student's failure is named and the exit code is 1, and the others have their scores."""
    platform.faults["POST scores"] = [status(404, {}, {"error": "no such user"})]
    done = autograder(grades(*CLASS), "--config", configure(), "--send")
    assert done.exit_code == 1
    assert "failed: " in done.output
    assert "answered 404 (no such user)" in done.output
    assert "3 sent, 1 failed" in done.output


def test_a_room_has_a_column_of_its_own(platform, configure, grades):
    """With --assignment the score is the room's, and so is the column, unless the file names another."""
    on_time = [replace(each, lateness=None, score=each.points) for each in CLASS[:1]]
    folder = grades(*on_time, CLASS[1])
    file = configure(label=None, tag=None)
    several = autograder(folder, "--config", file)
    assert several.exit_code == 2
    assert "name one room with --assignment" in several.output
    done = autograder(folder, "--config", file, "--assignment", "a05_softmax", "--send")
    assert "欧阳娜娜 lost points for lateness in several rooms together; grade a05_softmax alone" in done.output
    assert done.exit_code == 1
    (column,) = platform.columns.values()
    assert (column["resourceId"], column["label"], column["scoreMaximum"]) == ("a05_softmax", "a05_softmax", 7)
    (score,) = platform.stored
    assert (score["scoreGiven"], score["scoreMaximum"]) == (4.5, 7)
    assert "a10_batchnorm" not in score["comment"]
    unknown = autograder(folder, "--config", file, "--assignment", "a99")
    assert unknown.exit_code == 2
    assert "no report has the room 'a99'; there are a05_softmax, a10_batchnorm" in unknown.output


def test_a_column_keeps_its_maximum_unless_asked(platform, configure, grades):
    """The platform scales; --update-column changes the maximum and nothing else."""
    platform.add_column(label="作业 5", scoreMaximum=100, tag="hw5")
    folder = grades(*CLASS)
    assert "maximum is 100 and ours 13" in autograder(folder, "--config", configure(), "--send").output
    assert platform.columns["1"]["scoreMaximum"] == 100
    assert autograder(folder, "--config", configure(), "--send", "--update-column").exit_code == 0
    assert (platform.columns["1"]["scoreMaximum"], platform.columns["1"]["tag"]) == (13, "hw5")


def test_a_column_that_is_described_with_a_number_that_is_none_is_left(platform, configure, grades):
    """What the platform says of its column is sent back to it as it was, or not at all."""
    platform.add_column(label="作业 5", scoreMaximum=100, tag="hw5")
    platform.faults["GET 1"] = [raw(b'{"label": "x", "scoreMaximum": 1, "weight": 1e999}')]
    done = autograder(grades(*CLASS), "--config", configure(), "--send", "--update-column")
    assert done.exit_code == 2
    assert "a number that is none" in done.output
    assert platform.columns["1"]["scoreMaximum"] == 100


def test_two_scores_for_one_user_are_named_and_neither_is_sent():
    """Which of them counts is not guessed."""
    shares = share_out([*CLASS, report_of("u1", "Twin")])
    assert [share.user for share in shares.sendable] == ["u2", "u3", "u4"]
    assert shares.unsendable == tuple(
        (name, "the lti id u1 is that of 2 scores; which counts?") for name in ("张三", "Twin")
    )


def test_unverified_scores_are_refused_unless_allowed(platform, configure, grades):
    """What a student's own machine has told is not handed on without a word."""
    folder = grades(CLASS[0], replace(CLASS[1], verified=False))
    refused = autograder(folder, "--config", configure(), "--send")
    assert refused.exit_code == 2
    assert "欧阳娜娜" in refused.output
    assert not platform.asked
    assert autograder(folder, "--config", configure(), "--send", "--allow-unverified").exit_code == 0


def test_a_file_is_asked_for(grades):
    """Without a platform the command says which options there are."""
    done = autograder(grades(*CLASS))
    assert done.exit_code == 2
    assert "--config" in done.output
    assert "--new-key" in done.output


def test_a_missing_extra_says_how_to_get_it(configure, grades):
    """Without its two packages the command ends in one sentence."""
    code = (
        "import sys; sys.modules['cryptography'] = sys.modules['requests'] = sys.modules['jwt'] = None\n"
        "from autograder.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "export", "lti", grades(*CLASS), "--config", configure()]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert "pip install 'deepnet-autograder[lti]'" in done.stderr
    assert "Traceback" not in done.stderr
