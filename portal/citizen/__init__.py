"""The citizens' side: from the search box to the returned result."""

from portal.citizen import (
    dossier_pages,
    drafting,
    fee_step,
    home,
    papers_step,
    personal,
    procedures,
    signing_in,
    signing_step,
)
from portal.citizen.pages import blueprint

__all__ = [
    "blueprint",
    "dossier_pages",
    "drafting",
    "fee_step",
    "home",
    "papers_step",
    "personal",
    "procedures",
    "signing_in",
    "signing_step",
]
