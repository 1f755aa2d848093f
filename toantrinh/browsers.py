"""Finds the browser that drives the system, and starts it so that it speaks to nobody else."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Literal

from toantrinh.mistakes import UserMistake, nearest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

BrowserName = Literal["chromium", "firefox", "webkit"]
FONTS = Path(__file__).parent / "fonts" / "fonts.conf"
VARIABLE = "TOANTRINH_BROWSER"

CHANNELS = ("chrome", "chrome-beta", "msedge", "msedge-beta")
_NAMES = ("chromium", "firefox", "webkit")

# Google Chrome first: it is what most citizens use; then Chromium, then Edge.
_LINUX = (
    "google-chrome-stable", "google-chrome", "chromium", "chromium-browser", "microsoft-edge-stable", "microsoft-edge",
)  # fmt: skip
_MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = (
    ("Google", "Chrome", "Application", "chrome.exe"),
    ("Chromium", "Application", "chrome.exe"),
    ("Microsoft", "Edge", "Application", "msedge.exe"),
)

# Of several --disable-features Chromium hears the last alone, so what Playwright turns off is said again.
_OFF_BY_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin", "OptimizationHints",
    "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch", "msForceBrowserSignIn",
    "msEdgeUpdateLaunchServicesPreferredVersion",
)  # fmt: skip
# How the browser keeps its own books of a frame from one page of a site to the next: no page can tell, and each page
# costs a fifth less.
_OFF = ("RenderDocument",)


@dataclass(frozen=True)
class BrowserChoice:
    """Which browser to start. With neither `executable` nor `channel`, Playwright's own is meant."""

    name: BrowserName
    executable: Path | None = None
    channel: str | None = None
    args: tuple[str, ...] = ()


@dataclass(frozen=True)
class Machine:
    """What the search looks at; replaced in tests."""

    platform: str
    environment: Mapping[str, str]
    is_file: Callable[[str], bool]
    which: Callable[[str], str | None]
    is_root: bool

    @classmethod
    def this(cls) -> Machine:
        """The machine we run on."""
        return cls(sys.platform, os.environ, os.path.isfile, shutil.which, getattr(os, "geteuid", lambda: 1)() == 0)


def find_browser(
    name: str = "chromium",
    explicit: str | Path | None = None,
    *,
    channel: str | None = None,
    own_executable: str | Path | None = None,
    machine: Machine | None = None,
) -> BrowserChoice:
    """The browser to use: `explicit`, `channel`, what TOANTRINH_BROWSER names, Playwright's own, the system's.

    `own_executable` is where Playwright keeps its own (`playwright.chromium.executable_path`); it counts only when it
    was downloaded. Raises UserMistake saying what to do when there is none.
    """
    machine = machine or Machine.this()
    kind = _kind(name)
    choice = BrowserChoice(kind, args=_args(machine) if kind == "chromium" else ())
    from_environment = machine.environment.get(VARIABLE, "") if kind == "chromium" and not channel else ""
    wanted = str(explicit) if explicit else from_environment
    if wanted:
        found = wanted if machine.is_file(wanted) else machine.which(wanted)
        if not found:
            where = "--browser-path" if explicit else VARIABLE
            raise UserMistake(f"there is no program {wanted}.", where, "Give the path of a Chrome, Chromium or Edge.")
        return replace(choice, executable=Path(found))
    if channel:
        if channel not in CHANNELS:
            raise UserMistake(f"unknown channel {channel!r}.", "--browser-channel", nearest(channel, CHANNELS))
        return replace(choice, channel=channel)
    if own_executable and machine.is_file(str(own_executable)):
        return choice
    if kind == "chromium":
        for place in system_browsers(machine):
            return replace(choice, executable=Path(place))
        raise UserMistake(
            "no Chrome, Chromium or Edge was found.",
            "browser",
            f"Install one, run `playwright install chromium`, or set {VARIABLE} to the path of one.",
        )
    raise UserMistake(f"{kind} is not installed.", "--browser", f"Run `playwright install {kind}`.")


def system_browsers(machine: Machine | None = None) -> Iterator[str]:
    """The paths of the Chrome, Chromium and Edge that the system has, best first."""
    machine = machine or Machine.this()
    if machine.platform == "win32":
        roots = [machine.environment.get(key) for key in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        places = [str(PureWindowsPath(root, *parts)) for parts in _WINDOWS for root in roots if root]
        yield from filter(machine.is_file, places)
    elif machine.platform == "darwin":
        folders = ["/Applications", f"{machine.environment.get('HOME', '')}/Applications"]
        places = [str(PurePosixPath(root, part)) for part in _MAC for root in folders]
        yield from filter(machine.is_file, places)
    else:
        yield from (found for program in _LINUX if (found := machine.which(program)))


def windowless(executable: Path) -> Path:
    """The same Chromium without a window's machinery, where the system has it beside `executable`: a quarter faster."""
    twin = executable.with_name("chromium-headless-shell")
    return twin if executable.name in ("chromium", "chromium-browser") and twin.is_file() else executable


def resolver_rules(allowed_hosts: Iterable[str]) -> str:
    """Chromium's argument that leaves every host unknown but the allowed ones."""
    excluded = "".join(f", EXCLUDE {f'[{host}]' if ':' in host else host}" for host in sorted(allowed_hosts))
    return f"--host-resolver-rules=MAP * ~NOTFOUND{excluded}"


def launch(
    playwright: Playwright,
    choice: BrowserChoice,
    *,
    headless: bool = True,
    slow_mo: float = 0,
    allowed_hosts: Iterable[str] = (),
) -> Browser:
    """The started browser; `slow_mo` in ms. Only Chromium keeps to `allowed_hosts` by itself; none given: no limit.

    Raises UserMistake when it does not start, with the browser's own first words.
    """
    hosts = tuple(allowed_hosts)
    args = list(choice.args)
    if choice.name == "chromium" and hosts:
        args.append(resolver_rules(hosts))
    kind = {"chromium": playwright.chromium, "firefox": playwright.firefox, "webkit": playwright.webkit}[choice.name]
    executable = windowless(choice.executable) if headless and choice.executable else choice.executable
    try:
        return kind.launch(
            executable_path=executable,
            channel=choice.channel,
            args=args,
            headless=headless,
            slow_mo=slow_mo,
            env=_environment(os.environ),
            handle_sigint=False,
        )
    except Exception as error:
        raise _not_started(choice, headless, error) from None


@contextmanager
def opened_browser(
    allowed_hosts: Iterable[str], *, path: str | None = None, headless: bool = True
) -> Iterator[Browser]:
    """A Chromium for one command, which reaches the allowed hosts alone and is closed afterwards. Raises UserMistake
    when there is none."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        choice = find_browser("chromium", path, own_executable=playwright.chromium.executable_path)
        browser = launch(playwright, choice, headless=headless, allowed_hosts=allowed_hosts)
        try:
            yield browser
        finally:
            browser.close()


def _environment(given: Mapping[str, str]) -> dict[str, str | float | bool]:
    """The same fonts for everybody on Linux (fontconfig), unless whoever calls has named others."""
    return {"FONTCONFIG_FILE": str(FONTS), **given} if sys.platform.startswith("linux") else {**given}


def _not_started(choice: BrowserChoice, headless: bool, error: Exception) -> UserMistake:
    words = [line.strip(" ║╔╗╚╝═") for line in str(error).splitlines()]
    said = next((line.split(": ", 1)[-1] for line in words if line and "Call log" not in line), type(error).__name__)
    what = str(choice.executable or choice.channel or f"Playwright's own {choice.name}")
    if not headless and any("DISPLAY" in line or "XServer" in line or "X server" in line for line in words):
        return UserMistake(f"{what} needs a screen.", "browser", "Run without --headed, or with xvfb-run.")
    return UserMistake(
        f"{what} does not start: {said}.", "browser", f"Set {VARIABLE} to another one, or run `playwright install`."
    )


def _kind(name: str) -> BrowserName:
    match name.lower():
        case "chromium" | "chrome" | "edge" | "msedge":
            return "chromium"
        case "firefox":
            return "firefox"
        case "webkit" | "safari":
            return "webkit"
    advice = nearest(name, _NAMES) or f"Known: {', '.join(_NAMES)}."
    raise UserMistake(f"unknown browser {name!r}.", "--browser", advice)


def _args(machine: Machine) -> tuple[str, ...]:
    quiet: tuple[str, ...] = (
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-first-run",
        "--no-default-browser-check",
        "--no-pings",
        # A page that talks WebRTC would reach hosts without asking the resolver: only by a proxy, and there is none.
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--force-color-profile=srgb",
        "--font-render-hinting=none",
    )
    quiet = (*quiet, f"--disable-features={','.join((*_OFF_BY_PLAYWRIGHT, *_OFF))}")
    # The sandbox of Chromium refuses to run as root on Linux.
    return ("--no-sandbox", *quiet) if machine.is_root and machine.platform.startswith("linux") else quiet


def _first_that_starts() -> BrowserChoice:
    """The browser that `find_browser` finds, started once to be sure: a downloaded one may lack libraries."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        choice = find_browser(own_executable=own)
        try:
            launch(playwright, choice).close()
        except UserMistake:
            other = next(system_browsers(), None)
            if other is None or choice.executable is not None:
                raise
            choice = replace(choice, executable=Path(other))
            launch(playwright, choice).close()
        return choice if choice.executable else replace(choice, executable=Path(own))


if __name__ == "__main__":
    try:
        print(_first_that_starts().executable)
    except UserMistake as mistake:
        sys.exit(str(mistake))
