"""Any report at all, with texts that try what they can, as strategies for hypothesis."""

from dataclasses import replace

from hypothesis import strategies as st

from autograder import report as model
from autograder.report import report_from_json, report_to_json, settled

NASTY = [
    "=1+1", "@SUM(A1)", "\x1b[2J\x9b31m", "::error::x", "  ::stop-commands::x", "##[add-mask]x", "%0A::error::x",
    "]]>", "</pre></details><script>", "| a | b |", "\n::set-output name=a::b\n", "\u202e\u2066\u200b\ufeff",
    "\ud800", "\x00\x08\x7f", "&amp;&#58;", "![x](http://x)", "a\r\nb\rc\td", "张三, “李”; \"O'Neil\"\n", "\ufffe", "",
]  # fmt: skip
texts = st.sampled_from(NASTY) | st.text(max_size=12)
# Six decimals, as all of our points have.
points = st.sampled_from([0.0, 0.25, 1.0, 13.25, 0.1, 1e7, 123456.123457]) | st.integers(0, 10**9).map(
    lambda micro: micro / 1e6
)
# Whatever the time is now, it is after one and before the other.
PAST, FUTURE = "2020-01-01T00:00:00.000Z", "2100-01-01T00:00:00.000Z"
moments = st.sampled_from([PAST, FUTURE])
feedback = st.builds(model.Feedback, *[texts] * 6)
checks = st.builds(
    model.CheckResult,
    name=texts,
    sentence=texts,
    title=texts,
    law=texts,
    points=points,
    max_points=points,
    seconds=st.just(0.0),
    feedback=st.none() | feedback,
)
exercises = st.builds(
    model.ExerciseResult,
    room=st.sampled_from(["a05_softmax", "a10_batchnorm"]) | texts,
    name=st.sampled_from(["softmax", "one_hot"]) | texts,
    points=points,
    max_points=points,
    seconds=st.just(0.0),
    mistake=st.none() | texts,
    output=texts,
    checks=st.lists(checks, max_size=4).map(tuple),
)
# Stands for the name of another student, which only the instructor may read.
DOUBT = "⟦somebody else⟧"
people = st.builds(model.Person, name=texts, ids=st.dictionaries(st.sampled_from(["email", "canvas", "lti"]), texts))
identities = st.builds(
    model.Identity,
    id=texts,
    student=texts,
    origin=texts,
    digest=texts,
    notes=st.lists(texts, max_size=2).map(tuple),
    people=st.lists(people, max_size=2).map(tuple),
    attempt=st.integers(1, 5),
    submitted=st.none() | moments,
    commit=st.none() | texts,
    doubts=st.just((f"{DOUBT} fits as well",)),
)


_CHOICES = {
    "hidden_results": st.sampled_from(["hidden", "after_due", "visible"]),
    "exempt": st.sampled_from([False, False, True]),
    "counts": st.sampled_from([True, True, False]),
    "verified": st.sampled_from([True, True, False]),
}


def _total(parts, name):
    return round(sum(getattr(part, name) for part in parts), 6)


def _summed(exercise):
    sums = {name: _total(exercise.checks, name) for name in ("points", "max_points")}
    return replace(exercise, **sums) if exercise.checks else exercise


@st.composite
def reports(draw, **fixed):
    """Any report at all that could have been graded, its score settled; `fixed` fields are as they are given."""
    unreadable = draw(st.sampled_from([False, False, False, True]))
    many = st.lists(exercises, max_size=3, unique_by=lambda exercise: (exercise.room, exercise.name))
    graded = () if unreadable else tuple(map(_summed, draw(many)))
    report = draw(
        st.builds(
            model.Report,
            schema_version=st.just(model.SCHEMA_VERSION),
            language=st.just("en"),
            engine_version=texts,
            engine_digest=texts,
            room_digests=st.dictionaries(texts, texts, max_size=2),
            environment=st.builds(model.Environment, *[texts] * 5),
            submission=identities,
            status=st.just("unreadable" if unreadable else "graded"),
            problem=texts if unreadable else st.none(),
            exercises=st.just(graded),
            points=st.just(_total(graded, "points")),
            max_points=st.just(_total(graded, "max_points")),
            seconds=st.just(0.0),
            faults=st.lists(st.builds(model.Fault, texts, texts), max_size=1).map(tuple),
            due=st.none() | moments,
            lateness=st.none() | st.builds(model.Lateness, late_seconds=points, penalty=points, rule=texts),
            score=st.none(),
            **(_CHOICES | {name: st.just(value) for name, value in fixed.items()}),
        )
    )
    written = settled(report)
    assert report_from_json(report_to_json(written)) == written
    return written


MARK = "Hidd3nM4rk"


def marked(report):
    """The report with a mark in all that only a hidden check says, the mistake that it may have betrayed included."""

    def one(check, number):
        if check.visibility == "public":
            return check
        slots = model.Feedback(*[f"{MARK}{number}{slot}" for slot in range(6)])
        texts = {name: f"{MARK}{number}{name}" for name in ("name", "sentence", "title", "law")}
        return replace(check, feedback=slots, **texts)

    def each(exercise):
        marked_checks = tuple(one(check, number) for number, check in enumerate(exercise.checks))
        return replace(exercise, checks=marked_checks, mistake=f"{MARK}mistake", output=f"{MARK}output")

    faults = tuple(model.Fault(f"{MARK}where", f"{MARK}message") for _ in report.faults)
    return replace(report, exercises=tuple(map(each, report.exercises)), faults=faults)


def timed(report, seconds):
    """The report with these seconds everywhere where a time is kept."""

    def each(exercise):
        checks = tuple(replace(check, seconds=seconds) for check in exercise.checks)
        return replace(exercise, seconds=seconds, checks=checks)

    return replace(report, exercises=tuple(map(each, report.exercises)), seconds=seconds)
