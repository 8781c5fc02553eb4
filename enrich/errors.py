"""The few errors that must stop a run. Everything else that can go wrong is a value.

A message here is read by a person: it says what, where (path:line or host), and what to do next.
"""


class EnrichError(Exception):
    """The run cannot start or cannot go on; the message is for a person (exit code 2)."""


class ConfigError(EnrichError):
    """The configuration, an environment variable or an option is wrong; one line each in `problems`."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class BusyError(EnrichError):
    """Another run holds the cache or the memory; the message says who, and since when."""
