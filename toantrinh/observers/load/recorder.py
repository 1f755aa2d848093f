"""What is recorded, visit by visit: errands, what was left out, and what is handed over by word of mouth."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey.stepbook import StepEnded
from toantrinh.load.plan import Errand, Handed, Operation
from toantrinh.load.recording import NotHeard
from toantrinh.load.weaving import Heard, Weaver
from toantrinh.observations.load_script import Document, ErrandName, LeftOut, LoadScript, OperationName
from toantrinh.observers.load.handing import Cookies, secrets_of, used
from toantrinh.observers.load.listening import Visit, listening
from toantrinh.redaction import Redactor
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LEAST_SECRET = 16  # characters of a cookie: a shorter one is a setting, such as a language
PORTS = {"http": 80, "https": 443}


@dataclass
class Recorder:
    """The visits of one recording, and what came of them. `shared`: what all visits have in common; `live`: session
    values, by name (value, header); `away`: hosts of other systems that any visit was led to."""

    browser: Browser
    system: System
    service: Service
    attachments: Attachments
    shared: dict[str, Any]
    sessions: MutableMapping[str, Any]
    errands: list[Errand] = field(default_factory=list)
    left_out: dict[OperationName, str] = field(default_factory=dict)
    left_behind: list[str] = field(default_factory=list)
    documents: dict[str, bytes] = field(default_factory=dict)
    live: dict[str, tuple[str, str]] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    cookies: Cookies = ()
    account: str = ""
    detail: str = ""
    dossier: str = ""
    agent: str = ""
    rehearsed: int = 0

    def leave_out(self, why: str, *names: OperationName) -> None:
        """Says why operations are not measured; what was said first holds."""
        for name in names:
            self.left_out.setdefault(name, why)

    def visit(self, *, resume: bool = False) -> Any:
        """A visit that is listened to (`listening`)."""
        return listening(
            self.browser, self.system, self.service, self.attachments, sessions=self.sessions, resume=resume,
            away=self.away, **self.shared,
        )  # fmt: skip

    def add(self, name: ErrandName, made: tuple[Operation, ...], account: str = "") -> None:
        """One more errand, where anything was made of it."""
        if made:
            self.errands.append(Errand(name=name, operations=made, account=account))

    def lengthen(self, name: ErrandName, made: tuple[Operation, ...]) -> None:
        """An errand goes on with these operations."""
        at, found = next((at, one) for at, one in enumerate(self.errands) if one.name == name)
        self.errands[at] = found.model_copy(update={"operations": (*found.operations, *made)})

    def cut(self, name: str, place: int, why: str) -> None:
        """Leaves out the operations of an errand from this place on, though others of their kind may stay."""
        found = next(one for one in self.errands if one.name == name)
        at, kept = self.errands.index(found), found.operations[:place]
        self.errands[at : at + 1] = [found.model_copy(update={"operations": kept})] if kept else []
        left = {operation.name for errand in self.errands for operation in errand.operations}
        for one in found.operations[place:]:
            self.leave_out(f"chỉ đo được một phần, {why}" if one.name in left else why, OperationName(one.name))

    def spare_others(self) -> None:
        """Cuts what would be sent to a system that a later visit was led to."""
        for errand in tuple(self.errands):
            operations = tuple(
                one.model_copy(update={"assets": tuple(file for file in one.assets if not self._is_away(file.path))})
                for one in errand.operations
            )
            self.errands[self.errands.index(errand)] = errand.model_copy(update={"operations": operations})
            for place, one in enumerate(operations):
                if away := [ask.path for ask in one.asks if self._is_away(ask.path)]:
                    self.cut(errand.name, place, f"hỏi {urlsplit(away[0]).netloc}, là hệ thống khác nên không gửi tải")
                    break

    def _is_away(self, path: str) -> bool:
        return urlsplit(path).netloc in self.away if "://" in path.partition("?")[0] else False

    def woven(
        self,
        visit: Visit,
        acts: range,
        named: Callable[[Heard], OperationName],
        *,
        first: int = 0,
        before: OperationName = OperationName.HOME,
        dossier: str = "",
        proof: tuple[OperationName, Sequence[str]] = (OperationName.HOME, ()),
    ) -> tuple[Operation, ...]:
        """Operations of these acts; those before the `first` only where a later one needs them, as `before`.

        `proof`: words, the first of which marks the last answer of an operation that shows it; any of them proves it.
        """
        try:
            heard = visit.heard(acts)
        except NotHeard:
            return ()
        rows = [
            replace(one, step=before, before=True) if one.act < first else replace(one, step=named(one))
            for one in heard
        ]
        _prove(rows, *proof)
        weaver = Weaver(rows, self.system.base_url, secrets_of(self.system, self.service), known=len(self.live))
        made = weaver.operations(assets=visit.assets(), dossier=dossier)
        self.live |= weaver.session
        return made

    def result(self) -> tuple[LoadScript, Handed]:
        """The script, and what is handed over by word of mouth. Raises NotObserved when nothing is left of it."""
        if not self.errands:
            raise NotObserved(Outcome.NOT_TESTED, next(iter(self.left_out.values()), "không ghi lại được việc nào"))
        asks = [ask for errand in self.errands for operation in errand.operations for ask in operation.asks]
        needed = {part.file_name for ask in asks for part in ask.parts if part.file is not None}
        addresses = [path for errand in self.errands for path in _paths(errand) if "://" in path.partition("?")[0]]
        values = {name: value for value, name in secrets_of(self.system, self.service).items()}
        values |= {name: value for name, (value, _) in self.live.items()}
        script = LoadScript(
            home=self.system.base_url,
            service=self.service.code,
            account=self.account,
            errands=self._cleaned(),
            hosts=tuple(dict.fromkeys(map(_host_and_port, [self.system.base_url, *addresses]))),
            documents=tuple(
                Document(name=name, content=base64.b64encode(content).decode())
                for name, content in self.documents.items()
                if name in needed
            ),
            session={name: header for name, (_, header) in self.live.items()},
            agent=self.agent,
            detail=self.detail,
            dossier=self.dossier,
            left_out=tuple(
                LeftOut(operation=name, why=self.left_out[name]) for name in OperationName if name in self.left_out
            ),
            left_behind=tuple(self.left_behind),
            rehearsed=self.rehearsed,
        )
        cookies = {self.account: self.cookies} if self.account else {}
        return script, Handed(values=used(script, values), cookies=cookies)

    def _cleaned(self) -> tuple[Errand, ...]:
        """The errands without any value of a session, wherever else it might stand."""
        live = [value for value, _ in self.live.values()] + [str(one["value"]) for one in self.cookies]
        redactor = Redactor(value for value in live if len(value) >= LEAST_SECRET)
        return tuple(
            Errand.model_validate(redactor.clean_data(errand.model_dump(mode="json"))) for errand in self.errands
        )


def tried(way: Callable[[], Any]) -> str:
    """Why a way ended early; empty when it did not."""
    from playwright.sync_api import Error

    try:
        way()
    except StepEnded as end:
        return end.why
    except CannotAct as error:
        return str(error)
    except Error as error:
        return f"trình duyệt: {first_line(error)}"
    return ""


def _prove(rows: list[Heard], name: OperationName, words: Sequence[str]) -> None:
    """Has the last answer of an operation that shows the first word proved by these words, as it spells them."""
    for spelt in (str, lambda word: json.dumps(word)[1:-1]):
        shown = [
            place for place, one in enumerate(rows) if words and one.step == name and spelt(words[0]) in one.answer
        ]
        if shown:
            shows = tuple(dict.fromkeys(map(spelt, words)))
            rows[shown[-1]] = replace(rows[shown[-1]], shows=shows)
            return


def _paths(errand: Errand) -> Iterable[str]:
    for operation in errand.operations:
        yield from (ask.path for ask in operation.asks)
        yield from (asset.path for asset in operation.assets)


def _host_and_port(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.hostname}:{parts.port or PORTS[parts.scheme]}"
