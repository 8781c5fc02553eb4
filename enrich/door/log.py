"""What happens within, for those who look: events by name with their facts, one line each."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import TextIO

import structlog


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


def keep_trace(text: str) -> Path:
    """Write what is known of a bug into a new temporary file, for its finder alone to read."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="enrich-bug-", suffix=".txt", delete=False, errors="backslashreplace", encoding="utf-8"
    ) as file:
        file.write(text)
    return Path(file.name)
