"""Asks Chromium for a picture, once more where it could not make one: its compositor may lag on a busy machine."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

TRIES = 3
LATE = "Unable to capture screenshot"


def captured(session: CDPSession, asked: Mapping[str, Any]) -> bytes:
    """The bytes of the picture (Page.captureScreenshot). Raises playwright's Error."""
    from playwright.sync_api import Error

    for _ in range(TRIES - 1):
        try:
            return _once(session, asked)
        except Error as error:
            if LATE not in str(error):
                raise
    return _once(session, asked)


def _once(session: CDPSession, asked: Mapping[str, Any]) -> bytes:
    return base64.b64decode(session.send("Page.captureScreenshot", dict(asked))["data"])
