"""The command that asks something of a system again, made of the one by which it was asked."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

# What says which system is judged and by what it is looked at; the rest says how much of it, and how fast.
KEPT = frozenset({
    "--system", "--base-url", "--replay", "--criteria", "--decisions", "--ca-file", "--http-port", "--browser",
    "--browser-channel", "--browser-path", "--device", "--seed",
})  # fmt: skip


def again(command: str, *narrowing: str) -> str:
    """`command` without what narrowed it or said where results go, and with `narrowing` (`--check=…`) instead.

    A command that a shell could not read comes back as it is.
    """
    try:
        words = shlex.split(command)
    except ValueError:
        return command
    return shlex.join([*words[:1], *_kept(iter(words[1:])), *narrowing])


def _kept(words: Iterator[str]) -> Iterator[str]:
    for word in words:
        name, joint, _ = word.partition("=")
        if name in KEPT:
            yield word if joint else f"{word}={next(words, '')}"
