"""What the portal tells everybody: help, lookup, feedback, figures, site map, English version."""

from __future__ import annotations

from portal.information import english, feedback_pages, figures_page, help_pages, lookup, site_map

blueprints = [module.blueprint for module in (help_pages, lookup, feedback_pages, figures_page, site_map, english)]
