"""The small portals of the pages' checks, seen here too."""

from __future__ import annotations

from tests.suites_pages.conftest import site_of

__all__ = ["site_of"]
