"""Asks the endpoint, once for each text: replies are kept in the user's cache folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import openai
from pydantic import ValidationError

from entente.errors import ArticleError, InputError
from entente.model import Document
from entente_loaders.llm.schema import PROMPT, Reply, prompt_digest, reply_schema

__all__ = ["Client", "Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Which model to ask where. `timeout` counts seconds a try, `tokens` the longest reply, `retries` further tries."""

    model: str
    base_url: str | None
    key: str
    cache: Path
    timeout: float = 120.0
    tokens: int = 8192
    retries: int = 2

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from the variables ENTENTE_LLM_*, with OPENAI_API_KEY in place of a key of our own.

        Raises InputError (135) where a variable is missing or no number.
        """
        given = os.environ if environment is None else environment
        model = given.get("ENTENTE_LLM_MODEL")
        base_url = given.get("ENTENTE_LLM_URL") or None
        key = given.get("ENTENTE_LLM_KEY") or given.get("OPENAI_API_KEY") or ""
        if not model:
            raise InputError(
                135, "ENTENTE_LLM_MODEL names no model", "set it to a model of the endpoint, as in docs/extractors.md"
            )
        if not key and base_url is None:
            raise InputError(
                135, "there is no key for the endpoint", "set ENTENTE_LLM_KEY, or ENTENTE_LLM_URL to a local endpoint"
            )
        home = given.get("XDG_CACHE_HOME") or str(Path(given.get("HOME", "~")).expanduser() / ".cache")
        return cls(
            model=model,
            base_url=base_url,
            key=key or "none",
            cache=Path(home) / "entente" / "llm",
            timeout=_number(given, "ENTENTE_LLM_TIMEOUT", 120.0),
            tokens=int(_number(given, "ENTENTE_LLM_TOKENS", 8192)),
        )


def _number(given: Mapping[str, str], name: str, default: float) -> float:
    try:
        value = float(given.get(name) or default)
    except ValueError:
        value = 0.0
    if value <= 0:
        raise InputError(135, f"{name} is {given.get(name)!r}, which is no positive number", "give a number such as 60")
    return value


class Client:
    """Gives the model's reply to a text; the same text, prompt and model always give the same reply.

    Raises ArticleError where the endpoint does not answer (210), refuses or cuts its reply off (211), or replies something
    that is not of the form asked for (212). Only replies of that form are kept.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._digest = prompt_digest(settings.model)
        self._openai = openai.OpenAI(
            api_key=settings.key, base_url=settings.base_url, timeout=settings.timeout, max_retries=settings.retries
        )

    @property
    def digest(self) -> str:
        """Digest of model, prompt and schema."""
        return self._digest

    def reply(self, document: Document) -> Reply:
        """Give the reply to a document, from the cache where it is there."""
        kept = self._settings.cache / self._digest[:16] / f"{document.sha256}.json"
        if kept.is_file():
            return self._parse(kept.read_text("utf-8"), f"{kept}: the kept reply", "delete that file")
        origin = document.article.origin
        words = self._ask(document.text, origin)
        reply = self._parse(words, f"{origin}: the model's reply", "try again, or use a model that keeps to a JSON schema")
        _keep(kept, words)
        return reply

    def _ask(self, text: str, origin: str) -> str:
        try:
            answer = self._openai.chat.completions.create(
                model=self._settings.model,
                temperature=0,
                seed=0,
                max_tokens=self._settings.tokens,
                messages=[{"role": "system", "content": PROMPT}, {"role": "user", "content": text}],
                response_format={
                    "type": "json_schema",
                    "json_schema": {"name": "events", "schema": reply_schema(), "strict": True},
                },
            )
        except (openai.OpenAIError, ValueError) as error:
            hint = "check ENTENTE_LLM_URL, ENTENTE_LLM_MODEL and the key; ENTENTE_LLM_TIMEOUT gives slow models more seconds"
            raise ArticleError(210, f"{origin}: the model did not answer ({error})", hint) from error
        choice = answer.choices[0] if answer.choices else None
        if choice is None or choice.message.refusal or choice.finish_reason == "content_filter":
            raise ArticleError(211, f"{origin}: the model refused to reply", "use another model for this article")
        if choice.finish_reason == "length":
            hint = f"raise ENTENTE_LLM_TOKENS above {self._settings.tokens}, or split the article"
            raise ArticleError(211, f"{origin}: the model's reply was cut off", hint)
        return choice.message.content or ""

    def _parse(self, words: str, what: str, hint: str) -> Reply:
        try:
            return Reply.model_validate_json(words)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the whole"
            raise ArticleError(212, f"{what} is not of the form asked for ({where}: {first['msg']})", hint) from error


def _keep(path: Path, words: str) -> None:
    """Write at once, so that a run that is stopped leaves no half reply."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as new:
        new.write(words)
    Path(new.name).replace(path)
