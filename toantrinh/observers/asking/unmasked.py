"""Reads what an element is, not what its children are called.

A form answers `form.id` with its field of that name, a document `document.body` with a picture of that name (HTML,
[LegacyOverrideBuiltIns]), in every world. No field is called by a symbol: each property gets one.
"""

from __future__ import annotations

import re
from functools import lru_cache

NAMES = """
  action activeElement adoptedStyleSheets alt attributes blur body characterSet checkVisibility childNodes
  children classList className clientHeight clientWidth cloneNode closest compareDocumentPosition contains
  contentDocument createElement createRange createTreeWalker dataset disabled documentElement elementFromPoint
  elements firstChild focus fonts form forms getAnimations getAttribute getBoundingClientRect getClientRects
  getElementById getElementsByName getElementsByTagName getRootNode hasAttribute href id images innerHTML
  innerText isConnected isContentEditable labels lang localName matches method name nextElementSibling
  nextSibling nodeName nodeType noValidate offsetHeight offsetParent offsetWidth outerHTML ownerDocument
  parentElement parentNode previousElementSibling previousSibling querySelector querySelectorAll readyState
  removeAttribute scripts scrollHeight scrollingElement scrollIntoView scrollWidth setAttribute shadowRoot src
  style styleSheets tabIndex tagName target textContent timeline title type value
"""
_READ = re.compile(
    rf"(?<=[\w)\]])(\?)?\.({'|'.join(NAMES.split())})\b(?!\s*(?:=(?![=>])|[-+*/|&?]{{1,2}}=(?!=)|\+\+|--))"
)
ALIASES = """Object.hasOwn(globalThis, 'unmask') || (globalThis.unmask = (() => {
  const own = Object.create(null), masked = [HTMLFormElement, HTMLDocument].map((kind) => kind.prototype);
  const told = (of, name) => of && (Object.getOwnPropertyDescriptor(of, name) || told(Object.getPrototypeOf(of), name));
  for (const name of NAMES) {
    own[name] = Symbol(name);
    Object.defineProperty(Object.prototype, own[name], { get() { return this[name]; } });
    for (const kind of masked) Object.defineProperty(kind, own[name], told(kind, name) || { value: undefined });
  }
  return own;
})())""".replace("NAMES", repr(NAMES.split()))


@lru_cache(maxsize=256)
def unmasked(source: str) -> str:
    """The script with each read of one of NAMES going by its symbol (`unmask`, which ALIASES makes).

    Not for values: in “div.title” that would be found, too.
    """
    return _READ.sub(lambda found: f"{'?.' if found.group(1) else ''}[unmask.{found.group(2)}]", source)
