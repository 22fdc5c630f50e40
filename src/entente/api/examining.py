"""The worker's side of POST /validate: examines what was sent, in a process that may be killed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from entente import resources
from entente.errors import RefusedError
from entente.gate import Shapes
from entente.gate.examination import Examiner, ShapeSet
from entente.gate.locations import RdfDocument
from entente.gate.presentation import present
from entente.gate.profiles import CORE, profile_files
from entente.gate.terminology import Terminology
from entente.index import ReferenceIndex, load_base
from entente.model import Quad

__all__ = ["Job", "Upload", "make"]

_LARGEST_REPORT = 256 << 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A document as it was sent."""

    origin: str
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Job:
    """What to examine, either sent or quads of the store under their graph's name, by which shapes; and the format to write.

    Without shapes and profiles, the core is meant.
    """

    form: str
    sent: Upload | None = None
    stored: tuple[str, tuple[Quad, ...]] | None = None
    shapes: tuple[Upload, ...] = ()
    profiles: tuple[str, ...] = ()


def make() -> Callable[[Job], bytes]:
    """Read the base data, and give what does jobs."""
    base = load_base(resources.root())
    index = ReferenceIndex(base)
    terminology = Terminology(triple for graph in base.graphs.values() for triple in graph)
    ontology = base.graphs["ontology"]

    @lru_cache(maxsize=8)
    def bundled(profiles: tuple[str, ...]) -> ShapeSet:
        return ShapeSet.read(profile_files(resources.folder("shapes"), profiles), ontology)

    def work(job: Job) -> bytes:
        if job.shapes:
            triples = []
            for number, upload in enumerate(job.shapes):
                found = RdfDocument.read(upload.origin, upload.data, upload.media_type, f"u{number}-")
                triples += [quad.triple for quad in found.quads]
            if job.profiles:
                triples += bundled(job.profiles).triples
            shapes = ShapeSet(tuple(triples), Shapes(triples, ontology))
        else:
            shapes = bundled(job.profiles or (CORE,))
        if job.sent is not None:
            document = RdfDocument.read(job.sent.origin, job.sent.data, job.sent.media_type)
        else:
            assert job.stored is not None
            document = RdfDocument(*job.stored)
        examined = list(Examiner(shapes, terminology, index).each(document))
        for item in examined:
            if not item.report.checked:
                hint = "give data of the classes that the shapes are about, or other shapes"
                raise RefusedError(423, f"{item.name}: the shapes found nothing to check", hint)
        report = present(examined, job.form)
        if len(report) > _LARGEST_REPORT:
            hint = "correct what is found most often first, or run `entente validate` on a machine of your own"
            raise RefusedError(422, f"the report is larger than {_LARGEST_REPORT} bytes", hint, status=413)
        return report

    return work
