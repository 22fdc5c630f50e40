"""What is read back of a stored article for a merge is what reading all of its graph would give."""

from __future__ import annotations

from dataclasses import replace

from builders import agent, claim, days, delta, event, naming, ships, takes_part
from entente.consensus.account import read
from entente.consensus.stored import account_triples
from entente.model import Change, EventType, Quad
from entente.store import open_store


def test_accounts_are_read_back_as_if_from_the_whole_graph() -> None:
    parties = takes_part("RUS", "CHN")
    ours = claim(*parties, naming(), days("2023-07-20", "2023-07-23"))
    exercise = event("e1", ours, claim(ships(2, "Rezkiy"), speaker=agent("RUS")))
    talks = event("e2", claim(*parties, days("2023-07-21", "2023-07-21")), type=EventType.TALKS)
    stored = delta("paper", exercise, talks)
    store = open_store("memory:")
    store.apply(Change(insert=tuple(Quad(*triple, stored.graph) for triple in stored.triples)))
    whole = read(stored.triples).accounts
    assert len(whole) == 2
    for account in whole:
        triples = account_triples(store, stored.graph, [account.iri])
        wordless = replace(account, lead="", claims=tuple(replace(each, sentences=()) for each in account.claims))
        assert read(triples).accounts == (wordless,)
        assert triples < set(stored.triples)
    store.close()
