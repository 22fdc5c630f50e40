"""Reads YAML that other people wrote, which may be broken, or nested until Python gives up."""

from __future__ import annotations

from typing import Any

import yaml

__all__ = ["parse_yaml"]


def parse_yaml(raw: bytes, *, typed: bool = True) -> Any:
    """Read one YAML document in UTF-8; without `typed`, every value stays as it is written.

    Raises ValueError that says in one line what is wrong.
    """
    try:
        return yaml.load(raw.decode("utf-8"), Loader=yaml.SafeLoader if typed else yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ValueError(str(error).splitlines()[0]) from error
