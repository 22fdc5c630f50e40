"""The extractor: the events that the parsed clauses of a document state, grounded in the reference data."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from entente.errors import InputError
from entente.model import (
    Claim,
    Content,
    Document,
    During,
    Event,
    Extraction,
    Fact,
    Kind,
    Location,
    Mention,
    Mode,
    Participant,
    Role,
    Span,
)
from entente_loaders.extract import RuleExtractor, TermIndex, all_mentions, lexicon
from entente_loaders.grounding import Grounding, numbered
from entente_loaders.parsed.frames import Frame, frames

__all__ = ["ParsedExtractor"]

_PRIOR = 0.6
_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "nsubj:pass"})
_OBJECTS = frozenset({"dobj", "obj"})
_PREPOSITIONS = frozenset({"prep", "agent"})
_LOCATIVE = frozenset({"in", "at", "off", "near", "over"})
_KINDS = {"LOC": Kind.PLACE, "FAC": Kind.PLACE, "PERSON": Kind.PERSON, "PER": Kind.PERSON}


class ParsedExtractor:
    """Finds events by the dependency parse of a trained spaCy pipeline, and unknown names by its entities.

    `pipeline` is the name or folder of the pipeline, the variable ENTENTE_SPACY_PIPELINE unless given; `index` is as for
    the rules, and decides with the text what names stand for. Raises InputError (138) where there is no such pipeline or
    it does not parse.
    """

    name = "spacy"

    def __init__(self, index: TermIndex, pipeline: str | None = None) -> None:
        self._pipeline = _load(pipeline or os.environ.get("ENTENTE_SPACY_PIPELINE", ""))
        self._rules = RuleExtractor(index)
        made = (self._pipeline.meta["name"], self._pipeline.meta["version"], spacy_version, self._rules.version)
        digest = hashlib.sha256("\0".join(map(str, made)).encode())
        digest.update(files("entente_loaders.parsed").joinpath("frames.yaml").read_bytes())
        self.version = digest.hexdigest()[:16]

    def extract(self, document: Document) -> Extraction:
        """Extract the events of a document."""
        readings = tuple(self._rules.readings(document))
        grounding = Grounding(readings, document.text)
        parsed = self._pipeline(document.text)
        if not parsed.has_annotation("DEP"):
            raise _unfit(self._pipeline.meta["name"])
        found = sorted(
            (event for token in parsed if (event := _event(token, grounding)) is not None),
            key=lambda event: (event.evidence, event.type),
        )
        events = numbered(found, "e")
        named = [mention for reading in readings for mention in reading.mentions]
        mentions = all_mentions([*named, *_unknown(parsed, named)], events, ())
        return Extraction(document, mentions, events, (), self.name, self.version)


@cache
def _load(name: str) -> Language:
    if not name:
        hint = "set ENTENTE_SPACY_PIPELINE to the name or folder of a trained pipeline"
        raise InputError(138, "the extractor 'spacy' has no pipeline", hint)
    try:
        return spacy.load(name)
    except (OSError, ValueError) as error:
        hint = "install it, or give its folder in ENTENTE_SPACY_PIPELINE"
        raise InputError(
            138, f"the spaCy pipeline {name!r} cannot be loaded ({str(error).splitlines()[0]})", hint
        ) from error


def _unfit(name: str) -> InputError:
    return InputError(138, f"the spaCy pipeline {name!r} does not parse", "use a pipeline with a parser and a lemmatizer")


def _event(token: Token, grounding: Grounding) -> Event | None:
    verbs = lexicon().verbs.get(token.lemma_.lower(), frozenset()) if token.pos_ == "VERB" else frozenset()
    for frame in frames():
        if frame.verbs not in verbs:
            continue
        object_ = next((child for child in token.children if child.dep_ in _OBJECTS | _PASSIVE_SUBJECTS), None)
        if frame.noun is not None and (object_ is None or frame.noun not in _noun_classes(object_)):
            continue
        parties = list(_parties(token, object_, frame, grounding))
        if len({participant.agent.state or participant.agent.entities for participant in parties}) >= _least(frame):
            return _stated(token, object_, frame, parties, grounding)
    return None


def _least(frame: Frame) -> int:
    roles = {*frame.roles.values(), *frame.prepositions.values()}
    return 2 if Role.RECIPIENT in roles and frame.event.speech_act else 1


def _noun_classes(token: Token) -> frozenset[str]:
    return lexicon().nouns.get(token.lemma_.lower(), frozenset())


def _parties(verb: Token, object_: Token | None, frame: Frame, grounding: Grounding) -> Iterator[Participant]:
    heads: list[tuple[Role, Token]] = []
    for child in verb.children:
        if child.dep_ in _SUBJECTS and "subject" in frame.roles:
            heads.append((frame.roles["subject"], child))
        elif child.dep_ in _OBJECTS | _PASSIVE_SUBJECTS and "object" in frame.roles:
            heads.append((frame.roles["object"], child))
    for led_by, word in _led(verb, object_):
        role = frame.roles.get("agent") if led_by == "by" else frame.prepositions.get(led_by)
        if role is not None:
            heads.append((role, word))
    for role, head in heads:
        for word in (head, *head.conjuncts):
            yield from (Participant(agent, role) for agent in grounding.agents(_span(word)))


def _led(*heads: Token | None) -> Iterator[tuple[str, Token]]:
    """Give the words that prepositions attach to these heads, with the preposition."""
    for head in heads:
        for child in head.children if head is not None else ():
            if child.dep_ in _PREPOSITIONS:
                yield from ((child.lower_, word) for word in child.children if word.dep_ == "pobj")
            elif child.dep_ in {"obl", "nmod", "obl:agent"}:
                yield from ((case.lower_, child) for case in child.children if case.dep_ == "case")


def _stated(verb: Token, object_: Token | None, frame: Frame, parties: list[Participant], grounding: Grounding) -> Event:
    mode = _mode(verb)
    words = list(verb.subtree)
    evidence = Span(words[0].idx, words[-1].idx + len(words[-1]))
    facts: list[Fact] = [*parties]
    facts += [Content(evidence.of(verb.doc.text), evidence)] if frame.event.speech_act else []
    facts += [
        Location(place)
        for led_by, word in _led(verb, object_)
        if led_by in _LOCATIVE and led_by not in frame.prepositions and word.ent_type_ in {"GPE", "LOC", "FAC"}
        for place in grounding.places(_span(word))
    ]
    for date in (entity for entity in verb.sent.ents if entity.label_ == "DATE" and _within(entity, evidence)):
        when = grounding.when(Span(date.start_char, date.end_char), None, mode, lasting=frame.event.lasting)
        facts += [During(when)] if when is not None else []
    claim = Claim(
        speaker=None,
        level=grounding.level(evidence, spoken=False),
        modality=mode.modality,
        facts=tuple(dict.fromkeys(facts)),
        evidence=(evidence,),
        rule=frame.name,
        confidence=_PRIOR,
    )
    return Event("e0", frame.event, mode, False, (claim,), evidence)


def _mode(verb: Token) -> Mode:
    closed = lexicon().closed
    helpers = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass", "aux:pass"}}
    if any(child.dep_ == "neg" or child.lower_ in {"not", "never"} for child in verb.children):
        return Mode.NEGATED
    if helpers & closed["modals.future"]:
        return Mode.PLANNED
    if helpers & closed["modals.conditional"]:
        return Mode.HYPOTHETICAL
    # "agreed to hold": what hangs on another verb by "to" has not happened yet.
    return Mode.PLANNED if "to" in helpers and verb.dep_ == "xcomp" else Mode.ACTUAL


def _unknown(parsed: Doc, named: Iterable[Mention]) -> Iterator[Mention]:
    """Give the places and persons that the pipeline finds where the reference data knows nobody."""
    known = [mention.span for mention in named]
    for entity in parsed.ents:
        span = Span(entity.start_char, entity.end_char)
        if entity.label_ in _KINDS and not any(span.overlaps(other) for other in known):
            yield Mention(span, entity.text, _KINDS[entity.label_], use="unknown")


def _within(entity: Words, span: Span) -> bool:
    return span.start <= entity.start_char and entity.end_char <= span.end


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))
