"""Which libraries run in a page, by what they say of themselves there: also where a bundle hides their files."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from toantrinh.advisories.model import VERSION, load_advisories
from toantrinh.observations.page_parts import GlobalFacts
from toantrinh.observers.asking.page_world import ask_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

_VERSION = re.compile(VERSION)
# Nothing is called; a name that the page answers with a program of its own may throw, and then says nothing.
READ = """((wanted) => {
  const said = [];
  const at = (name) => {
    let here = window;
    const parts = name.split('.');
    for (let i = 0; i < parts.length; i += 1) {
      if (here === null || here === undefined) return undefined;
      here = here[parts[i]];
    }
    return here;
  };
  for (let i = 0; i < wanted.length; i += 1) {
    said[i] = '';
    try {
      const [name, how, other] = wanted[i].split(' ');
      const there = !how || (how === 'if') === (at(other) !== undefined);
      const value = there ? at(name) : '';
      if (typeof value === 'string' && value.length < 40) said[i] = value;
    } catch (_) { said[i] = ''; }
  }
  return said;
})(%s)"""


def globals_of(page: Page) -> tuple[GlobalFacts, ...]:
    """The libraries that run in the main frame, each once with its version. Raises as World does."""
    wanted = [(name, where) for name, library in load_advisories().libraries.items() for where in library.globals]
    try:
        said = ask_page(page, READ % json.dumps([where for _, where in wanted]))
    except RuntimeError:  # the page has changed what reading needs
        return ()
    if not isinstance(said, list) or len(said) != len(wanted):
        return ()
    found: dict[tuple[str, str], GlobalFacts] = {}
    for (library, where), version in zip(wanted, said, strict=True):
        if isinstance(version, str) and _VERSION.fullmatch(version):
            facts = GlobalFacts(library=library, version=version, name=where.split(" ")[0])
            found.setdefault((library, version), facts)
    return tuple(found.values())
