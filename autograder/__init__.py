"""Grade untrusted numpy exercises in a sandbox and name each mistake."""

__version__ = "0.1.0"
