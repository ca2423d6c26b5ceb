"""A platform in trouble, or up to some: what it answers is waited for, doubted and told, and no secret leaves."""

import logging
import socket
import time
from email.utils import formatdate

import lti_platform
import pytest
from lti_faults import deaf, drip, flood, hang_up, in_chunks, late_503, raw, rubbish, silence, status
from lti_students import CLASS, endings, given, report_of

from autograder.errors import AutograderError


def test_two_faults_of_the_platform_are_waited_out(platform, hand_on):
    """After a 5xx the pause doubles, after a 429 it is what the platform asks for; the score arrives once."""
    platform.faults["POST scores"] = [status(500), status(503)]
    assert endings(hand_on(CLASS[:1])) == ["sent"]
    assert hand_on.pauses == [1.0, 2.0]
    platform.faults["POST scores"] = [status(429, {"Retry-After": "17"}), None]
    assert endings(hand_on(CLASS[:2])) == ["unchanged", "sent"]
    assert hand_on.pauses == [17.0]
    assert [score["userId"] for score in platform.stored] == ["u1", "u2"]


def test_retry_after_may_be_a_date_and_is_not_waited_for_all_day(platform, hand_on):
    """A date is waited for; an hour is not, and that student is told as failed."""
    platform.faults["POST scores"] = [status(429, {"Retry-After": formatdate(time.time() + 30, usegmt=True)})]
    hand_on(CLASS[:1])
    assert 25 < hand_on.pauses[0] <= 30
    platform.faults["POST scores"] = [status(429, {"Retry-After": "3600"})]
    outcomes = hand_on(CLASS[1:])
    assert endings(outcomes) == ["failed", "sent", "sent"]
    assert not hand_on.pauses
    assert "429" in outcomes[0].told


@pytest.mark.parametrize("fault", [silence, late_503], ids=["time-out", "503"])
def test_a_score_that_arrived_in_silence_is_not_sent_twice(platform, hand_on, fault):
    """After a time-out nobody knows whether the score arrived: the platform is asked before it is sent again."""
    platform.faults["POST scores"] = [fault]
    assert endings(hand_on(CLASS[:2], timeout_seconds=0.3)) == ["sent", "sent"]
    assert platform.count("POST", "scores") == 2
    assert platform.count("GET", "results") == 1
    assert len(platform.stored) == 2


def test_a_score_that_was_lost_in_silence_is_sent_again(platform, hand_on):
    """A time-out, or a connection that breaks off, before the score was stored costs a second try."""
    platform.faults["POST scores"] = [deaf, None, hang_up, None]
    assert endings(hand_on(CLASS[:2], timeout_seconds=0.3)) == ["sent", "sent"]
    assert given(platform) == {"u1": 3.5, "u2": 4.5}


def test_a_column_that_was_made_in_silence_is_not_made_twice(platform, hand_on):
    """Before it is made again, it is looked for again."""
    platform.faults["POST columns"] = [late_503]
    hand_on(CLASS)
    assert len(platform.columns) == 1
    assert len(platform.stored) == 4


def test_the_failures_of_two_do_not_stop_the_others(platform, hand_on):
    """A student whom the platform does not know is told with its words; so is one for whom it broke down."""
    refused = status(400, {}, {"error": "user \x1b[2J not in course", "access_token": "abc"})
    platform.faults["POST scores"] = [refused, None, *[status(500)] * 5]
    outcomes = hand_on(CLASS)
    assert endings(outcomes) == ["failed", "sent", "failed", "sent"]
    assert "answered 400 (user \\x1b[2J not in course)" in outcomes[0].told
    assert "answered 500, however often" in outcomes[2].told
    assert endings(hand_on(CLASS)) == ["sent", "unchanged", "sent", "unchanged"]


def test_a_platform_that_went_away_is_not_tried_for_every_student(platform, hand_on):
    """After three in a row without an answer the others are told as not tried, and the next run goes on with them."""
    many = [report_of(f"u{number}") for number in range(8)]
    platform.faults["POST scores"] = [None, *[hang_up] * 6]
    assert endings(hand_on(many, attempts=2)) == ["sent"] + ["failed"] * 3 + ["not tried"] * 4
    assert endings(hand_on(many)) == ["unchanged"] + ["sent"] * 7


def test_a_run_waits_ten_minutes_altogether_at_most(platform, hand_on):
    """However many students a platform keeps waiting, patience ends."""
    many = [report_of(f"u{number}") for number in range(12)]
    platform.faults["POST scores"] = [status(429, {"Retry-After": "100"}), None] * 12
    outcomes = hand_on(many)
    assert sum(hand_on.pauses) <= 600
    assert endings(outcomes).count("sent") >= 6
    assert "failed" in endings(outcomes)


@pytest.mark.parametrize("where", ["POST token", "GET columns", "POST columns", "POST scores"])
@pytest.mark.parametrize(
    "fault",
    [flood, rubbish, raw(b"[" * 100_000), raw(b'{"access_token": NaN}'), raw(b"\xff\xfe", 500), raw(b"", 204)],
    ids=["10 GB", "no HTTP", "deep JSON", "NaN", "500", "empty"],
)
def test_no_answer_is_trusted(platform, hand_on, where, fault):
    """Whatever comes back from wherever, it ends soon, in a sentence or in scores that are right."""
    platform.faults[where] = [fault] * 3
    told = "nothing"
    try:
        for outcome in hand_on(CLASS[:1], attempts=2, timeout_seconds=0.5):
            told = outcome.told or "sent"
    except AutograderError as error:
        told = str(error)
    assert 4 <= len(told) < 500
    assert told.isprintable()
    platform.faults.clear()
    assert endings(hand_on(CLASS[:1]))[0] in ("sent", "unchanged")
    assert len(platform.columns) == 1


def test_an_answer_that_is_too_long_is_told(platform, hand_on):
    """It is read up to a bound and no further."""
    platform.faults["GET columns"] = [flood]
    with pytest.raises(AutograderError, match="longer than 4 MiB, so it is no answer"):
        hand_on(CLASS)


def test_an_answer_in_drops_ends_in_time(platform, hand_on):
    """However slowly it comes, an answer that does not end is given up."""
    platform.faults["GET columns"] = [drip]
    began = time.monotonic()
    assert endings(hand_on(CLASS[:1], timeout_seconds=0.1)) == ["sent"]
    assert time.monotonic() - began < 5


def test_an_answer_in_chunks_is_read(platform, hand_on):
    """Its length need not be known before."""
    platform.faults = {"POST token": [in_chunks], "GET columns": [in_chunks], "POST columns": [in_chunks]}
    assert endings(hand_on(CLASS[:1])) == ["sent"]
    assert len(platform.columns) == platform.tokens == 1


def test_a_token_never_goes_to_another_host(platform, hand_on, keys):
    """Redirects, columns and pages that lead elsewhere are refused by name, and nobody is asked there."""
    with lti_platform.running(keys) as other:
        for code in (301, 302, 303, 307, 308):
            platform.faults["GET columns"] = [status(code, {"Location": f"{other.url}/columns"})]
            with pytest.raises(AutograderError, match="sends us elsewhere"):
                hand_on(CLASS)
        platform.faults["POST token"] = [status(307, {"Location": f"{other.url}/token"})]
        with pytest.raises(AutograderError, match="sends us elsewhere"):
            hand_on(CLASS)
        for place in (f"{other.url}/columns/1", "//evil.example.org/1", "file:///etc/passwd", "http://[", 7, None):
            platform.faults["GET columns"] = [status(200, {}, [{"id": place, "tag": "hw5"}])]
            with pytest.raises(AutograderError, match="a token never goes elsewhere"):
                hand_on(CLASS)
        platform.faults["GET columns"] = [status(200, {"Link": f'<{other.url}/columns>; rel="next"'}, [])]
        with pytest.raises(AutograderError, match="a token never goes elsewhere"):
            hand_on(CLASS)
        assert not other.asked


def test_a_certificate_that_nobody_knows_is_not_trusted(platform, hand_on, keys, own_certificate):
    """Nothing is sent to a platform that cannot prove who it is, and it is not tried again; a known one is trusted."""
    with lti_platform.running(keys, own_certificate) as other:
        address = f"https://localhost:{other.url.rsplit(':')[-1]}/token"
        with pytest.raises(AutograderError, match="no certificate that this machine trusts, so nothing was sent"):
            hand_on(CLASS, token_url=address)
        assert not other.asked
        assert not hand_on.pauses
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("REQUESTS_CA_BUNDLE", str(own_certificate))
            with pytest.raises(AutograderError, match="gives no token: it answered 400"):
                hand_on(CLASS, token_url=address)


def test_pages_without_end_are_left(platform, hand_on):
    """A page that names itself as the next one is read once."""
    link = f'<{platform.url}/columns?tag=hw5>; rel="next"'
    platform.faults["GET columns"] = [status(200, {"Link": link}, []) for _ in range(200)]
    with pytest.raises(AutograderError, match="without end"):
        hand_on(CLASS)
    assert platform.count("GET", "columns") == 1


def test_nobody_there_is_told(hand_on):
    """A refused connection is tried as often as the configuration says, and then told with its address."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{held.getsockname()[1]}/token"
        with pytest.raises(AutograderError, match=f"{address} cannot be reached"):
            hand_on(CLASS, token_url=address, attempts=3)
    assert hand_on.pauses == [1.0, 2.0]


def test_no_secret_is_written_or_told(platform, hand_on, keys, caplog, capfd, tmp_path):
    """Key, assertions and tokens are in no log, no output, no error and no file, though the platform repeats them."""
    caplog.set_level(logging.DEBUG)
    told = []
    secrets = [line for line in (keys["folder"] / "ours.pem").read_text().splitlines() if "-----" not in line]

    def echo(handler, body):
        secrets.append(handler.headers.get("Authorization", "Bearer no-such-token-here").split()[1])
        told_back = {"error": f"bad {handler.headers['Authorization']} and {body.decode()}"}
        handler.give(418, {"X-Echo": secrets[-1]}, told_back)

    for where in ("POST token", "GET columns", "POST scores"):
        platform.faults[where] = [echo]
        try:
            told += [outcome.told + repr(outcome) for outcome in hand_on(CLASS)]
        except AutograderError as error:
            told.append(str(error) + repr(error.__context__) + repr(error.__cause__))
    text = "\n".join([*told, caplog.text, *capfd.readouterr(), *(file.read_text() for file in tmp_path.iterdir())])
    assert "418" in text
    assert len(secrets) > 20
    for secret in secrets:
        assert secret not in text
        assert secret[-40:] not in text
    assert "eyJ" not in text
    assert "Bearer e" not in text
