"""Small pages whose elements are pictured, and what can be told from the picture's pixels."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from toantrinh.observers.pictures.crops import COLOUR, Subject, crops_of
from toantrinh.store import Attachments

Picture = Image.Image
Crop = Callable[..., Picture | None]
TARGET = (0, 0, 255)


def bounds(picture: Picture, colour: tuple[int, int, int]) -> tuple[int, int, int, int] | None:
    """The smallest box (left, top, right, bottom) that holds all pixels of this very colour."""
    points = [
        (at % picture.width, at // picture.width)
        for at, one in enumerate(
            picture.get_flattened_data() if hasattr(picture, "get_flattened_data") else picture.getdata()
        )
        if one == colour
    ]
    if not points:
        return None
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def surrounds(picture: Picture, colour: tuple[int, int, int] = TARGET) -> bool:
    """True when the outline lies closely around the pixels of a colour, on all four sides."""
    outer, inner = bounds(picture, COLOUR), bounds(picture, colour)
    if outer is None or inner is None:
        return False
    gaps = (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
    return all(1 <= gap <= 8 for gap in gaps)


@pytest.fixture
def attachments(tmp_path: Path) -> Attachments:
    """A folder for the pictures of one test."""
    return Attachments(tmp_path, "crops/test", str)


@pytest.fixture
def crop(page: Page, attachments: Attachments, tmp_path: Path) -> Crop:
    """The picture of one element of the page that is open; None when none was taken."""

    def of(*path: str, frame: str = "") -> Picture | None:
        inside = next(one for one in page.frames if one.name == frame) if frame else None
        kept = crops_of(page, [Subject("one", path, inside)], attachments)
        if "one" not in kept:
            return None
        return Image.open(io.BytesIO((tmp_path / kept["one"]).read_bytes())).convert("RGB")

    return of
