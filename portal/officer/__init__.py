"""The officers' side: log-in, queue, dossiers and what is done with them, feedback to answer."""

from portal.officer import actions, desk, dossier_page, login, queue
from portal.officer.pages import blueprint

__all__ = ["actions", "blueprint", "desk", "dossier_page", "login", "queue"]
