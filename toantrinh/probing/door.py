"""The way to the log-in: what it offers, and to whose host it leads. That host is named and never entered."""

from __future__ import annotations

from toantrinh.driver.eyes import View
from toantrinh.journey.identity import TEXT_ROLES, password_field
from toantrinh.probing.found import LogInSeen, Way
from toantrinh.probing.read_only import same_place
from toantrinh.probing.scout import Scout


def log_in_seen(scout: Scout) -> LogInSeen:
    """What the log-in page shows, or where it leads away to."""
    who = scout.who
    home = scout.home()
    control = who.find(home, "log-in", least=50)
    if control is None:
        return LogInSeen(way=Way(intent="log-in"))
    way = scout.way("log-in", control)
    if control.href.startswith("http"):
        led = scout.leads_to(control.href)
        if not same_place(led[-1], scout.base_url):
            return LogInSeen(way=way, leads_to=scout.elsewhere(led))
        view = who.go(control.href)
    else:
        before = len(scout.guard.departures)
        view = who.press(home, control)
        if departed := scout.guard.departures[before:]:
            return LogInSeen(way=way, leads_to=scout.elsewhere(departed))
    scout.keep(view, log_in_expected=True)
    everywhere = {c.href for c in home.controls if c.href}
    return _page_of(scout, view, way.model_copy(update={"address": view.address}), everywhere)


def _page_of(scout: Scout, view: View, way: Way, everywhere: set[str]) -> LogInSeen:
    """What the log-in page offers; links that stand on the home page, too, are no ways to log in."""
    who = scout.who
    ways = view.ranked(
        who.lexicon["log-in-national"], where=lambda c: view.in_body(c) and c.href not in everywhere, least=45
    )
    led = [address for one in ways if one.href.startswith("http") for address in scout.leads_to(one.href)]
    return LogInSeen(
        way=way,
        offers=tuple(dict.fromkeys(one.label for one in ways)),
        asks_password=password_field(view) is not None,
        captcha=view.best(who.lexicon["captcha"], roles=TEXT_ROLES, least=50) is not None,
        leads_to=scout.elsewhere(led),
    )
