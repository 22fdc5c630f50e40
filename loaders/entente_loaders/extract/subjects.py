"""Finds the verbs of a sentence's clauses and puts back the subjects that they leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from entente_loaders.extract.units import BOUNDARIES, Unit, one_set

__all__ = ["OPENERS", "finite", "subordinate", "with_subjects"]

_LONGEST_ASIDE = 12
_INTERRUPTIONS = BOUNDARIES | {"COMMA", "AND", "OR", "BUT", "DASH"}
# After these a participle has an object of its own: "troops given orders".
_GIVING = frozenset({"give", "grant", "send", "offer", "award", "tell", "pay", "show", "teach", "deny"})
_OPENERS = frozenset({"after", "before", "since", "as", "until", "till"})
OPENERS = frozenset(f"P.{word}" for word in _OPENERS)
"""Classes of prepositions that may open a clause."""


def subordinate(units: Sequence[Unit]) -> list[Unit]:
    """Turn "as", "since", "after" into clause openers where a noun group and a finite verb follow."""
    done: list[Unit] = []
    for at, unit in enumerate(units):
        if unit.kind == "PREP" and unit.preposition in _OPENERS and _clause_follows(units, at + 1):
            done.append(unit.but(kind="SUB", classes=frozenset({"SUB", f"S.{unit.preposition}"}), preposition=""))
        else:
            done.append(unit)
    return done


def finite(units: Sequence[Unit]) -> list[Unit]:
    """Read a bare "-ed" form as the clause's verb where it has no other and a subject stands before it."""
    done: list[Unit] = []
    for at, unit in enumerate(units):
        if "EDFORM" in unit.classes and "PART" in unit.classes and at and unit.verb is not None:
            joined = units[at - 1].kind in {"AND", "BUT"} and _continues(units, at)
            before = units[at - 1].kind
            after = units[at + 1] if at + 1 < len(units) else None
            by_agent = after is not None and after.preposition in {"by", "as"}
            if (
                (
                    before in {"WH", "THAT"}
                    or joined
                    or (before == "NP" and (not _has_finite(units, at) or _transitive(units, at)))
                    or _interrupted(units, at)
                )
                and not by_agent
                and "V.NAME" not in unit.classes
            ):
                verb = replace(unit.verb, form="finite", passive=False, tense="past")
                classes = (unit.classes - {"PART", "PASSIVE"}) | {"FINITE", "ACTIVE"}
                done.append(unit.but(verb=verb, classes=classes))
                continue
        done.append(_passive(unit) if _has_agent(units, at) else unit)
    return done


def _continues(units: Sequence[Unit], at: int) -> bool:
    """Tell whether the "-ed" form after "and" goes on where an active verb left off: "praised Japan and called on India"."""
    if at < 2 or at + 1 >= len(units) or units[at - 2].kind == "VP" or units[at + 1].kind not in {"THAT", "NP"}:
        return False
    verb = next((unit for unit in reversed(units[:at]) if unit.kind == "VP"), None)
    return verb is not None and "ACTIVE" in verb.classes


def _transitive(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a party stands before the "-ed" form and its object after it: "the fleet conducted a drill"."""
    after = units[at + 1] if at + 1 < len(units) else None
    verb = units[at].verb
    gives = verb is not None and verb.lemma in _GIVING
    return bool(units[at - 1].agents) and after is not None and after.kind == "NP" and not after.virtual and not gives


def _interrupted(units: Sequence[Unit], at: int) -> bool:
    """Tell whether an aside in commas parts the "-ed" form at `at` from its subject: "Japan, in turn, accused X"."""
    object_follows = at + 1 < len(units) and (units[at + 1].kind == "NP" or units[at + 1].kind == "THAT")
    mark = units[at - 1].kind
    if mark not in {"COMMA", "DASH"} or not object_follows:
        return False
    following = next((to for to in range(at + 1, len(units)) if "FINITE" in units[to].classes), None)
    if following is not None and units[following - 1].kind == mark:
        # "X, given orders, left": the aside has the form itself.
        return False
    openings = (to for to in range(at - 1, max(at - _LONGEST_ASIDE, 0), -1) if units[to].kind == mark)
    return any(units[to - 1].kind == "NP" and not _finite_before(units, to) for to in openings)


def _finite_before(units: Sequence[Unit], at: int) -> bool:
    """Tell whether the clause that ends at `at` has a finite verb."""
    for unit in reversed(units[:at]):
        if unit.kind in BOUNDARIES:
            return False
        if "FINITE" in unit.classes:
            return True
    return False


def _has_agent(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a bare past form at `at` is followed by who did it ("strikes carried out by Turkish jets")."""
    verb = units[at].verb
    if verb is None or verb.tense != "past" or verb.form != "finite" or verb.perfect or verb.passive or verb.modal:
        return False
    by, agent = (units[at + 1], units[at + 2]) if at + 2 < len(units) else (None, None)
    bare = "did" not in {token.lower for token in units[at].tokens}
    return bare and by is not None and by.preposition == "by" and agent is not None and bool(agent.agents or agent.owners)


def _passive(unit: Unit) -> Unit:
    assert unit.verb is not None
    verb = replace(unit.verb, form="participle", passive=True)
    return unit.but(verb=verb, classes=(unit.classes - {"FINITE", "ACTIVE"}) | {"PART", "PASSIVE"})


def _has_finite(units: Sequence[Unit], at: int) -> bool:
    """Tell whether the clause around a unit has another finite verb."""
    for step in (-1, 1):
        position = at + step
        while 0 <= position < len(units) and units[position].kind not in BOUNDARIES:
            if "FINITE" in units[position].classes:
                return True
            position += step
    return False


def _clause_follows(units: Sequence[Unit], at: int) -> bool:
    for number, unit in enumerate(units[at : at + 8]):
        if unit.kind == "VP":
            return number > 0 and unit.verb is not None and unit.verb.form == "finite"
        if unit.kind not in {"NP", "PREP", "AND", "OR"}:
            return False
    return False


def with_subjects(units: Sequence[Unit]) -> list[Unit]:
    """Repeat the subject where a relative, a participle after a comma, or a second verb leaves it out."""
    done: list[Unit] = []
    subject: Unit | None = None
    outer: Unit | None = None
    first: Unit | None = None
    # The subject that still waits for its verb while a relative clause has its own.
    waiting: Unit | None = None
    deep = False
    for at, unit in enumerate(units):
        before = done[-1] if done else None
        if unit.kind in {"NP", "PREP"}:
            if first is None and unit.kind == "NP" and (before is None or before.kind != "PREP"):
                first = unit
            done.append(unit)
            continue
        opening = subject or first
        if unit.kind in BOUNDARIES:
            first = None
        if unit.kind in _INTERRUPTIONS:
            waiting = None
        if before is not None and (unit.kind == "WH" or (unit.kind == "THAT" and before.kind == "NP")):
            antecedent = _antecedent(done) if _relative(units, at) else None
            waiting, deep = (opening if subject is None and before.kind == "NP" else None), False
            outer = (opening if before.kind == "COMMA" else None if antecedent is None else subject) or outer
            if unit.kind == "WH" or antecedent is not None:
                done += [unit] if antecedent is None else [unit, _virtual(antecedent, unit)]
                subject = subject if unit.kind == "WH" else None
                continue
        if unit.kind in {"SUB", "SEMI", "COLON", "THAT"}:
            parted = before is not None and (before.kind, unit.kind) == ("COMMA", "SUB")
            outer, subject = (opening if parted else subject) or outer, None
        if unit.kind == "VP" and unit.verb is not None:
            finite, led = unit.verb.form == "finite", before is not None and before.kind == "NP"
            if finite and deep and waiting is not None and before is not None and not before.virtual:
                done.append(_virtual(waiting, unit))
                subject, waiting = waiting, None
            elif finite and led and first is not None and _adverbial(done):
                done.append(_virtual(subject or first, unit))
            elif finite and led:
                subject = _chain_head(done)
            elif unit.verb.form == "gerund" and (before is None or (before.kind == "SUB" and at == 1)):
                if (whose := _coming(units, at)) is not None:
                    done.append(_virtual(whose, unit))
            elif before is not None and _lacks_subject(unit, before):
                whose = subject or first or outer
                if outer is not None and before.kind == "COMMA" and (finite or "V.SAY" in unit.classes):
                    whose = outer
                    subject = outer if finite else subject
                if whose is not None:
                    done.append(_virtual(whose, unit))
            deep = deep or finite
        done.append(unit)
    return done


def _coming(units: Sequence[Unit], at: int) -> Unit | None:
    """Give the subject that follows a participle: "Accusing Israel of lies, Turkey | left"."""
    for before, unit, after in zip(units[at:], units[at + 1 :], units[at + 2 :], strict=False):
        if before.kind == "COMMA" and unit.kind == "NP" and after.kind == "VP" and "FINITE" in after.classes:
            return unit
    return None


def _relative(units: Sequence[Unit], at: int) -> bool:
    """Tell whether the pronoun at `at` is the subject of a verb that follows at once."""
    follows = units[at + 1] if at + 1 < len(units) else None
    if follows is None or follows.kind != "VP" or units[at].tokens[0].lower == "whose":
        return False
    return units[at].kind == "WH" or "FINITE" in follows.classes


def _lacks_subject(unit: Unit, before: Unit) -> bool:
    """Tell whether a verb stands without a subject of its own."""
    assert unit.verb is not None
    if unit.verb.form == "infinitive":
        return (
            before.kind == "NP"
            and not before.agents
            and unit.has("V.ACCUSE", "V.CONDEMN", "V.DEMAND_STRONG", "V.THREATEN", "V.MEET", "V.VISIT_STRONG")
        )
    if unit.verb.form == "gerund" and before.preposition in {"before", "after", "by", "while", "in", "without"}:
        return True
    return unit.verb.form in {"finite", "gerund"} and before.kind in {"COMMA", "AND", "BUT", "SUB", "DASH"}


def _virtual(unit: Unit, at: Unit) -> Unit:
    return unit.but(start=at.start, end=at.end, virtual=True, classes=one_set(unit.classes | {"VIRTUAL"}))


def _antecedent(done: Sequence[Unit]) -> Unit | None:
    at = len(done) - 1
    while at >= 0 and done[at].kind in {"COMMA", "PREP"}:
        at -= 1
    if at < 0 or done[at].kind != "NP":
        return None
    named = at > 1 and done[at - 1].kind == "COMMA" and done[at - 2].kind == "NP" and done[at - 2].agents
    # "Iran, a country that ...": the country is Iran.
    return done[at - 2] if named and "N.COUNTRY" in done[at].classes and not done[at].agents else done[at]


def _chain_head(done: Sequence[Unit]) -> Unit:
    """Give the head of the noun group chain that ends here: "the talks | in Geneva | between them"."""
    return done[_chain_at(done)]


def _chain_at(done: Sequence[Unit]) -> int:
    at = len(done) - 1
    while at >= 2 and done[at - 1].kind == "PREP" and done[at - 2].kind == "NP":
        at -= 2
    return at


def _adverbial(done: Sequence[Unit]) -> bool:
    """Tell whether what stands before a verb is no subject but an adverbial after a comma: "X, a minister, in Y said"."""
    at = _chain_at(done)
    return at > 1 and done[at - 1].kind == "PREP" and done[at - 2].kind == "COMMA"
