"""The resources: each module is one, by its model and the name of its card."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from entente.api.rest.resource import Resource

__all__ = ["resources"]


@cache
def resources() -> tuple[Resource, ...]:
    """Give the resources, by name: those of all modules beside this one."""
    return tuple(import_module(f"{__name__}.{module.name}").RESOURCE for module in iter_modules(__path__))
