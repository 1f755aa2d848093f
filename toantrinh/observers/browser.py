"""What the browser of a run is: its version, and the fonts that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toantrinh.observations.browser import BrowserFacts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FAMILIES = ("serif", "sans-serif", "monospace", "Arial", "Times New Roman", "Courier New")
_LETTERS = "Thủ tục hành chính: Ư ơ ă Ệ"


def observe_browser(browser: Browser) -> BrowserFacts:
    """Asks the browser itself; no page of a system is opened."""
    engine = browser.browser_type.name
    fonts: dict[str, str] = {}
    if engine == "chromium":
        context = browser.new_context()
        try:
            fonts = _fonts(context.new_page())
        finally:
            context.close()
    return BrowserFacts(engine=engine, version=browser.version, fonts=fonts)


def _fonts(page: Page) -> dict[str, str]:
    lines = "".join(f"<p style='font-family:\"{name}\"'>{_LETTERS}</p>" for name in FAMILIES[3:])
    generic = "".join(f"<p style='font-family:{name}'>{_LETTERS}</p>" for name in FAMILIES[:3])
    page.set_content(generic + lines)
    protocol = page.context.new_cdp_session(page)
    protocol.send("DOM.enable")
    protocol.send("CSS.enable")
    root = protocol.send("DOM.getDocument")["root"]["nodeId"]
    nodes = protocol.send("DOM.querySelectorAll", {"nodeId": root, "selector": "p"})["nodeIds"]
    return dict(zip(FAMILIES, (_most_used(protocol, node) for node in nodes), strict=True))


def _most_used(protocol: Any, node: int) -> str:
    used = protocol.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return str(max(used, key=lambda font: font["glyphCount"])["familyName"]) if used else ""
