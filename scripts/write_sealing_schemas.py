"""Writes the JSON Schemas of sealed dossiers and of profiles from the types that read them.

    python scripts/write_sealing_schemas.py

They are kept; a test holds that they say the same as the types.
"""

import json
from pathlib import Path
from typing import Any

from safeconduct.dossier.profiles.schema import FILE, profile_schema
from safeconduct.dossier.sealing.formats import FORMATS
from safeconduct.dossier.sealing.schemas import json_schema

DOSSIER = Path(__file__).parent.parent / "src/safeconduct/dossier"


def main() -> None:
    for name, (form, schema, title) in FORMATS.items():
        write(DOSSIER / "sealing" / "shipped" / name, json_schema(form, schema, title))
    write(DOSSIER / "profiles" / "shipped" / FILE, profile_schema())


def write(file: Path, schema: dict[str, Any]) -> None:
    """One schema, as it is kept."""
    file.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(file.name)


if __name__ == "__main__":
    main()
