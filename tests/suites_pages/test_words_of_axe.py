"""Every rule of axe that may be broken in a verdict has its words in Vietnamese."""

from __future__ import annotations

from playwright.sync_api import Page

from suites.accessibility.findings import said
from toantrinh.observations.site import RuleFacts
from toantrinh.observers.site.axe import TAGS, _source

RULES = """(tags) => axe.getRules(tags).map((rule) => rule.ruleId)"""
NEVER = {"frame-tested", "duplicate-id", "duplicate-id-active", "audio-caption"}


def test_each_rule_is_said_in_vietnamese(page: Page) -> None:
    page.set_content("<p>Trang</p>")
    page.evaluate(_source())
    rules: list[str] = page.evaluate(RULES, list(TAGS))
    english = RuleFacts(rule="", help="English", impact="", tags=(), elements=(), count=0)
    missing = [rule for rule in rules if said(english.model_copy(update={"rule": rule})) == "English"]
    assert len(rules) > 50 and set(missing) <= NEVER, missing
    assert said(english.model_copy(update={"rule": "of-tomorrow"})) == "English"
