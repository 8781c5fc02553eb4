"""What happens within, for those who look: events by name with their facts, one line each."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Final, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_HIDDEN: Final = "***"
# Short texts are no secrets, and would be hidden in the midst of words.
_SECRET: Final = 8


def to(stream: TextIO, *, verbose: bool, colour: bool) -> None:
    """Send the events to `stream`: all of them if `verbose`, else warnings and worse."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("%H:%M:%S"),
            structlog.dev.ConsoleRenderer(colors=colour, pad_event_to=10),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO if verbose else logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )


def serving(stream: TextIO, *, as_json: bool, colour: bool, secrets: Collection[str]) -> None:
    """Send all events of a service to `stream`, those of its libraries among them: as JSON, or for a person.

    What is bound to the context stands on each line. None of `secrets`, which may grow, stands on any.
    """
    render: list[Processor] = (
        [structlog.processors.format_exc_info, _Hiding(secrets), structlog.processors.JSONRenderer()]
        if as_json
        else [
            structlog.processors.format_exc_info,
            _Hiding(secrets),
            structlog.dev.ConsoleRenderer(colors=colour, pad_event_to=12),
        ]
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("iso" if as_json else "%Y-%m-%d %H:%M:%S", utc=as_json),
            *render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[_Forwarded()], level=logging.WARNING, force=True)


def keep_trace(text: str) -> Path:
    """Write what is known of a bug into a new temporary file, for its finder alone to read."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="enrich-bug-", suffix=".txt", delete=False, errors="backslashreplace", encoding="utf-8"
    ) as file:
        file.write(text)
    return Path(file.name)


class _Hiding:
    """Takes secrets out of every text of an event."""

    def __init__(self, secrets: Collection[str]) -> None:
        self._secrets = secrets

    def __call__(self, _logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        secrets = [secret for secret in self._secrets if len(secret) >= _SECRET]
        for key, value in event.items():
            if isinstance(value, str):
                for secret in secrets:
                    value = value.replace(secret, _HIDDEN)
                event[key] = value
        return event


class _Forwarded(logging.Handler):
    """Makes events of what libraries log the standard way."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log the record as an event of ours."""
        structlog.get_logger().log(
            record.levelno, "library", logger=record.name, text=record.getMessage(), exc_info=record.exc_info
        )
