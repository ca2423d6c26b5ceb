"""Grade untrusted numpy exercises in a sandbox and name each mistake."""

__version__ = "0.1.0"


def load_ipython_extension(shell: object) -> None:
    """Give Jupyter `%check` and `%hint`; this is what `%load_ext autograder` calls."""
    from autograder.notebook.magics import register

    register(shell)
