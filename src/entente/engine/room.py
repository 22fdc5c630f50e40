"""What every engine does: it lets clients in, gives each query a reader and its limits, and keeps the register."""

from __future__ import annotations

import abc
import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace

from entente.engine.answers import Answer, Run
from entente.engine.background import Background
from entente.engine.clients import Clients
from entente.engine.dumps import Dumps
from entente.engine.limits import Limits
from entente.engine.pool import Pool, Reader
from entente.engine.register import Register
from entente.engine.relay import Relay
from entente.engine.work import encode
from entente.errors import StoreError
from entente.model import Store
from entente.query.listindex import ListIndex
from entente.query.plans import Plan
from entente.store import Question
from entente.store.sparql import check_update

__all__ = ["Engine"]

_LOOK_AGAIN = 0.02
_log = logging.getLogger("entente.queries")


class Engine(abc.ABC):
    """Answers questions under limits, and carries out updates one after another.

    `store` answers the service's own questions and takes changes; `epoch` sets the versions of one run apart from those of
    another, where they begin anew with each. `dumps` are there where the dataset has snapshots. `watchers` are called after
    each change; `background` does what nobody should wait for.
    """

    def __init__(self, limits: Limits, start: Callable[[], Reader], relay: Relay | None = None) -> None:
        self.limits = limits
        self.register = Register()
        self.pool = Pool(start, limits)
        self.background = Background()
        self.watchers: list[Callable[[], None]] = []
        self.epoch = ""
        self.dumps: Dumps | None = None
        self._clients = Clients(limits)
        self._relay = relay

    @property
    @abc.abstractmethod
    def store(self) -> Store:
        """The store for the service's own questions."""

    @property
    @abc.abstractmethod
    def version(self) -> int | None:
        """The number of the dataset as it is now; None where others may change it unseen."""

    @property
    def lists(self) -> tuple[int, ListIndex] | None:
        """The index of lists with the version of the dataset that it is of, where there is one: maybe an earlier one."""
        return None

    @property
    def labels(self) -> int | None:
        """The version of the dataset whose labels are searched: maybe an earlier one."""
        return self.version

    @abc.abstractmethod
    def index_lists(self, plans: Iterable[Plan]) -> None:
        """See to it that lists have an index, where that is worth its while."""

    @property
    def large(self) -> bool:
        """Whether the dataset is known to be so large that nobody should wait until all of it is read."""
        return False

    @property
    @abc.abstractmethod
    def isolated(self) -> bool:
        """Whether readers are cut off from the network."""

    @abc.abstractmethod
    def update(self, text: str, base: str | None = None) -> None:
        """Carry out an update, whole or not at all; blocks until it is seen by every later question."""

    @abc.abstractmethod
    def close(self) -> None:
        """End all readers, and let go of the store."""

    @property
    def _relayed(self) -> str | None:
        """How the addresses begin that calls of other servers go through."""
        return None if self._relay is None else self._relay.address

    def admit(self, update: str) -> str:
        """Check what other people want to update, and let its LOADs go through the relay; raises QueryError (403)."""
        if self._relay is not None:
            return self._relay.redirect_loads(update)
        check_update(update)
        return update

    def _snapshot(self) -> tuple[str, int | None]:
        """What a reader is to open, and the version that it is."""
        return "", self.version

    def _tell(self) -> None:
        """Tell those who watch that the dataset has changed."""
        for watcher in self.watchers:
            watcher()

    def _end_work(self) -> None:
        """End what threads wait for, where that can be done: an update, a dump."""
        if self.dumps is not None:
            self.dumps.close()

    async def reach(self, version: int) -> None:
        """Wait for a version of the dataset. Raises StoreError where it does not come soon."""
        deadline = asyncio.get_running_loop().time() + self.limits.queue
        while self.version is not None and self.version < version:
            if asyncio.get_running_loop().time() > deadline:
                raise StoreError(525, f"the dataset is at version {self.version}, not {version}", "ask for a lower version")
            await asyncio.sleep(_LOOK_AGAIN)

    async def wind_down(self, grace: float) -> None:
        """Give what runs `grace` seconds to come to its end, then end it, and all that begins later, until cancelled."""
        reason = StoreError(544, "the service is shutting down and has ended this query", "send it again in a while")
        try:
            await asyncio.sleep(grace)
            self._end_work()
            while True:
                for query in self.register.active():
                    # One that waits has no stop yet: it gets a reader from those that are ended.
                    if query.stop is not None:
                        query.stop(reason)
                await asyncio.sleep(_LOOK_AGAIN)
        finally:
            # The client may have gone, but the thread that works for it is waited for.
            self._end_work()

    async def ask(self, question: Question, client: str) -> Answer:
        """Answer a question. Raises what the store raises, TooManyError, and QueryError where a limit is reached."""
        asked = question.text
        if self._relay is not None:
            question = replace(question, text=self._relay.redirect(question.text), relay=self._relayed)
        self._clients.enter(client)
        query = self.register.begin(asked, client)
        try:
            reader = await self.pool.take()
        except BaseException:
            self._clients.leave(client, 0)
            self.register.end(query, "unserved")
            raise
        snapshot, version = self._snapshot()
        reader.snapshot = snapshot

        def done(ended: bool, outcome: str) -> None:
            _log.info("%s", query.told(outcome, version))
            self._clients.leave(client, query.seconds)
            self.register.end(query, outcome)
            self.pool.give(reader, ended=ended)

        run = Run(reader, query, self.limits, done)
        answer = Answer(query, version, run.frames(encode(snapshot, question)))
        await answer.begin()
        return answer
