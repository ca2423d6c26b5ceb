"""Where Canvas is and who asks: a token goes to no unsafe address and is read from no file that others may read."""

import pytest
from canvas_server import TOKEN

from autograder.errors import AutograderError
from autograder.exports.canvas_connection import account


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://canvas.example.edu", "would send the token unprotected; use https://"),
        ("http://127.0.0.1.example.edu", "would send the token unprotected"),
        ("ftp://canvas.example.edu", "unprotected"),
        ("canvas.example.edu", "is not the address of a Canvas"),
        ("https://me:secret@canvas.example.edu", "is not the address"),
        ("https://canvas.example.edu/courses/7", "is not the address"),
        ("https://canvas.example.edu?x=1", "is not the address"),
        ("https://[::1", "is not the address"),
        ("https://canvas.example.edu:99999", "is not the address"),
    ],
)
def test_an_address_that_is_not_safe_is_refused(url, told):
    """The token goes over https, or to this machine, and to nothing that only looks like it."""
    with pytest.raises(AutograderError, match=told):
        account(url, None, {"CANVAS_TOKEN": TOKEN})


def test_a_token_comes_from_the_environment_or_from_a_file_of_ones_own(tmp_path):
    """A file that others may read is refused with what to do; and the token is in no text made of the account."""
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n", encoding="utf-8")
    file.chmod(0o640)
    with pytest.raises(AutograderError, match=f"others may read this token; close it to them first: chmod 600 {file}"):
        account("https://canvas.example.edu", file, {})
    file.chmod(0o600)
    who = account("https://canvas.example.edu/", file, {})
    assert (who.url, who.token) == ("https://canvas.example.edu", TOKEN)
    assert TOKEN not in repr(who)
    with pytest.raises(AutograderError, match="there is no access token: set CANVAS_TOKEN or name a file"):
        account("https://canvas.example.edu", None, {})
    for bad in ("a b", "a\r\nX-Evil: 1", "tökén"):
        with pytest.raises(AutograderError, match="letters that no token has") as caught:
            account("https://canvas.example.edu", None, {"CANVAS_TOKEN": bad})
        assert bad not in str(caught.value)
    with pytest.raises(AutograderError, match="the token cannot be read"):
        account("https://canvas.example.edu", tmp_path / "none", {})
    with pytest.raises(AutograderError, match=r"is not a file; expected one that holds the token alone"):
        account("https://canvas.example.edu", tmp_path, {})
