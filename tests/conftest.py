"""What the whole suite shares: the folder of check data, and the rule about skips in CI."""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    """Heed SIGINT, and let children do so: a suite that is started in the background has it ignored (POSIX sh, 2.11).

    No example of hypothesis fails for having taken long: that tells of the load of the machine.
    """
    settings.register_profile("suite", deadline=None)
    settings.load_profile("suite")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def require(condition: object, reason: str) -> None:
    """Skip the test for a missing program or folder, or fail it where everything must be there."""
    if condition:
        return
    if os.environ.get("ENTENTE_REQUIRE_ALL") == "1":
        pytest.fail(f"ENTENTE_REQUIRE_ALL=1, but {reason}")
    pytest.skip(reason)


def load_script(path: Path) -> ModuleType:
    """Load a script as a module; it finds those beside it, as when it is run."""
    spec = importlib.util.spec_from_file_location(f"script_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.append(str(path.parent))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
    return module


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of third-party check data beside the checkout."""
    folder = ROOT.parent / "shared"
    require(folder.is_dir(), "there is no ../shared folder beside the checkout")
    return folder


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an `oxigraph serve` of our own; a test empties it before it begins."""
    from servers import oxigraph

    with oxigraph(tmp_path_factory.mktemp("server")) as location:
        yield location.removeprefix("sparql+").removesuffix("/query")
