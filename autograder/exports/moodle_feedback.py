"""The zip of feedback files that Moodle's "upload multiple feedback files in a zip" takes."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable

from autograder.exports.comments import html_page, plain_comment
from autograder.exports.deliveries import Delivery

_MOST_LETTERS = 60
_DATE = (1980, 1, 1, 0, 0, 0)  # equal feedback gives equal bytes


def feedback_zip(pairs: Iterable[tuple[Delivery, str, str]], *, as_html: bool = False) -> bytes:
    """Return a zip with a folder a student, named as Moodle wants it, and the feedback in it as text or as a page.

    pairs: whose feedback, the participant's number and name in Moodle.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for delivery, participant, name in sorted(pairs, key=lambda pair: int(pair[1])):
            text = html_page(delivery.report) if as_html else plain_comment(delivery.report) + "\n"
            folder = f"{folder_name(name)}_{participant}_assignfeedback_file"
            info = zipfile.ZipInfo(f"{folder}/feedback.{'html' if as_html else 'txt'}", _DATE)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode("utf-8", "backslashreplace"))
    return stream.getvalue()


def folder_name(name: str) -> str:
    """Return a name as the first part of a folder's: no path, no underscore, where Moodle cuts, and nothing unseen."""
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" or c in " -'.,()" else " " for c in name)
    return re.sub(r"\s+", " ", kept).strip(" .")[:_MOST_LETTERS].strip(" .") or "Participant"
