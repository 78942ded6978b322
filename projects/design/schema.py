"""The published JSON Schema of the design file."""

import json
from typing import Any

from projects.design.tree import FORMAT, Design


def design_schema() -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Data Design file, format {FORMAT}",
        **{name: value for name, value in Design.model_json_schema().items() if name != "title"},
    }


def design_schema_text() -> str:
    return json.dumps(design_schema(), indent=2, ensure_ascii=False) + "\n"
