"""From a script to a plan: who comes for what, how often, within which caps; and what it would send, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from toantrinh.load.permission import hosts_allowed, why_no_writing
from toantrinh.load.plan import Ask, Asset, Brake, Caps, Crowd, FormPart, LoadPlan, Operation, Phase
from toantrinh.observations.load_script import ErrandName, LoadScript, OperationName
from toantrinh.system_model import System

LOG_INS_AT_MOST = 10  # in one plan: more, and guards against guessed passwords lock the account
PLANS = 2  # that share what may be submitted in one run
SHORT = 20  # times that a thought goes into an open plan at least, so that errands end with it


class NothingToSend(Exception):
    """No errand of the script may be sent; the message says why."""


def plan_of(
    script: LoadScript,
    system: System,
    phases: Sequence[Phase] | Sequence[Crowd],
    *,
    folder: Path,
    seed: int,
    think_s: float | None = None,
    submissions: int | None = None,
) -> LoadPlan:
    """The plan of these phases. The documents that are uploaded are written into `folder`.

    Errands are in the shares of the system's file, the first of them one that only looks. `submissions`: dossiers at
    most, else half of what the file allows in one run; with none nobody logs in either. `think_s` between two acts,
    else that of the file, or a twentieth of an open plan that is short: it changes when errands end, not what is sent.
    Raises NothingToSend.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for document in script.documents:
        (folder / document.name).write_bytes(document.read())
    terms = system.load
    thought = terms.think_s
    if isinstance(phases[0], Phase):
        thought = min(thought, sum(phase.seconds for phase in phases) / SHORT)
    most = terms.submissions_at_most // PLANS if submissions is None else submissions
    if script.rehearsed and terms.submissions_at_most:
        most = most * max(0, terms.submissions_at_most - script.rehearsed) // terms.submissions_at_most
    hosts = hosts_allowed(system, _moved(script, system))
    if not hosts:
        raise NothingToSend("văn bản cho phép không bao gồm máy chủ nào mà trình duyệt đã hỏi")
    shares = {
        ErrandName.LOOK: terms.shares.look,
        ErrandName.LOOK_UP: terms.shares.look_up,
        ErrandName.SUBMIT: 0 if why_no_writing(system) or not most else terms.shares.submit,
        ErrandName.LOG_IN: 0 if why_no_writing(system) or not most else terms.shares.submit,
    }
    errands = []
    for name, share in shares.items():
        errand = script.errand(name)
        if errand is None or not share:
            continue
        operations = tuple(
            _operation(one, script, system, hosts, folder, 0 if not place else thought if think_s is None else think_s)
            for place, one in enumerate(errand.operations)
        )
        one_account = {ErrandName.SUBMIT: most, ErrandName.LOG_IN: LOG_INS_AT_MOST}
        kept = {"at_most": one_account[name], "one_by_one": True} if name in one_account else {}
        errands.append(errand.model_copy(update={"share": share, "operations": operations, **kept}))
    if not errands:
        raise NothingToSend("không có việc nào của người dân ghi lại được để gửi tải")
    if errands[0].name in (ErrandName.SUBMIT, ErrandName.LOG_IN):
        raise NothingToSend("chỉ ghi lại được việc của một tài khoản, không gửi tải chỉ gồm việc đó")
    return LoadPlan(
        base_url=system.base_url,
        errands=tuple(errands),
        phases=tuple(phases),
        caps=Caps(citizens=terms.citizens_at_most, rate=terms.requests_per_second_at_most),
        brake=Brake(error_share=terms.brake.error_share, slow_s=terms.brake.slow_s),
        first_visits=terms.first_visits,
        hosts=hosts,
        seed=seed,
        ca_file=system.channel.ca_file,
        agent=script.agent or "toantrinh",
    )


def dry_run_words(plan: LoadPlan, system: System) -> list[str]:
    """What the plan would send, in lines for a person; nothing is sent, and no secret is in it."""
    window = system.load.window or "bất cứ lúc nào (máy này)"
    total = sum(errand.share for errand in plan.errands)
    lines = [
        f"Sẽ gửi tới {', '.join(plan.hosts) or plan.base_url}, khung giờ {window}.",
        f"Không bao giờ quá {plan.caps.citizens} người dân cùng lúc và {plan.caps.rate:g} yêu cầu mỗi giây.",
    ]
    if plan.brake:
        slow = f"một nửa số trả lời chậm hơn {plan.brake.slow_s:g} giây"
        lines.append(f"Tự dừng khi quá {plan.brake.error_share:.0%} trả lời sai, hoặc {slow}.")
    for phase in plan.phases:
        who = f"{phase.rate:g} người đến mỗi giây" if isinstance(phase, Phase) else f"{phase.citizens} người cùng lúc"
        lines.append(f"Giai đoạn “{phase.name}”: {phase.seconds:g} giây, {who}.")
    for errand in plan.errands:
        most = f", nhiều nhất {errand.at_most} lần" if errand.at_most else ""
        account = f", phiên của “{errand.account}”" if errand.account else ""
        lines.append(f"Việc “{errand.name}”: {errand.share / total:.0%} số người{most}{account}.")
        for operation in errand.operations:
            files = f", {len(operation.assets)} tệp tĩnh" if operation.assets else ""
            lines.append(f"  {_words_of(operation.name)}{files}:")
            lines += [f"    {ask.method} {ask.path}{_said_of(ask)}" for ask in operation.asks]
    return lines


def _words_of(name: str) -> str:
    return OperationName(name).vietnamese if name in set(OperationName) else name


def _said_of(ask: Ask) -> str:
    files = [part.file_name for part in ask.parts if part.file is not None]
    return f" (kèm {', '.join(files)})" if files else ""


def _moved(script: LoadScript, system: System) -> Iterator[str]:
    """The script's hosts, where the system has moved to another port of this machine since."""
    before, now = _both(script.home), _both(system.base_url)
    yield from dict.fromkeys(now if one == before else one for one in script.hosts)


def _both(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def _operation(
    one: Operation, script: LoadScript, system: System, hosts: Sequence[str], folder: Path, think_s: float
) -> Operation:
    asks = []
    for ask in one.asks:
        if not _may(ask.path, system, hosts):
            raise NothingToSend(f"văn bản cho phép không bao gồm {urlsplit(ask.path).netloc}")
        headers = {name: value.replace(script.home, system.base_url) for name, value in ask.headers.items()}
        parts = tuple(_placed(part, folder) for part in ask.parts)
        asks.append(ask.model_copy(update={"headers": headers, "parts": parts}))
    assets: tuple[Asset, ...] = tuple(asset for asset in one.assets if _may(asset.path, system, hosts))
    return one.model_copy(update={"asks": tuple(asks), "assets": assets, "think_s": think_s})


def _may(path: str, system: System, hosts: Sequence[str]) -> bool:
    whole = re.match(r"https?://", path, re.I)
    return _both(path if whole else system.base_url) in hosts


def _placed(part: FormPart, folder: Path) -> FormPart:
    return part.model_copy(update={"file": (folder / part.file.name).resolve()}) if part.file is not None else part
