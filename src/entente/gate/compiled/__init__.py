"""SHACL shapes compiled to Python functions over an index of triples; SPARQL constraints run on the embedded store.

All of SHACL Core and SPARQL-based constraints (https://www.w3.org/TR/shacl/) but constraint components of one's own; what is
outside raises UnsupportedError, so that nobody mistakes a constraint that was not run for one that held.
"""

from __future__ import annotations

from entente.gate.compiled.compiler import CompiledShapes, UnsupportedError, compile_shapes

__all__ = ["CompiledShapes", "UnsupportedError", "compile_shapes"]
