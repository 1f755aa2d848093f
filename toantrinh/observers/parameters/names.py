"""The lists of names by which parameters are known."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def names() -> dict[str, Any]:
    """The data file: `dated`, `returning`, `endings`, `files`."""
    data: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text(encoding="utf-8"))
    return data


def bare(name: str) -> str:
    """A name as the lists write it; of a key in JSON its last part."""
    return re.sub(r"[^a-z]", "", name.rsplit(".", 1)[-1].lower())


def is_return_name(name: str) -> bool:
    """True for a name that says where to go afterwards."""
    return bare(name) in names()["returning"] or bare(name).endswith(tuple(names()["endings"]))


def is_file_name(name: str) -> bool:
    """True for a name that says which file."""
    return bare(name) in names()["files"]


def printed() -> str:
    """The names of returning as they are printed."""
    return f"{names()['dated']}: {', '.join(names()['returning'])}"
