"""What the commands need besides the store: reference data, extractor and gate, from the bundled files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from entente import resources
from entente.errors import InputError
from entente.index import BaseData, ReferenceIndex, load_base
from entente.model import Extractor, Gate
from entente_loaders.pipeline import Steps

__all__ = ["Workbench", "open_steps"]


@dataclass(frozen=True, slots=True)
class Workbench:
    """The base data and its index; the rest is made of them when it is needed."""

    base: BaseData
    index: ReferenceIndex

    @classmethod
    def open(cls) -> Workbench:
        """Read the base data."""
        base = load_base(resources.root())
        return cls(base, ReferenceIndex(base))

    def extractor(self, name: str = "rules") -> Extractor:
        """Make the extractor of that name among the entry points of the group `entente.extractors`.

        Names joined by "+" make an ensemble. Raises InputError for an unknown name (127), and for an extractor whose
        packages are not installed (136).
        """
        parts = [self._extractor(part) for part in name.split("+")]
        if len(parts) == 1:
            return parts[0]
        from entente_loaders.ensemble import Ensemble  # noqa: PLC0415 - few need it

        return Ensemble(parts)

    def _extractor(self, name: str) -> Extractor:
        found = {point.name: point for point in entry_points(group="entente.extractors")}
        if name not in found:
            raise InputError(127, f"no extractor is named '{name}'", f"there are: {', '.join(sorted(found))}")
        try:
            factory = found[name].load()
        except ModuleNotFoundError as error:
            hint = f"pip install 'entente[{name}]'"
            raise InputError(136, f"the extractor '{name}' needs the package {error.name}", hint) from error
        made: Extractor = factory(self.index)
        return made

    def gate(self, shapes: Iterable[Path] | None = None) -> Gate:
        """Make the gate of these files of shapes, or of the bundled ones."""
        from entente.gate import ShaclGate, load_shapes  # noqa: PLC0415 - pyshacl takes a second, which not all need

        files = resources.folder("shapes").glob("*.ttl") if shapes is None else shapes
        return ShaclGate(load_shapes(files, self.base.graphs["ontology"]), self.index)

    def steps(self, extractor: str = "rules") -> Steps:
        """Make all that an article goes through before the store."""
        return Steps(self.extractor(extractor), self.index, self.gate())


def open_steps(extractor: str) -> Steps:
    """Make the steps from the bundled files, in whichever process is to run them."""
    return Workbench.open().steps(extractor)
