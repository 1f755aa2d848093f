"""The pictures of findings in index.html: a crop is seen whole, of a page the top; none is wider than the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator

from toantrinh.criteria import load_catalogue, load_criteria
from toantrinh.reports import html
from toantrinh.scorecard import RunFacts, SystemFacts, build_scorecard
from toantrinh.verdicts import CheckResult, Evidence, Verdict

from .conftest import RUN, SYSTEM

SIZES = {"crop": (880, 200), "tall-crop": (300, 600), "page": (1366, 5000), "window": (1366, 768)}
RUNS: tuple[RunFacts, SystemFacts] = (RUN, SYSTEM)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    (tmp_path / "evidence").mkdir()
    for name, size in SIZES.items():
        Image.new("RGB", size, "navy").save(tmp_path / f"evidence/{name}.png")
    (tmp_path / "evidence/broken.png").write_bytes(b"no picture")
    evidence = tuple(Evidence(path=f"evidence/{name}.png", title=f"Ảnh {name}") for name in (*SIZES, "broken"))
    result = CheckResult(check="axe.level-a", verdict=Verdict.FAIL, message="Sai.", evidence=evidence)
    return html.write(build_scorecard(*RUNS, load_criteria(), load_catalogue(), [result], ()), tmp_path)


def thumbs(browser: Browser, written: Path, width: int) -> dict[str, Locator]:
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    page.goto(written.as_uri())
    page.locator("[data-open]").click()
    found = {name: page.locator(f".thumb:has(img[src$='/{name}.png'])") for name in SIZES}
    for one in found.values():
        one.scroll_into_view_if_needed()
        one.locator("img").evaluate("(image) => image.decode()")
    return found


@pytest.mark.parametrize("width", [360, 1366])
def test_crops_keep_their_shape_and_no_picture_is_enormous(chromium: Browser, written: Path, width: int) -> None:
    for name, thumb in thumbs(chromium, written, width).items():
        box = thumb.locator("img").bounding_box()
        assert box is not None
        assert 0 < box["width"] <= min(580, width - 32), name
        assert box["height"] <= 300, name
        if "crop" in name:
            across, down = SIZES[name]
            assert box["width"] / box["height"] == pytest.approx(across / down, rel=0.05)


def test_each_picture_says_what_it_is(chromium: Browser, written: Path) -> None:
    found = thumbs(chromium, written, 1366)
    alts = {name: thumb.locator("img").get_attribute("alt") for name, thumb in found.items()}
    assert alts["crop"] == alts["tall-crop"] == "Ảnh cắt có khoanh phần tử:"
    assert alts["page"] == alts["window"] == "Ảnh màn hình:"
    assert found["crop"].inner_text().strip() == "Ảnh crop"
