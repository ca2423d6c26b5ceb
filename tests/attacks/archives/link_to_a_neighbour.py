"""A whole hand-in that is a link to a neighbour's folder; the dot in its name makes it look like no folder."""

MUST = {"origin": r"J\. R\. Copy", "status": "unreadable", "says": "symbolic link"}


def hand_in(folder):
    (folder / "J. R. Copy").symlink_to("Ann Berg", target_is_directory=True)
