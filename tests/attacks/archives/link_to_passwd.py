"""Entries that are links themselves, with every suffix there is: a syntax error would quote what they lead to."""

MUST = {"origin": r"passwd(\.py|\.ipynb|\.zip|\.gz|)", "status": "unreadable", "says": "symbolic link", "reports": 5}


def hand_in(folder):
    for suffix in (".py", ".ipynb", ".zip", ".gz", ""):
        (folder / f"passwd{suffix}").symlink_to("/etc/passwd")
