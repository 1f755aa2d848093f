"""The script of a load: what citizens come for and what their browsers ask for, as one browser was heard to do it."""

from __future__ import annotations

import base64
from enum import StrEnum

from pydantic import Field

from toantrinh.load.plan import Errand
from toantrinh.observations.page import Facts


class OperationName(StrEnum):
    """The kinds of things that a citizen waits for, in the order in which they come."""

    HOME = "home"
    SEARCH = "search"
    NEXT_PAGE = "next-page"
    DETAIL = "detail"
    LOG_IN = "log-in"
    FORM = "form"
    UPLOAD = "upload"
    SUBMIT = "submit"
    LOOK_UP = "look-up"

    @property
    def vietnamese(self) -> str:
        """What reports call it."""
        return _WORDS[self]


_WORDS = {
    OperationName.HOME: "trang chủ",
    OperationName.SEARCH: "tìm kiếm thủ tục",
    OperationName.NEXT_PAGE: "trang sau của danh sách",
    OperationName.DETAIL: "xem thủ tục",
    OperationName.LOG_IN: "đăng nhập",
    OperationName.FORM: "mở và điền biểu mẫu",
    OperationName.UPLOAD: "tải giấy tờ lên",
    OperationName.SUBMIT: "nộp hồ sơ",
    OperationName.LOOK_UP: "tra cứu hồ sơ",
}


class ErrandName(StrEnum):
    """What citizens come for."""

    LOOK = "look"
    LOOK_UP = "look_up"
    LOG_IN = "log-in"
    SUBMIT = "submit"


class Document(Facts):
    """A test document that load uploads, whole, in base64."""

    name: str
    content: str

    def read(self) -> bytes:
        """Its bytes."""
        return base64.b64decode(self.content)


class LeftOut(Facts):
    """An operation that is not measured by load, and why, as a sentence."""

    operation: OperationName
    why: str


class LoadScript(Facts):
    """What citizens come for, as one browser of ours was heard to do it.

    `errands` carry no secret and no cookie: `{{name}}` stands for what an answer gave before, or for what is handed to
    the generator alone: secrets of the account, and the `session` values, by the header that a browser sends them in.
    `home`: the system's address at that time; `hosts`: `host:port` of all that the errands ask; `account`: whose log-in
    those of an account carry, empty when none does; `agent`: the browser's name for itself. `detail`: address of the
    service's page; `dossier`: the code that was submitted for it and is looked up; `left_behind`: what stays;
    `rehearsed`: dossiers that were submitted to try it out, and count as submitted by load.
    """

    home: str
    service: str
    account: str = ""
    errands: tuple[Errand, ...] = Field(min_length=1)
    hosts: tuple[str, ...]
    documents: tuple[Document, ...] = ()
    session: dict[str, str] = Field(default_factory=dict)
    agent: str = ""
    detail: str = ""
    dossier: str = ""
    left_out: tuple[LeftOut, ...] = ()
    left_behind: tuple[str, ...] = ()
    rehearsed: int = 0

    @property
    def operations(self) -> tuple[OperationName, ...]:
        """The operations that can be measured, in the order of the kinds."""
        known = {operation.name for errand in self.errands for operation in errand.operations}
        return tuple(name for name in OperationName if name in known)

    def errand(self, name: ErrandName) -> Errand | None:
        """The errand of this name, if it could be recorded."""
        return next((one for one in self.errands if one.name == name), None)
