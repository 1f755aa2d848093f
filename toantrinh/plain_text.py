"""Text of a system as it may be shown: what would command a terminal, or turn the order of letters, is made visible."""

from __future__ import annotations

import re

SYMBOLS = 0x2400  # the block of pictures of control characters: U+241B shows an ESC
DELETE, DELETE_SYMBOL = "\x7f", "\u2421"
UNKNOWN = "\ufffd"
# C0 without tab and line feed, DEL, C1 (ECMA-48); embeddings, overrides and isolates (Unicode UAX 9); lone surrogates.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(text: str) -> str:
    """`text` with a visible sign for every character that commands instead of being read; line feeds and tabs stay."""
    return _COMMANDS.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    command = found.group()
    if command == DELETE:
        return DELETE_SYMBOL
    return chr(SYMBOLS + ord(command)) if command < " " else UNKNOWN
