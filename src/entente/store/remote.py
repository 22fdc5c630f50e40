"""A store behind the URL of any SPARQL 1.1 endpoint, spoken to through SPARQLWrapper."""

from __future__ import annotations

import io
import urllib.error
from collections.abc import Iterator, Sequence
from contextlib import suppress
from http.client import HTTPException
from typing import BinaryIO

import pyoxigraph as ox
from SPARQLWrapper import BASIC, DIGEST, INSERT, POST, SELECT, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from entente.errors import QueryError, StoreError
from entente.model.graph import Change, Solutions
from entente.model.rdf import Iri, Quad, Term, Triple
from entente.store.formats import GRAPH_TYPES, RESULT_TYPES, choose, parse, serialise
from entente.store.portions import portions
from entente.store.question import Begin, Question
from entente.store.search import filtered, write_out
from entente.store.sparql import is_of_graphs, is_update, not_acceptable, pattern_query, refuse_service, scope, update_text
from entente.store.terms import from_term
from entente.store.virtuoso import FOREIGN, WITHOUT_TERMS, as_we_spell, graphs_to_list, ours

__all__ = ["RemoteStore"]

_JSON, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_TRIPLES_AN_OPERATION = 1000
"""Triples in one operation of an update request: Virtuoso's parser runs out of memory at 5,000."""
_CHARACTERS_A_REQUEST = 4_000_000
"""Length of an update request to Virtuoso, which takes at most 10 MB."""
_VIRTUOSO_ASK = "__ASK_RETVAL"
"""The variable in whose one row Virtuoso answers some ASKs."""


class RemoteStore:
    """A Store at a SPARQL 1.1 endpoint; without `update_url` it can only be read.

    `auth` is a user name and password for HTTP Basic, or Digest where Virtuoso wants it; `timeout` counts seconds without a
    byte from the other side; `agent` is what the client calls itself.
    The endpoint must keep its default graph apart from its named graphs: a union would count repeated facts twice. For one
    that does not, `default_graph` names a graph that stands for the default graph.
    """

    def __init__(
        self,
        query_url: str,
        update_url: str | None = None,
        auth: tuple[str, str] | None = None,
        *,
        timeout: int = 60,
        agent: str | None = None,
        default_graph: Iri | None = None,
    ) -> None:
        self._query_url = query_url
        self._update_url = update_url
        self._auth = auth
        self._timeout = timeout
        self._agent = agent
        self._default_graph = default_graph
        self._server: str | None = None

    def apply(self, change: Change) -> None:
        """Remove, then insert, in one update request, which SPARQL 1.1 Update §3 wants carried out whole or not at all.

        A change that is too long for Virtuoso goes there in several, see portions().
        """
        url = self._writable()
        if change:
            most = None if self._default_graph is None else _CHARACTERS_A_REQUEST
            for portion in portions(change, most) if most else (change,):
                text = update_text(portion, self._default_graph, _TRIPLES_AN_OPERATION if most else None)
                self._send(url, text, INSERT, "*/*")

    def quads(
        self,
        subject: Iri | None = None,
        predicate: Iri | None = None,
        object: Term | None = None,
        graph: Iri | None = None,
        *,
        default_graph: bool = False,
    ) -> Iterator[Quad]:
        """The quads that match; None matches all. `default_graph` restricts to the default graph."""
        found = self.select(
            pattern_query(subject, predicate, object, graph, default_graph=default_graph, condition=self._named_only)
        )
        for row in found.rows:
            terms = dict(zip(found.variables, row, strict=True))
            yield Quad(
                subject or terms["s"],  # type: ignore[arg-type]
                predicate or terms["p"],  # type: ignore[arg-type]
                terms["o"] if object is None else object,  # type: ignore[arg-type]
                None if default_graph else graph or terms.get("g"),  # type: ignore[arg-type]
            )

    def graphs(self) -> tuple[Iri, ...]:
        """The named graphs that hold something, sorted."""
        rows = self.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }").rows
        own = (name for (name,) in rows if isinstance(name, Iri) and not name.startswith(FOREIGN))
        return tuple(sorted(name for name in own if name != self._default_graph))

    @property
    def _named_only(self) -> str | None:
        return None if self._default_graph is None else ours(self._default_graph)

    def server(self) -> str:
        """What the endpoint calls itself in its answers, in lower case; empty as long as it gives none."""
        if self._server is None:
            with suppress(StoreError, QueryError):  # whoever uses the store will hear of it
                self._send(self._query_url, "SELECT * WHERE { ?s ?p ?o } LIMIT 1", SELECT, _JSON)
        return (self._server or "").lower()

    def select(self, query: str) -> Solutions:
        """Run a SELECT of our own making."""
        answer = self._results(write_out(query, filtered))
        if not isinstance(answer, ox.QuerySolutions):
            raise self._nonsense("a SELECT")
        rows = (tuple(None if term is None else as_we_spell(from_term(term)) for term in row) for row in answer)
        return Solutions(tuple(variable.value for variable in answer.variables), tuple(rows))

    def ask(self, query: str) -> bool:
        """Run an ASK of our own making."""
        answer = self._results(write_out(query, filtered))
        if isinstance(answer, ox.QuerySolutions) and [v.value for v in answer.variables] == [_VIRTUOSO_ASK]:
            return any(term is not None and term.value == "1" for row in answer for term in row)
        if not isinstance(answer, ox.QueryBoolean):
            raise self._nonsense("an ASK")
        return bool(answer)

    def construct(self, query: str) -> tuple[Triple, ...]:
        """Run a CONSTRUCT of our own making; sorted, without repeats."""
        _, body = self._send(self._query_url, write_out(query, filtered), SELECT, _TRIPLES)
        found = {quad.triple for quad in parse(body, _TRIPLES, origin=f"the answer of {self._query_url}")}
        return tuple(sorted(found, key=Triple.n3))

    def answer(self, query: str, accept: Sequence[str]) -> tuple[str, bytes]:
        """Run anybody's query; the endpoint serialises the answer as the first media type of `accept` that fits its form.

        Raises QueryError for an update, a SERVICE call, a syntax error, and (status 406) for an `accept` that does not fit.
        """
        return self._answer(Question(query, tuple(accept)))

    def evaluate(self, question: Question, begin: Begin, sink: BinaryIO) -> None:
        """Run anybody's query; `begin` is told the media type, then `sink` gets the answer.

        The endpoint resolves relative IRIs by its own rules. Raises QueryError as answer() does.
        """
        media_type, body = self._answer(question)
        begin(media_type)
        sink.write(body)
        sink.flush()

    def update(self, text: str, base: str | None = None, relay: str | None = None) -> None:  # noqa: ARG002 - it has no base
        """Run an update that check_update let through or that is of our own making; SPARQL 1.1 Update §3 wants it whole.

        The protocol cannot say a base. Raises QueryError for a text that cannot be read and for LOAD, since the endpoint
        does not reach our `relay`; StoreError for an endpoint that was opened for reading only.
        """
        if relay is not None and relay in text:
            raise QueryError(322, "LOAD is refused over an endpoint", "send the document to /store", status=403)
        self._send(self._writable(), text, INSERT, "*/*")

    def _answer(self, question: Question) -> tuple[str, bytes]:
        refuse_service(question.text)
        if is_update(question.text):
            raise QueryError(311, "updates are refused here", "only SELECT, ASK, CONSTRUCT and DESCRIBE are run")
        accept = question.accept
        # offer the endpoint the type that fits the form: Virtuoso would write a table as a graph that describes it
        graphs = is_of_graphs(question.text)
        best = (
            None if graphs is True else choose(accept, RESULT_TYPES),
            None if graphs is False else choose(accept, GRAPH_TYPES),
        )
        wanted = [media_type for media_type in best if media_type is not None]
        if not wanted:
            offered = {True: GRAPH_TYPES, False: RESULT_TYPES, None: (*RESULT_TYPES, *GRAPH_TYPES)}
            raise not_acceptable(accept, offered[graphs])
        dataset = [("default-graph-uri", name) for name in question.default_graphs or ()]
        dataset += [("named-graph-uri", name) for name in question.named_graphs or ()]
        rewrite = self._default_graph is not None and best[0] in WITHOUT_TERMS
        if rewrite:
            wanted[0] = _JSON
        text = write_out(question.text, filtered)
        media_type, body = self._send(self._query_url, text, SELECT, ", ".join(wanted), dataset)
        if rewrite and media_type == _JSON and best[0]:
            written = io.BytesIO()
            self._read_results(body).serialize(written, ox.QueryResultsFormat.from_media_type(best[0]))
            return best[0], written.getvalue()
        if media_type in GRAPH_TYPES and best[1]:
            return best[1], serialise({quad.triple for quad in parse(body, media_type)}, best[1])
        if media_type not in wanted:
            raise not_acceptable(accept, (media_type,))
        return media_type, body

    def dump(self, sink: BinaryIO, media_type: str, graph: Iri | None = None) -> None:
        """Write the dataset (or one named graph) out, in a fixed order of statements.

        A format of triples holds one graph: the default graph, if none is given.
        """
        sink.write(serialise(scope(self, media_type, graph), media_type))

    def __len__(self) -> int:
        if self._default_graph is not None:
            return sum(1 for _ in self.quads())
        query = "SELECT (COUNT(*) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
        return self.select(query).number

    def close(self) -> None:
        """Nothing is held open between requests."""

    def _writable(self) -> str:
        """The URL that updates go to."""
        if self._update_url is None:
            hint = "name its update URL too, or load into a store of your own"
            raise StoreError(504, f"{self._query_url} was opened for reading only", hint)
        return self._update_url

    def _results(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean:
        _, body = self._send(self._query_url, query, SELECT, _JSON)
        return self._read_results(body)

    def _read_results(self, body: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
        try:
            return ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise self._nonsense("SPARQL results in JSON") from error

    def _nonsense(self, expected: str) -> StoreError:
        return StoreError(
            507, f"{self._query_url} did not answer with {expected}", "check that this is a SPARQL 1.1 endpoint"
        )

    def _send(
        self, url: str, text: str, kind: str, accept: str, parameters: Sequence[tuple[str, str]] = ()
    ) -> tuple[str, bytes]:
        """Post a text and give the media type and body of the answer."""
        wrapper = SPARQLWrapper(url) if self._agent is None else SPARQLWrapper(url, agent=self._agent)
        wrapper.setOnlyConneg(True)
        wrapper.setMethod(POST)
        wrapper.setTimeout(self._timeout)
        wrapper.addCustomHttpHeader("Accept", accept)
        for name, value in parameters:
            wrapper.addParameter(name, value)
        if self._auth is not None:
            wrapper.setCredentials(*self._auth)
            # Virtuoso asks for the password only here, and only by Digest
            wrapper.setHTTPAuth(DIGEST if url.endswith("-auth") else BASIC)
        if self._default_graph is not None and kind == SELECT:
            wrapper.addDefaultGraph(self._default_graph)
            # Virtuoso then finds graphs by a variable, but none by its name that the request does not list
            for name in graphs_to_list(text):
                wrapper.addNamedGraph(name)
        # setQuery() would guess the kind from the text, and so could be led to send a query to the update endpoint
        wrapper.queryString, wrapper.queryType = text, kind
        try:
            with wrapper.query().response as response:
                self._server = response.headers.get("Server", "")
                if limit := response.headers.get("X-SPARQL-MaxRows"):
                    raise StoreError(
                        512,
                        f"{url} gives no more than {limit} rows of an answer that has more",
                        "raise ResultSetMaxRows in the section [SPARQL] of virtuoso.ini",
                    )
                return response.headers.get_content_type(), response.read()
        except QueryBadFormed as error:
            _close(error)
            raise QueryError(310, f"{url} cannot read the request: {_reply(error)}", "correct the SPARQL text") from error
        except (SPARQLWrapperException, urllib.error.HTTPError) as error:
            _close(error)
            if isinstance(error, urllib.error.HTTPError) and error.code == 406:
                raise not_acceptable((accept,), (*RESULT_TYPES, *GRAPH_TYPES)) from error
            raise StoreError(
                503, f"{url} refused the request: {_reply(error)}", "check the address and the password"
            ) from error
        except (OSError, HTTPException) as error:
            hint = f"see whether it runs: curl -I {url}"
            raise StoreError(503, f"{url} cannot be reached: {error}", hint) from error


def _close(error: Exception) -> None:
    """Close the connection that an error still holds, its own or that of the HTTP error it was made of."""
    for each in (error, error.__context__):
        if isinstance(each, urllib.error.HTTPError):
            each.close()


def _reply(error: Exception) -> str:
    """Shorten what an endpoint answered to one line."""
    return " ".join(str(error).split())[:300]
