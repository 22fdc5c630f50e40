"""Reads YAML as YAML 1.2 does, where `on`, `off`, `yes` and `no` are plain words."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import yaml

__all__ = ["parse"]


if TYPE_CHECKING:
    _SafeLoader = yaml.SafeLoader
else:
    # libyaml reads our thirty files in a tenth of the time; not every build of PyYAML has it.
    _SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):
    """A safe loader for which only `true` and `false` are truth values, and a key that stands twice is a mistake."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Make a mapping; YAML itself would let the later of two equal keys win."""
        made = super().construct_mapping(node, deep)
        if len(made) < len(node.value):
            keys = [str(key.value) for key, _ in node.value]
            twice = sorted({key for key in keys if keys.count(key) > 1})
            raise yaml.constructor.ConstructorError(None, None, f"{', '.join(twice)} stands twice", node.start_mark)
        return made


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def parse(source: str) -> Any:
    """Parse one YAML document of our own."""
    return yaml.load(source, Loader=_Loader)
