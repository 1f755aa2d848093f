"""Reads what an old form sends as if the portal's own form had sent it."""

from __future__ import annotations

from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.utils import cached_property

from portal.skins.legacy.wire_names import meant


class OldRequest(Request):
    """A request whose form, files and query carry the portal's names."""

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        read = self.__dict__
        read["form"] = _translated(read["form"])
        read["files"] = ImmutableMultiDict([(meant(name)[0], file) for name, file in read["files"].items(multi=True)])

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The query."""
        return _translated(super().args)


def install(app: Flask) -> None:
    """Let `app` read every request this way."""
    app.request_class = OldRequest


def _translated(sent: MultiDict[str, Any]) -> ImmutableMultiDict[str, str]:
    return ImmutableMultiDict([meant(name, value) for name, value in sent.items(multi=True)])
