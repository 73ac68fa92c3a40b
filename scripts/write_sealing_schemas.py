"""Writes the JSON Schemas of sealed dossiers from the types that read them.

    python scripts/write_sealing_schemas.py

They are kept; a test holds that they say the same as the types.
"""

import json
from pathlib import Path

from safeconduct.dossier.sealing.formats import FORMATS
from safeconduct.dossier.sealing.schemas import json_schema

SHIPPED = Path(__file__).parent.parent / "src/safeconduct/dossier/sealing/shipped"


def main() -> None:
    for name, (form, schema, title) in FORMATS.items():
        text = json.dumps(json_schema(form, schema, title), indent=2, ensure_ascii=False) + "\n"
        (SHIPPED / name).write_text(text, encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
