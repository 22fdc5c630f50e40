"""The hook of each build: bundles the scripts of the pages; compiles the pipeline where ENTENTE_COMPILE=1 asks for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.append(str(Path(__file__).parent))

from bundle import bundle
from compile import compile_into, libraries


def _compiling(target: str) -> bool:
    return target == "wheel" and os.environ.get("ENTENTE_COMPILE") == "1"


class BuildHook(BuildHookInterface[Any]):
    """Makes what the wheel holds beside the sources; a source distribution holds what it is made of."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Tell what the build needs beside hatchling and Node."""
        return ["mypy>=1.13", "setuptools>=70"] if _compiling(self.target_name) else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the bundle, and the compiled modules of a wheel that is not editable."""
        root = Path(self.root)
        if self.target_name == "wheel":
            bundle(root)
        if _compiling(self.target_name) and version != "editable":
            compile_into(root, root / "build/compiled")
            build_data["force_include"].update(libraries(root / "build/compiled"))
            build_data["pure_python"] = False
            build_data["infer_tag"] = True
