"""What a returning citizen's browser asks of static files (RFC 9111)."""

from __future__ import annotations

import pytest

from toantrinh.load.static_files import asset_of, is_stored_nowhere

NOW, LONG_AGO = "Sun, 22 Nov 2026 18:00:00 GMT", "Sun, 22 Nov 2025 18:00:00 GMT"


@pytest.mark.parametrize(
    ("given", "fresh", "validators"),
    [
        ({"cache-control": "public, max-age=31536000, immutable", "etag": '"a"'}, True, {"If-None-Match": '"a"'}),
        ({"cache-control": "no-cache", "etag": 'W/"a"'}, False, {"If-None-Match": 'W/"a"'}),
        ({"cache-control": "no-cache, max-age=600"}, False, {}),
        ({"cache-control": "max-age=0, must-revalidate", "last-modified": NOW}, False, {"If-Modified-Since": NOW}),
        ({"date": NOW, "expires": "Mon, 23 Nov 2026 18:00:00 GMT"}, True, {}),
        ({"date": NOW, "expires": "0"}, False, {}),
        ({"date": NOW, "last-modified": LONG_AGO}, True, {"If-Modified-Since": LONG_AGO}),
        ({"date": NOW, "last-modified": NOW}, False, {"If-Modified-Since": NOW}),
        ({"cache-control": "no-store", "etag": '"a"'}, False, {}),
        ({}, False, {}),
    ],
)
def test_freshness_and_validators(given: dict[str, str], fresh: bool, validators: dict[str, str]) -> None:
    asset = asset_of("/a.css", given)
    assert (asset.fresh, asset.validators) == (fresh, validators)


def test_what_nobody_may_keep_is_made_for_each() -> None:
    assert is_stored_nowhere({"cache-control": "private, no-store"})
    assert not is_stored_nowhere({"cache-control": "no-cache"}) and not is_stored_nowhere({})
