"""JSON Schemas of criteria sets, of the catalogue of checks and of the scorecard, made from their models.

`python -m toantrinh.judging_schemas` writes them anew; a test says when a committed one is out of date.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from toantrinh.criteria import CRITERIA_FOLDER
from toantrinh.criteria_model import Catalogue, CriteriaSet
from toantrinh.scorecard import SCHEMA_FILE, SCHEMA_VERSION, Scorecard

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[Path, dict[str, Any]]:
    """Each published schema by the file that it is kept in."""
    return {
        CRITERIA_FOLDER / "criteria.schema.json": _criteria_schema(),
        CRITERIA_FOLDER / "checks.schema.json": _without_fingerprint(_of(Catalogue, "checks", "1.0")),
        SCHEMA_FILE: _of(Scorecard, "scorecard", SCHEMA_VERSION, "serialization"),
    }


def as_text(schema: dict[str, Any]) -> str:
    """A schema as it is committed."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _of(model: type[BaseModel], name: str, version: str, mode: Any = "validation") -> dict[str, Any]:
    head = {"$schema": DIALECT, "$id": f"urn:toantrinh:{name}:{version}"}
    return head | model.model_json_schema(mode=mode, by_alias=True)


def _criteria_schema() -> dict[str, Any]:
    schema = _without_fingerprint(_of(CriteriaSet, "criteria", "1.0"))
    parts = schema["$defs"]
    parts["CheckShare"] = {"anyOf": [{"type": "string"}, parts["CheckShare"]]}
    return schema


def _without_fingerprint(schema: dict[str, Any]) -> dict[str, Any]:
    """Fingerprints are taken from the file, never written in it."""
    del schema["properties"]["sha256"]
    return schema


if __name__ == "__main__":
    for path, schema in schemas().items():
        path.write_text(as_text(schema), encoding="utf-8", newline="\n")
