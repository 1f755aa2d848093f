"""Plugs the rooms together: options, the run, observations and verdicts live in fixtures/."""

from __future__ import annotations

pytest_plugins = [
    "fixtures.options",
    "fixtures.run",
    "fixtures.collection",
    "fixtures.workers",
    "fixtures.progress",
    "fixtures.verdicts",
    "fixtures.closing",
    "fixtures.report_page",
    "fixtures.browser",
    "fixtures.journeys",
    "fixtures.mistakes",
    "fixtures.catalogue",
    "fixtures.looking",
    "fixtures.pages",
    "fixtures.keyboard",
    "fixtures.second_dossier",
    "fixtures.failed_submissions",
    "fixtures.interference",
    "fixtures.figures",
    "fixtures.public_scenarios",
    "fixtures.colours",
    "fixtures.reading",
    "fixtures.addresses",
    "fixtures.geometry",
    "fixtures.links",
    "fixtures.tour",
    "fixtures.by_keyboard",
    "fixtures.translation",
]
