"""Gives the commands of Apache Jena, where Debian's package libapache-jena-java and a Java are installed."""

from __future__ import annotations

import shutil
import socket
import zipfile
from pathlib import Path

__all__ = ["command", "installed"]

_JARS = Path("/usr/share/java")
_NEEDED = (
    *("arq", "base", "cmds", "core", "iri", "rdfconnection", "shacl", "tdb", "tdb2"),
    *("dboe-base", "dboe-index", "dboe-storage", "dboe-trans-data", "dboe-transaction"),
)
_THEIRS = (
    *("caffeine", "commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io", "commons-lang3"),
    *("dexx.collection", "gson", "guava", "httpclient", "httpcore", "jackson-annotations", "jackson-core"),
    *("jackson-databind", "jsonld-java", "libthrift", "protobuf", "slf4j-api", "slf4j-nop", "thrift", "titanium-json-ld"),
)
_MISPLACED = "org/apache/jena/ext/xerces/"


def installed() -> bool:
    """Whether Jena can be started."""
    return shutil.which("java") is not None and all((_JARS / f"jena-{name}.jar").is_file() for name in _NEEDED)


def command(main: str, folder: Path) -> list[str]:
    """How one of Jena's command-line programs is started, such as `tdb2.tdbloader`.

    `folder` is a folder to work in. Debian's 4.5.0 has moved the classes of Xerces to `xerces`, but left their messages
    where Jena has them, so that every program ends with "Couldn't load messages": they are put where they are looked for.
    Jena also asks the name service for this machine's name, which may take ten seconds: the answer is in a file.
    """
    place = folder / "jena"
    if not place.exists():
        place.mkdir(parents=True)
        (place / "hosts").write_text(f"127.0.0.1 localhost {socket.gethostname()}\n")
        with zipfile.ZipFile(_JARS / "jena-core.jar") as archive:
            for name in archive.namelist():
                if name.startswith(_MISPLACED) and name.endswith(".properties"):
                    target = place / "xerces" / name.removeprefix(_MISPLACED)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(name))
    jars = [str(_JARS / f"{name}.jar") for name in (*(f"jena-{each}" for each in _NEEDED), *_THEIRS)]
    return ["java", f"-Djdk.net.hosts.file={place / 'hosts'}", "-cp", ":".join([str(place), *jars]), main]
