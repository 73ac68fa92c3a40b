"""What the README shows is what the commands print, and what it links to is there."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_demo_prints_what_the_readme_shows(tmp_path: Path) -> None:
    recipe = re.search(r"^demo:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert recipe
    command = recipe[1].replace("\\\n", " ").replace("$(BIN)", str(Path(sys.executable).parent))
    command = command.replace("\t@", "").replace("build/demo", str(tmp_path))
    done = subprocess.run(
        ["sh", "-ec", command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    shown = re.findall(r"```text\n(.*?)```", README, re.DOTALL)[0]
    printed = done.stdout.replace(str(tmp_path), "build/demo")
    for part in shown.split("[…]\n"):
        assert part.strip("\n") in printed
    assert (tmp_path / "vetting.json").stat().st_size > 10_000
    assert (tmp_path / "dossier.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert "<script" not in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_every_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
