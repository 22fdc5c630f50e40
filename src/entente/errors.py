"""Errors that reach people, each with a code, what to do about it, and the exit code of the command line.

    Error
    ├── InputError          2  the caller's input was wrong                    ENTENTE-1nn
    │   ├── ArticleError    2  an article could not be read                    ENTENTE-2nn
    │   └── QueryError      2  a query card, parameter or SPARQL text is wrong ENTENTE-3nn
    ├── RefusedError        1  the data was refused by the gate                ENTENTE-4nn
    ├── StoreError          3  the store or an endpoint failed                 ENTENTE-5nn
    └── InternalError       4  our bug                                         ENTENTE-9nn

Every code has a heading in docs/errors.md; a test pairs them.
"""

from __future__ import annotations

__all__ = [
    "ArticleError",
    "Error",
    "InputError",
    "InternalError",
    "QueryError",
    "RefusedError",
    "StoreError",
]


class Error(Exception):
    """An error with a stable code.

    `code` is the number after `ENTENTE-`; `message` says what and where; `hint` says what to do, best as a command to
    type. `exit_code` is what the command line ends with, `status` the HTTP status.
    """

    exit_code = 4
    status = 500

    def __init__(self, code: int, message: str, hint: str | None = None, *, status: int | None = None) -> None:
        super().__init__(message)
        self.code = f"ENTENTE-{code:03d}"
        self.message = message
        self.hint = hint
        if status is not None:
            self.status = status

    @property
    def number(self) -> int:
        """The code as the constructor takes it."""
        return int(self.code.rpartition("-")[2])

    def __reduce__(self) -> tuple[object, ...]:
        # an exception is pickled by its arguments, which here are not what the constructor takes
        return type(self), (self.number, self.message, self.hint), {"status": self.status}

    def __str__(self) -> str:
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"error[{self.code}]: {self.message}{hint}"


class InputError(Error):
    """The caller's input was wrong."""

    exit_code = 2
    status = 400


class ArticleError(InputError):
    """An article could not be read."""

    status = 422


class QueryError(InputError):
    """A query card, a parameter or a SPARQL text is wrong."""


class RefusedError(Error):
    """The data was refused by the gate."""

    exit_code = 1
    status = 422


class StoreError(Error):
    """The store or a remote endpoint failed."""

    exit_code = 3
    status = 503


class InternalError(Error):
    """A bug of ours."""
