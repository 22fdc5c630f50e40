"""For whoever runs the service: whether it is ready, and its numbers in Prometheus' text format."""

from __future__ import annotations

from fastapi import APIRouter, Response

from entente.engine import Engine
from entente.store import Question

__all__ = ["router"]

_METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def router(engine: Engine) -> APIRouter:
    """The routes over one engine."""
    routes = APIRouter(tags=["service"])

    @routes.get("/readyz", summary="Whether queries are answered", status_code=204, response_class=Response)
    async def ready() -> Response:
        await engine.ask(Question("ASK {}"), "readiness")
        return Response(status_code=204)

    @routes.get("/metrics", summary="Numbers for Prometheus", response_class=Response)
    async def metrics() -> Response:
        return Response("\n".join(_lines(engine)) + "\n", headers={"Content-Type": _METRICS_TYPE})

    return routes


def _lines(engine: Engine) -> list[str]:
    register, pool = engine.register, engine.pool
    outcomes = {f'{{outcome="{outcome}"}}': count for outcome, count in sorted(register.outcomes.items())}
    told: list[tuple[str, str, str, dict[str, float]]] = [
        ("entente_queries_total", "counter", "Queries that have ended, by outcome", dict(outcomes)),
        ("entente_query_seconds_total", "counter", "Seconds that queries have run", {"": round(register.seconds, 6)}),
        ("entente_queries_running", "gauge", "Queries that run now", {"": len(register.active())}),
        ("entente_queries_waiting", "gauge", "Queries that wait for a reader", {"": pool.waiting}),
        ("entente_readers", "gauge", "Readers that are up", {"": pool.size}),
    ]
    if engine.version is not None:
        told.append(("entente_dataset_version", "gauge", "Number of the newest version", {"": engine.version}))
    lines = []
    for name, kind, text, samples in told:
        lines += [f"# HELP {name} {text}", f"# TYPE {name} {kind}"]
        lines += [f"{name}{labels} {value}" for labels, value in samples.items()]
    return lines
