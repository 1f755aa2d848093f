"""The browser is found in the order that is promised, on every system, and speaks to nobody else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Error, Playwright

from toantrinh.browsers import Machine, find_browser, launch, resolver_rules, system_browsers, windowless
from toantrinh.mistakes import UserMistake
from toantrinh.observers.browser import observe_browser

WINDOWS = {
    "PROGRAMFILES": r"C:\Program Files",
    "PROGRAMFILES(X86)": r"C:\Program Files (x86)",
    "LOCALAPPDATA": r"C:\Users\a\Local",
}
EDGE = r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe"
CHROME_OF_USER = r"C:\Users\a\Local\Google\Chrome\Application\chrome.exe"
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
MAC_EDGE_OF_USER = "/Users/a/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"


def machine(platform: str, *files: str, root: bool = False, **environment: str) -> Machine:
    on_path = {Path(file).name: file for file in files}
    return Machine(platform, environment, lambda path: path in files, on_path.get, root)


@pytest.mark.parametrize(
    ("of", "found"),
    [
        (machine("linux", "/usr/bin/chromium", "/usr/bin/google-chrome"), "/usr/bin/google-chrome"),
        (machine("linux", "/snap/bin/chromium"), "/snap/bin/chromium"),
        (machine("linux", "/usr/bin/microsoft-edge-stable"), "/usr/bin/microsoft-edge-stable"),
        (machine("darwin", MAC_EDGE_OF_USER, MAC_CHROME, HOME="/Users/a"), MAC_CHROME),
        (machine("darwin", MAC_EDGE_OF_USER, HOME="/Users/a"), MAC_EDGE_OF_USER),
        (machine("win32", EDGE, CHROME_OF_USER, **WINDOWS), CHROME_OF_USER),
        (machine("win32", EDGE, **WINDOWS), EDGE),
    ],
)
def test_chrome_then_chromium_then_edge_of_the_system(of: Machine, found: str) -> None:
    assert str(find_browser(machine=of).executable) == found


def test_an_explicit_path_goes_before_all() -> None:
    of = machine("linux", "/opt/mine", "/opt/own", "/usr/bin/chromium", TOANTRINH_BROWSER="/usr/bin/chromium")
    assert find_browser(explicit="/opt/mine", own_executable="/opt/own", machine=of).executable == Path("/opt/mine")
    assert find_browser(own_executable="/opt/own", machine=of).executable == Path("/usr/bin/chromium")


def test_a_channel_goes_before_the_variable() -> None:
    of = machine("linux", "/usr/bin/chromium", TOANTRINH_BROWSER="/usr/bin/chromium")
    assert find_browser(channel="msedge", machine=of).channel == "msedge"


def test_playwrights_own_goes_before_the_systems_when_it_was_downloaded() -> None:
    of = machine("linux", "/opt/own", "/usr/bin/chromium")
    assert find_browser(own_executable="/opt/own", machine=of).executable is None
    assert find_browser(own_executable="/opt/missing", machine=of).executable == Path("/usr/bin/chromium")


def test_the_variable_is_for_chromium_alone() -> None:
    of = machine("linux", "/usr/bin/chromium", "/opt/firefox", TOANTRINH_BROWSER="/usr/bin/chromium")
    assert find_browser("firefox", own_executable="/opt/firefox", machine=of).executable is None


def test_no_browser_says_what_to_do() -> None:
    with pytest.raises(UserMistake, match=r"Install one, run `playwright install chromium`, or set TOANTRINH_BROWSER"):
        find_browser(machine=machine("linux"))
    with pytest.raises(UserMistake, match="Run `playwright install firefox`"):
        find_browser("firefox", machine=machine("linux", "/usr/bin/chromium"))


def test_a_path_that_is_not_there_is_named_with_its_origin() -> None:
    with pytest.raises(UserMistake, match=r"^--browser-path: there is no program /opt/none"):
        find_browser(explicit="/opt/none", machine=machine("linux"))
    with pytest.raises(UserMistake, match=r"^TOANTRINH_BROWSER: there is no program /opt/none"):
        find_browser(machine=machine("linux", TOANTRINH_BROWSER="/opt/none"))


def test_unknown_browsers_and_channels_name_the_nearest() -> None:
    with pytest.raises(UserMistake, match=r"Did you mean firefox\?"):
        find_browser("firefix")
    with pytest.raises(UserMistake, match=r"Did you mean msedge"):
        find_browser(channel="msedg")


def test_the_sandbox_is_off_only_for_root_on_linux() -> None:
    assert "--no-sandbox" in find_browser(machine=machine("linux", "/usr/bin/chromium", root=True)).args
    assert "--no-sandbox" not in find_browser(machine=machine("linux", "/usr/bin/chromium")).args
    assert "--no-sandbox" not in find_browser(machine=machine("darwin", MAC_CHROME, root=True, HOME="/")).args


def test_every_host_but_the_allowed_ones_is_unknown() -> None:
    rules = resolver_rules(["dvc.example.vn", "::1"])
    assert rules == "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE [::1], EXCLUDE dvc.example.vn"


def test_the_real_browser_keeps_to_the_allowed_hosts(playwright: Playwright) -> None:
    choice = find_browser(own_executable=playwright.chromium.executable_path)
    browser = launch(playwright, choice, allowed_hosts=["portal.localhost"])
    page = browser.new_page()
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://elsewhere.example/")
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        page.goto("http://portal.localhost:9999/")
    browser.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="fontconfig")
def test_one_persons_taste_in_fonts_changes_nothing(
    playwright: Playwright, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fonts() -> dict[str, str]:
        browser = launch(playwright, find_browser(own_executable=playwright.chromium.executable_path))
        try:
            return observe_browser(browser).fonts
        finally:
            browser.close()

    before = fonts()
    taste = "<alias binding='strong'><family>monospace</family><prefer><family>DejaVu Serif</family></prefer></alias>"
    for place in (tmp_path / "fontconfig" / "fonts.conf", tmp_path / "own.conf"):
        place.parent.mkdir(exist_ok=True)
        place.write_text(f"<fontconfig><dir>/usr/share/fonts</dir>{taste}</fontconfig>")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert before["monospace"] and fonts() == before
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "own.conf"))  # whoever names a file means it
    if before["monospace"] != "DejaVu Serif" and Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf").is_file():
        assert fonts()["monospace"] == "DejaVu Serif"


def test_a_program_that_is_no_browser_is_named(playwright: Playwright, tmp_path: Path) -> None:
    fake = tmp_path / "browser"
    fake.write_text("#!/bin/sh\nexit 3\n")
    fake.chmod(0o755)
    with pytest.raises(UserMistake, match=r"browser does not start: .*TOANTRINH_BROWSER"):
        launch(playwright, find_browser(explicit=fake))


def test_a_machine_without_browsers_has_none() -> None:
    assert not list(system_browsers(machine("freebsd")))


def test_a_chromium_without_a_window_is_preferred_where_it_stands_beside(tmp_path: Path) -> None:
    for name in ("chromium", "google-chrome"):
        (tmp_path / name).touch()
    assert windowless(tmp_path / "chromium") == tmp_path / "chromium"
    (tmp_path / "chromium-headless-shell").touch()
    assert windowless(tmp_path / "chromium") == tmp_path / "chromium-headless-shell"
    assert windowless(tmp_path / "google-chrome") == tmp_path / "google-chrome"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for the browser")
def test_what_playwright_turns_off_stays_off(playwright: Playwright, tmp_path: Path) -> None:
    heard, program = tmp_path / "heard.txt", tmp_path / "chrome"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {heard}\nexit 1\n')
    program.chmod(0o755)
    with pytest.raises(UserMistake):
        launch(playwright, find_browser(explicit=program))
    features = [
        set(line.partition("=")[2].split(","))
        for line in heard.read_text().split("\n")
        if line.startswith("--disable-features=")
    ]
    assert len(features) > 1 and all(each <= features[-1] for each in features), features
