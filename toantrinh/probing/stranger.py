"""A system of which nothing is known but its address."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from toantrinh.driver.lexicon import fold
from toantrinh.system_model import Service, System
from toantrinh.systems import load_system

NO_SERVICE = Service(code="0", name="thủ tục", declared="thông tin")
GENERAL = ("www", "dichvucong", "dvc", "dvctt", "motcua", "portal", "cong", "gov", "com", "vn", "org", "net", "edu")


def system_at(base_url: str) -> System:
    """The system at an address, with all that every system inherits. Raises UserMistake for an address that is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name_of(base_url)}.yaml"
        path.write_text(f"name: {json.dumps(base_url)}\nbase_url: {json.dumps(base_url)}\n", encoding="utf-8")
        return load_system(str(path))


def name_of(base_url: str) -> str:
    """A short name for the system's file: `hue` for https://dichvucong.hue.gov.vn."""
    host = urlsplit(base_url).hostname or ""
    parts = [part for part in re.split(r"[.:]", host) if part]
    telling = [part for part in parts if part not in GENERAL and not part.isdigit()]
    words = telling[:2] if telling else parts
    return re.sub(r"[^a-z0-9]+", "-", fold("-".join(words)).replace(" ", "-")).strip("-") or "system"
