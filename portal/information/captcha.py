"""The security code (Mã bảo mật): a picture, and a question in words for those who cannot see it. Good for one try."""

from __future__ import annotations

import hashlib
import hmac
import io
import math
import random
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import session
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from portal.defects import has_defect
from portal.folding import fold
from portal.settings import Settings

# Letters and digits that nobody mistakes for one another.
ALPHABET = "ACDEFHJKLMNPRTUVWXY34679"
LENGTH = 5
OPEN_AT_ONCE = 6
WIDTH, HEIGHT = 220, 72
FONT = Path(__file__).parents[1] / "papers" / "fonts" / "BeVietnamPro-SemiBold.ttf"

_NUMBERS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


@dataclass(frozen=True)
class Challenge:
    """A code to be read. `name` identifies it in the form; `question` is its alternative in words."""

    name: str
    question: str


def ask(settings: Settings) -> Challenge:
    """A new challenge, remembered in this browser's session; the oldest of many open ones is forgotten."""
    left, right = 1 + secrets.randbelow(9), 1 + secrets.randbelow(9)
    name = secrets.token_urlsafe(9)
    code = settings.captcha_answer or "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    challenges = [*session.get("captcha", []), [name, code, str(left + right)]]
    session["captcha"] = challenges[-OPEN_AT_ONCE:]
    return Challenge(name, f"{_NUMBERS[left].capitalize()} cộng {_NUMBERS[right]} bằng mấy?")


def answer(name: str, given: str) -> bool:
    """True when `given` answers the open challenge `name`, which is closed by this whatever the answer."""
    challenges = session.get("captcha", [])
    found = next((one for one in challenges if one[0] == name), None)
    if found is None:
        return False
    if not has_defect("lookup.captcha-again"):
        session["captcha"] = [one for one in challenges if one is not found]
    told = fold(given).replace(" ", "")
    return any(hmac.compare_digest(told.encode(), fold(right).encode()) for right in found[1:])


def picture(name: str) -> bytes | None:
    """The challenge as a PNG of 220 × 72 px, or None when it is not open. The same challenge gives the same picture."""
    found = next((one for one in session.get("captcha", []) if one[0] == name), None)
    return None if found is None else _draw(str(found[1]), name)


def _draw(code: str, seed: str) -> bytes:
    chance = random.Random(hashlib.sha256(f"{seed}{code}".encode()).digest())
    paper = Image.new("RGB", (WIDTH, HEIGHT), "#eef5f4")
    pen = ImageDraw.Draw(paper)
    for _ in range(7):
        pen.line(_wave(chance), fill=chance.choice(("#b9d3d4", "#f2cf96", "#cfdfe6")), width=2)
    step = (WIDTH - 24) / len(code)
    for place, char in enumerate(code):
        paper.paste("#0a4257", (round(12 + place * step), chance.randint(0, 8)), _glyph(char, chance, step))
    pen.line(_wave(chance), fill="#3f7480", width=2)
    out = io.BytesIO()
    paper.save(out, "PNG")
    return out.getvalue()


def _glyph(char: str, chance: random.Random, width: float) -> Image.Image:
    size = min(44, round(width * 1.25))
    mask = Image.new("L", (round(width), HEIGHT - 8), 0)
    ImageDraw.Draw(mask).text((width / 2, HEIGHT / 2 - 2), char, font=_font(size), fill=255, anchor="mm")
    return mask.rotate(chance.uniform(-16, 16), Image.Resampling.BICUBIC).filter(ImageFilter.SMOOTH)


def _wave(chance: random.Random) -> list[tuple[float, float]]:
    middle, height, turns, start = (
        chance.uniform(14, HEIGHT - 14),
        chance.uniform(4, 14),
        chance.uniform(1, 2.6),
        chance.uniform(0, math.tau),
    )
    return [(x, middle + height * math.sin(start + turns * math.tau * x / WIDTH)) for x in range(0, WIDTH + 4, 4)]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.truetype(FONT, size) if FONT.exists() else ImageFont.load_default(size)
