"""The answer to one question: known, known to be absent, or not found out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

AbsentReason = Literal["not_found", "no_metadata"]
FailedKind = Literal["unavailable", "not_asked"]


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """The source knows it. `at` is when it said so (Unix seconds); `stale` when it is past its lifetime."""

    value: T
    at: float
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Absent:
    """The source knows that there is nothing: knowledge, and kept for a shorter time."""

    reason: AbsentReason
    detail: str
    at: float
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """Nobody knows: ignorance, never kept. `detail` names the host and what happened."""

    kind: FailedKind
    detail: str
    retry_after_s: float | None = None


LookUp = Found[T] | Absent | Failed
