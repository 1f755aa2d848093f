"""The browser that a run saw the system with."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

BROWSER = "browser"  # the observation's key


class BrowserFacts(BaseModel):
    """What a page can look different by, though nobody changed it.

    `fonts`: the face that the browser draws Vietnamese with, by family that a page may ask for; empty where it does not
    tell (only Chromium does).
    """

    model_config = ConfigDict(frozen=True)

    engine: str
    version: str
    fonts: dict[str, str] = {}

    @property
    def name(self) -> str:
        """As a report has it, such as “chromium 150.0.7871.100”."""
        return f"{self.engine} {self.version}"
