"""A spaCy pipeline whose parses are written down by hand, saved and loaded as a trained one would be."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

__all__ = ["save_pipeline"]

# word, lemma, part of speech, head (index in the sentence), relation, entity type
_Row = tuple[str, str, str, int, str, str]


def _rows(text: str) -> list[_Row]:
    rows = []
    for line in text.strip().splitlines():
        word, lemma, pos, head, relation, *entity = line.split()
        rows.append((word, lemma, pos, int(head), relation, entity[0] if entity else ""))
    return rows


PARSES = {
    rows[0][0] + " " + rows[1][0]: rows
    for rows in map(
        _rows,
        (
            """
            Norway Norway PROPN 1 nsubj GPE
            accused accuse VERB 1 ROOT
            Russia Russia PROPN 1 dobj GPE
            of of ADP 1 prep
            provocation provocation NOUN 3 pobj
            . . PUNCT 1 punct
            """,
            """
            Sweden Sweden PROPN 5 nsubj GPE
            and and CCONJ 0 cc
            Finland Finland PROPN 0 conj GPE
            will will AUX 5 aux
            not not PART 5 neg
            hold hold VERB 5 ROOT
            an an DET 7 det
            exercise exercise NOUN 5 dobj
            near near ADP 5 prep
            Fjellvik Fjellvik PROPN 8 pobj GPE
            on on ADP 5 prep
            Monday Monday PROPN 10 pobj DATE
            . . PUNCT 5 punct
            """,
            """
            An an DET 1 det
            exercise exercise NOUN 3 nsubjpass
            was be AUX 3 auxpass
            held hold VERB 3 ROOT
            by by ADP 3 agent
            Norway Norway PROPN 4 pobj GPE
            with with ADP 3 prep
            Denmark Denmark PROPN 6 pobj GPE
            . . PUNCT 3 punct
            """,
            """
            Kari Kari PROPN 1 compound PERSON
            Lund Lund PROPN 2 nsubj PERSON
            sang sing VERB 2 ROOT
            . . PUNCT 2 punct
            """,
        ),
    )
}


@Language.component("entente_test_parses")
def _parse(doc: Doc) -> Doc:
    """Give each sentence the parse written down for its first two words."""
    at, starts, entities = 0, [], []
    while at < len(doc):
        if doc[at].is_space:
            doc[at].dep_, doc[at].pos_ = "dep", "SPACE"
            at += 1
            continue
        rows = PARSES[f"{doc[at].text} {doc[at + 1].text}"]
        starts.append(at)
        for number, (word, lemma, pos, head, relation, entity) in enumerate(rows):
            token = doc[at + number]
            assert token.text == word
            token.lemma_, token.pos_, token.dep_ = lemma, pos, relation
            token.head = doc[at + head]
            if entity and entities and (entities[-1].end, entities[-1].label_) == (token.i, entity):
                entities[-1] = Span(doc, entities[-1].start, token.i + 1, label=entity)
            elif entity:
                entities.append(Span(doc, token.i, token.i + 1, label=entity))
        at += len(rows)
    doc.set_ents(entities)
    return doc


def save_pipeline(folder: Path, *, parses: bool = True) -> str:
    """Save the pipeline in a folder, and give the folder's name."""
    pipeline = spacy.blank("en")
    if parses:
        pipeline.add_pipe("entente_test_parses")
    pipeline.to_disk(folder)
    return str(folder)
