"""Stands in for the national measuring host, inside the browser: figures of a test must never reach the real one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Route

HOST = "f-emc.ngsp.gov.vn"
ADDRESS = re.compile(rf"^https?://{re.escape(HOST)}(?:[:/?#]|$)", re.I)
SCRIPT = """(function () {
  var early = window._govaq, set = {};
  function send(more) {
    if (!set.setTrackerUrl) return;
    var all = { idsite: set.setSiteId || '', url: location.href, title: document.title }, parts = [];
    for (var name in more) all[name] = more[name];
    for (var key in all) parts.push(encodeURIComponent(key) + '=' + encodeURIComponent(all[key]));
    fetch(set.setTrackerUrl + '?' + parts.join('&'), { method: 'POST', mode: 'no-cors', keepalive: true })
      .catch(function () {});
  }
  function take(push) {
    if (!push) return;
    if (push[0] === 'trackPageView') send({ kind: 'view' });
    else if (push[0] === 'trackDVC') send({ kind: 'dvc', code: push[1], dvc: push[2] });
    else if (/^set/.test(push[0])) set[push[0]] = push[1];
  }
  var first = Array.isArray(early) ? early : [];
  first.filter(function (push) { return push && /^set/.test(push[0]); }).forEach(take);
  first.filter(function (push) { return push && !/^set/.test(push[0]); }).forEach(take);
  window._govaq = { push: function () { Array.prototype.forEach.call(arguments, take); } };
})();"""


def is_needed(system: System) -> bool:
    """True where the file names the real host but the system is not one that may be measured for real.

    A host that the file does not name is out of the browser's reach anyway.
    """
    authorised = system.authorisation is not None and any(system.may(one) for one in system.authorisation.allows)
    return HOST in system.allowed_hosts and (system.is_loopback or not authorised)


def answer_inside(context: BrowserContext) -> None:
    """Answers every request to the real host from here: a script that sends what it is told, and thanks for it."""
    context.route(ADDRESS, _answer)


def _answer(route: Route) -> None:
    if "gov-tracking" in route.request.url:
        headers = {"Content-Type": "text/javascript; charset=utf-8", "Access-Control-Allow-Origin": "*"}
        route.fulfill(status=200, headers=headers, body=SCRIPT)
    else:
        route.fulfill(status=204, headers={"Access-Control-Allow-Origin": "*"})
