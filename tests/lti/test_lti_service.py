"""Scores handed on over LTI: what the platform has afterwards, whatever happens on the way."""

import json
import time
from contextlib import closing
from dataclasses import replace

import jsonschema
import pytest
from lti_faults import status
from lti_schemas import SCORE
from lti_students import CLASS, REPORT, endings, given, report_of

from autograder.errors import AutograderError
from autograder.exports.lti.journal import NAME, Journal


def test_every_score_arrives_to_the_last_digit(platform, hand_on):
    """Columns are made once, scores are those of the reports, and what is sent is what the specification describes."""
    reports = [replace(CLASS[0], points=1.7, score=1.2), replace(CLASS[1], points=13.5, score=13.0), CLASS[2]]
    reports.append(replace(CLASS[3], points=0.833333, score=0.333333))
    assert endings(hand_on(reports)) == ["sent"] * 4
    assert given(platform) == {"u1": 1.2, "u2": 13, "u3": 5.5, "u4": 0.333333}
    assert [column["label"] for column in platform.columns.values()] == ["作业 5"]
    for score in platform.stored:
        jsonschema.validate(score, SCORE)
        assert score["scoreMaximum"] == 13
        assert score["gradingProgress"] == "FullyGraded"
        assert score["submission"] == {"submittedAt": "2026-11-20T08:24:20.797Z"}
    assert platform.tokens == 1


def test_the_comment_says_what_the_student_may_see_and_no_more(platform, hand_on):
    """Hidden checks are one line; neither their sentences nor their advice nor anything of the inputs is sent."""
    hand_on([CLASS[0]])
    comment = platform.stored[0]["comment"]
    assert "a05_softmax.softmax: 2.5 / 5\n– every column sums to one: 0 / 1.5\n– hidden checks: 0 / 1" in comment
    assert "half a point for each hour begun" in comment
    for hidden in ("different scales", "NaN only", "900", "Z (4, 7)"):
        assert hidden not in comment


def test_a_chinese_report_has_a_chinese_comment(platform, hand_on):
    """The comment is in the language of the report, whatever the language of the one who sends it."""
    hand_on([replace(CLASS[0], language="zh")])
    assert "隐藏检查" in platform.stored[0]["comment"]


def test_a_second_run_sends_nothing_and_a_changed_score_alone_is_sent(platform, hand_on):
    """The journal knows what the platform has; a changed score is later than the one before, by a second at least."""
    hand_on(CLASS)
    assert endings(hand_on(CLASS)) == ["unchanged"] * 4
    assert len(platform.stored) == 4
    changed = [CLASS[0], replace(CLASS[1], points=9.0, score=8.5), *CLASS[2:]]
    assert endings(hand_on(changed)) == ["unchanged", "sent", "unchanged", "unchanged"]
    assert len(platform.stored) == 5
    assert given(platform)["u2"] == 8.5
    assert platform.count("POST", "scores") == 5


def test_the_column_is_found_among_many_pages(platform, hand_on):
    """A column on the last page of several is found by its label; by its ids even when the label was changed."""
    for number in range(5):
        platform.add_column(label=f"other {number}", scoreMaximum=1, tag="hw5", resourceId=f"r{number}")
    platform.add_column(label="作业 5", scoreMaximum=13)
    assert endings(hand_on(CLASS[:1], tag=None)) == ["sent"]
    assert platform.count("GET", "columns") == 3
    assert endings(hand_on(CLASS[1:2], resource_id="r4")) == ["sent"]
    assert list(platform.scores) == [("6", "u1"), ("5", "u2")]
    assert len(platform.columns) == 6


def test_pages_are_turned_with_moodles_quotes_too(platform, hand_on):
    """Moodle writes typographic quotes around the relation, and & as HTML does."""
    platform.add_column(label="作业 5", scoreMaximum=13, tag="hw5")
    link = f"<{platform.url}/columns?tag=x>; rel=“first”, <{platform.url}/columns?tag=hw5&amp;page=1>; rel=“next”"
    platform.faults["GET columns"] = [status(200, {"Link": link.encode().decode("latin-1")}, [])]
    hand_on(CLASS[:1])
    assert len(platform.columns) == 1
    assert platform.count("GET", "columns") == 2


def test_several_columns_that_fit_are_named_and_none_is_taken(platform, hand_on):
    """Which of two equal columns is meant is the instructor's to say."""
    for _ in range(2):
        platform.add_column(label="作业 5", scoreMaximum=13, tag="hw5")
    with pytest.raises(
        AutograderError, match=r"2 columns of Our Moodle fit tag 'hw5': http\S+columns/1.type_id=2, http.*line_item_url"
    ):
        hand_on(CLASS)
    assert not platform.stored


def test_scores_stands_before_the_query_of_a_column(platform, hand_on):
    """A column's address of its own, with a query as Moodle writes it, needs no look at the others."""
    column = platform.add_column(label="x", scoreMaximum=13)
    assert endings(hand_on(CLASS[:2], line_item_url=column["id"], lineitems_url=None)) == ["sent", "sent"]
    assert {word for _, word in platform.asked} == {"token", "scores"}
    platform.faults["POST scores"] = [status(409)]
    hand_on(CLASS[2:3], line_item_url=column["id"], lineitems_url=None)
    assert set(platform.paths) - {"/token"} == {
        "/columns/1/scores?type_id=2",
        "/columns/1/results?type_id=2&user_id=u3",
    }


def test_canvas_is_told_that_a_score_is_no_attempt(platform, hand_on):
    """Without that word Canvas would count every score as a submission of the student's."""
    hand_on(CLASS[:1], platform="canvas")
    assert platform.stored[0]["https://canvas.instructure.com/lti/submission"] == {"new_submission": False}


def test_a_wrong_key_is_one_clear_sentence(platform, hand_on, keys):
    """The platform's 400 comes with what to look at, and without the assertion that it repeats."""
    with pytest.raises(AutograderError, match=r"gives no token: it answered 400.*client-1") as caught:
        hand_on(CLASS, key=keys["wrong"])
    assert "eyJ" not in str(caught.value)
    with pytest.raises(AutograderError, match=r"400 .invalid_client: Signature verification failed"):
        hand_on(CLASS, key=replace(keys["wrong"], kid=keys["ours"].kid))


def test_a_wrong_key_is_not_tried_for_every_student(platform, hand_on, keys):
    """Where the column is known, the first students' refusals are enough."""
    column = platform.add_column(label="x", scoreMaximum=13)["id"]
    many = [report_of(f"u{number}") for number in range(10)]
    outcomes = hand_on(many, line_item_url=column, key=keys["wrong"])
    assert endings(outcomes) == ["failed"] * 3 + ["not tried"] * 7


def test_a_token_that_expired_is_asked_for_again(platform, hand_on):
    """Expired by the platform's clock: a 401 is worth one more token. Expired by ours: nobody waits for the 401."""
    platform.registry.seconds = -10

    def mend(handler, body):
        platform.registry.seconds = 3600
        handler.give(*platform.answer(handler, body))

    platform.faults["POST token"] = [None, mend]
    assert endings(hand_on(CLASS[:1])) == ["sent"]
    assert platform.tokens == 2

    def short(handler, body):
        code, headers, document = platform.answer(handler, body)
        handler.give(code, headers, document | {"expires_in": 1e-6})

    platform.faults["POST token"] = [short] * 4
    assert endings(hand_on(CLASS[1:3])) == ["sent", "sent"]
    assert platform.tokens == 2 + 3
    assert platform.count("POST", "scores") == 3


def test_a_token_that_is_never_taken_is_asked_for_twice_and_no_more(platform, hand_on):
    """A platform that keeps saying 401 is not asked for ever."""
    platform.registry.seconds = -10
    with pytest.raises(AutograderError, match="answered 401"):
        hand_on(CLASS)
    assert platform.tokens == 2


def test_a_token_without_the_scope_for_scores_is_told(platform, hand_on):
    """What the platform did not allow is named."""
    scope = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
    platform.faults["POST token"] = [status(200, {}, {"access_token": "t" * 30, "expires_in": 60, "scope": scope})]
    with pytest.raises(AutograderError, match="none for scores; allow 'client-1' on Our Moodle the scope"):
        hand_on(CLASS)


def test_the_same_second_is_a_conflict_that_is_solved(platform, hand_on, tmp_path):
    """A score of the same second is refused with 409; ours there already counts as done, else a later one is sent."""
    now = time.time()
    hand_on(CLASS[:1], clock=lambda: now)
    (tmp_path / NAME).unlink()
    assert endings(hand_on(CLASS[:1], clock=lambda: now)) == ["sent"]
    assert len(platform.stored) == 1
    (tmp_path / NAME).unlink()
    assert endings(hand_on([replace(CLASS[0], points=9.0, score=8.5)], clock=lambda: now)) == ["sent"]
    assert given(platform) == {"u1": 8.5}
    assert platform.count("POST", "scores") == 4


def test_canvas_says_in_words_that_it_has_a_later_score(platform, hand_on):
    """Its 400 for that reason is a conflict like another; for any other reason it is a refusal."""
    later = "Provided timestamp of 2026-11-20 before last updated timestamp of 2026-11-21"
    platform.faults["POST scores"] = [status(400, {}, {"errors": {"message": later}})]
    assert endings(hand_on(CLASS[:1], platform="canvas")) == ["sent"]
    platform.faults["POST scores"] = [status(400, {}, {"errors": {"message": "no such user"}})]
    assert endings(hand_on(CLASS[1:2], platform="canvas")) == ["failed"]


def test_two_runs_do_not_send_the_same_scores_at_once(platform, hand_on, tmp_path):
    """The second is told to wait."""
    with closing(Journal(tmp_path / NAME)), pytest.raises(AutograderError, match="another run is sending"):
        hand_on(CLASS)
    assert not platform.stored


def test_a_platform_whose_clock_is_ahead_gets_a_later_time(platform, hand_on):
    """It says what time it is, and the next try is after that."""
    hand_on(CLASS[:1])
    platform.scores["1", "u1"]["timestamp"] = "2099-01-01T00:00:00.000Z"
    changed = [replace(CLASS[0], points=9.0, score=8.5), CLASS[1]]
    outcomes = hand_on(changed)
    assert endings(outcomes) == ["failed", "sent"]
    assert "later score" in outcomes[0].told
    past = time.time() - 3600
    assert endings(hand_on([report_of("u3", points=1.0)])) == ["sent"]
    assert endings(hand_on([report_of("u3", points=2.0)], clock=lambda: past)) == ["sent"]
    assert given(platform)["u3"] == 1.5


@pytest.mark.parametrize("state", ["sending", "sent"])
def test_a_kill_beside_the_journal_neither_loses_nor_doubles(platform, hand_on, state):
    """Killed before the score is posted, or after that and before the journal says so: the next run mends it."""

    class Killed(BaseException):
        pass

    class Dying(Journal):
        def write(self, entry):
            if (entry.state, entry.user) == (state, "u2"):
                raise Killed
            super().write(entry)

    with pytest.raises(Killed):
        hand_on(CLASS, journal=Dying)
    assert endings(hand_on(CLASS)) == ["unchanged", "sent", "sent", "sent"]
    assert [score["userId"] for score in platform.stored] == ["u1", "u2", "u3", "u4"]
    assert platform.count("POST", "scores") == 4


def test_half_a_line_of_the_journal_is_passed_over(platform, hand_on, tmp_path):
    """A line that a kill cut off spoils neither what stands before it nor what comes after."""
    hand_on(CLASS[:2])
    journal = tmp_path / NAME
    journal.write_bytes(journal.read_bytes()[:-20])
    assert endings(hand_on(CLASS[:3])) == ["unchanged", "sent", "sent"]
    assert endings(hand_on(CLASS[:3])) == ["unchanged"] * 3
    assert len(platform.stored) == 3


def test_a_journal_that_is_full_of_rubbish_costs_questions_only(platform, hand_on, tmp_path):
    """What is no entry is not believed: the scores are sent, and none is lost."""
    rubbish_lines = [
        '{"state": "sent"}',
        "[" * 10000,
        '{"state":"sent","column":1,"user":2,"digest":3,"timestamp":4}',
        "\0",
    ]
    (tmp_path / NAME).write_text("\n".join(rubbish_lines))
    assert endings(hand_on(CLASS)) == ["sent"] * 4


def test_ctrl_c_leaves_the_rest_for_the_next_run(platform, hand_on):
    """Whoever stops it gets back what was done, and the next run goes on from there."""
    outcomes = hand_on(CLASS, asked_to_stop=lambda: len(platform.stored) == 2)
    assert endings(outcomes) == ["sent", "sent", "not tried", "not tried"]
    assert endings(hand_on(CLASS)) == ["unchanged", "unchanged", "sent", "sent"]


@pytest.mark.parametrize("score", [float("nan"), float("inf"), -1.0])
def test_what_is_no_score_is_refused(platform, hand_on, score):
    """NaN and its like are named with the student, and nothing is sent for anybody."""
    with pytest.raises(AutograderError, match="张三"):
        hand_on([CLASS[1], replace(CLASS[0], points=score, score=score)])
    assert not platform.asked


def test_a_member_of_a_group_has_the_score_of_the_group(platform, hand_on):
    """Each person of a submission gets its score, and a report without one gives none."""
    people = tuple(each.submission.people[0] for each in CLASS[:2])
    group = replace(REPORT, submission=replace(REPORT.submission, people=people))
    assert endings(hand_on([group, replace(CLASS[2], score=None, exempt=True)])) == ["sent", "sent"]
    assert given(platform) == {"u1": 4, "u2": 4}
    assert json.dumps(platform.stored[0]["scoreGiven"]) == "4"
