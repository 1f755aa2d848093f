"""pa11y and Lighthouse as a user calls them: one process for each page, with the browser that the tester takes itself.

They come from npm and are no dependencies: `npm install pa11y lighthouse` in some folder, then `--tools FOLDER`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from bench.memory import Peak
from toantrinh.browsers import find_browser, resolver_rules, windowless

LIMIT_S = 300
# As many visits as there are addresses, in one process and one browser: what is left of pa11y without its start.
ALONE = """
const pa11y = require('pa11y');
(async () => {
  const [options, ...addresses] = JSON.parse(process.argv[1]);
  const browser = await require('puppeteer').launch(options.chromeLaunchConfig);
  for (const address of addresses) {
    const started = performance.now();
    await pa11y(address, { runners: ['axe'], browser, timeout: options.timeout });
    console.log((performance.now() - started) / 1000);
  }
  await browser.close();
})();
"""


@dataclass(frozen=True)
class Call:
    """What one call took: s of wall time, s of processor time, bytes at its peak."""

    seconds: float
    cpu_s: float
    bytes: float


@dataclass(frozen=True)
class Tools:
    """Where the programs are, and how they start the browser."""

    NAMES: ClassVar = ("pa11y", "lighthouse")
    programs: dict[str, str]
    scratch: Path
    arguments: tuple[str, ...]
    executable: str

    @classmethod
    def find(cls, scratch: Path, folder: str | None) -> Tools:
        """Those in `folder` (an npm folder or one of programs), else those on PATH."""
        choice = find_browser(own_executable=own_chromium())
        places = os.pathsep.join([f"{folder}/node_modules/.bin", folder]) if folder else None
        programs = {name: path for name in cls.NAMES if (path := shutil.which(name, path=places))}
        rules = resolver_rules(("127.0.0.1", "localhost"))
        executable = windowless(choice.executable) if choice.executable else own_chromium()
        return cls(programs, scratch, (*choice.args, rules), str(executable))

    def run(self, name: str, address: str) -> Call:
        """One call for one page. Raises SystemExit when it does not give its result."""
        command, out = getattr(self, f"_{name}")(address), self.scratch / "out.json"
        environment = os.environ | {"CHROME_PATH": self.executable}
        started = time.perf_counter()
        with out.open("wb") as file:
            process = subprocess.Popen(command, env=environment, stdout=file, stderr=subprocess.PIPE)
        with Peak(process.pid) as peak:
            said = process.communicate(timeout=LIMIT_S)[1]
        wall = time.perf_counter() - started
        try:
            json.loads(out.read_bytes())
        except ValueError:
            raise SystemExit(f"{name} gave no result for {address}: {said.decode(errors='replace')[-1000:]}") from None
        return Call(wall, peak.cpu_s, peak.bytes)

    def alone(self, addresses: list[str]) -> list[float]:
        """Seconds of pa11y for each page within one process and one browser; empty where its package is not found."""
        package = Path(self.programs["pa11y"]).resolve().parent.parent
        if package.name != "pa11y" or not shutil.which("node"):
            return []
        asked = json.dumps([self._settings(), *addresses])
        done = subprocess.run(
            ["node", "-e", ALONE, asked], cwd=package, env=os.environ | {"NODE_PATH": str(package.parent)},
            capture_output=True, timeout=LIMIT_S, check=True,
        )  # fmt: skip
        return [float(line) for line in done.stdout.split()]

    def _settings(self) -> dict[str, object]:
        config = {"executablePath": self.executable, "args": list(self.arguments)}
        return {"chromeLaunchConfig": config, "timeout": 60_000}

    def _pa11y(self, address: str) -> list[str]:
        config = self.scratch / "pa11y.json"
        config.write_text(json.dumps(self._settings()), encoding="utf-8")
        return [self.programs["pa11y"], "--runner", "axe", "--reporter", "json", "--config", str(config), address]

    def _lighthouse(self, address: str) -> list[str]:
        flags = " ".join(f'"{one}"' if " " in one else one for one in ("--headless", *self.arguments))
        options = ["--quiet", "--no-enable-error-reporting", "--output=json", "--output-path=stdout"]
        return [self.programs["lighthouse"], address, *options, f"--chrome-flags={flags}"]


def own_chromium() -> str:
    """Where Playwright keeps a Chromium of its own, whether it was downloaded or not."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path
