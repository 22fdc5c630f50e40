"""Keeps any one client from taking all the readers: how many queries it runs at once, and how long in all."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from entente.engine.limits import Limits
from entente.errors import QueryError

__all__ = ["Clients", "TooManyError"]

_REMEMBERED = 10_000


class TooManyError(QueryError):
    """A client asks for more than its share; `retry_after` is the number of seconds to wait."""

    status = 429

    def __init__(self, code: int, message: str, hint: str, retry_after: int) -> None:
        super().__init__(code, message, hint)
        self.retry_after = retry_after


@dataclass(slots=True)
class _Account:
    running: int = 0
    spent: float = 0.0
    at: float = field(default_factory=time.monotonic)


class Clients:
    """The accounts of all clients: a bucket of query-seconds that fills up again within a minute."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._accounts: OrderedDict[str, _Account] = OrderedDict()

    def enter(self, client: str) -> None:
        """Let a client begin a query. Raises TooManyError where it runs too many, or has used up its seconds."""
        account = self._account(client)
        limits = self._limits
        if limits.parallel is not None and account.running >= limits.parallel:
            raise TooManyError(
                327,
                f"you run {account.running} queries already, and {limits.parallel} at once are allowed",
                "wait for one to end, or end one: GET and DELETE /sparql/queries",
                1,
            )
        if limits.budget is not None and account.spent >= limits.budget:
            wait = math.ceil((account.spent - limits.budget) * 60 / limits.budget) + 1
            raise TooManyError(
                328, f"you have used up your {limits.budget:g} seconds of querying a minute", f"wait {wait} seconds", wait
            )
        account.running += 1

    def leave(self, client: str, seconds: float) -> None:
        """Note that a query of the client has ended, and how long it took."""
        account = self._account(client)
        account.running -= 1
        account.spent += seconds

    def _account(self, client: str) -> _Account:
        account = self._accounts.setdefault(client, _Account())
        self._accounts.move_to_end(client)
        now = time.monotonic()
        if self._limits.budget is not None:
            account.spent = max(0.0, account.spent - (now - account.at) * self._limits.budget / 60)
        account.at = now
        if len(self._accounts) > _REMEMBERED:
            oldest = next(iter(self._accounts))
            if not self._accounts[oldest].running:
                del self._accounts[oldest]
        return account
