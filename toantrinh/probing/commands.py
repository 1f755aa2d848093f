"""The commands of the command line that get to know a system: what each prints, and with which status it leaves."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from toantrinh import sessions
from toantrinh.browsers import opened_browser
from toantrinh.journey.by_hand import person_logs_in
from toantrinh.journey.saved_session import lives
from toantrinh.launch import ensure_up
from toantrinh.mistakes import UserMistake, nearest
from toantrinh.places import shown
from toantrinh.plain_text import plain
from toantrinh.probing.first_file import first_file
from toantrinh.probing.rehearsal import Sight, rehearse
from toantrinh.probing.stranger import name_of, system_at
from toantrinh.probing.summary import summary, table
from toantrinh.probing.visit import ask_address, base_of, probe_portal
from toantrinh.store import Attachments, write_whole
from toantrinh.system_model import Service, System
from toantrinh.systems import HOUSE, load_system

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def probe(chosen: argparse.Namespace) -> int:
    """`toantrinh probe ADDRESS`: 0 and a first system file; UserMistake when there is no portal to be seen."""
    base_url = base_of(chosen.address)
    target = _target(chosen.out, base_url)
    if target.exists() and not chosen.force:
        raise UserMistake("the file is there already.", shown(target), "Give another one with --out, or --force.")
    ask_address(base_url)
    with opened_browser(system_at(base_url).allowed_hosts, path=chosen.browser_path) as browser:
        seen = probe_portal(browser, base_url, say=_say)
    _say("")
    if chosen.name:
        seen = seen.model_copy(update={"name": chosen.name})
    print(plain("\n".join(summary(seen))))
    if not seen.is_portal and not chosen.force:
        raise UserMistake(
            "nothing there is a portal of public services: neither a service nor a lookup of dossiers was seen.",
            base_url, "No file was written. Check the address; --force writes one all the same.",
        )  # fmt: skip
    text = first_file(seen, datetime.date.today())
    _must_load(text)
    write_whole(target, text.encode())
    print(f"\nĐã viết {shown(target)}. Xem các dòng “kiểm tra lại” và “điền”, rồi: toantrinh check {_named(target)}")
    return 0


def check(chosen: argparse.Namespace) -> int:
    """`toantrinh check SYSTEM`: 0 when every step was found, 1 when one was not."""
    system = load_system(chosen.system, base_url=chosen.base_url)
    services = _services(system, chosen.service)
    gone = unopened = False
    with tempfile.TemporaryDirectory() as scratch:
        launched = ensure_up(system, Path(scratch) / "system")
        try:
            with opened_browser(system.allowed_hosts, path=chosen.browser_path) as browser:
                for service in services:
                    attachments = Attachments(Path(scratch), f"check/{service.code}", str)
                    rows = rehearse(browser, system, service, attachments, say=_say)
                    _say("")
                    print(f"{system.name} – {service.code} {service.name}")
                    print(plain("\n".join(table(rows))))
                    unopened = unopened or rows[0].sight is not Sight.FOUND
                    gone = gone or any(row.sight is Sight.NOT_FOUND for row in rows)
        finally:
            if launched:
                launched.stop()
    if unopened:
        print("\nTrang chủ không mở được: xem lại địa chỉ, hoặc thử lại sau.")
    elif gone:
        print("\nCó bước không thấy: thêm chữ, bộ chọn hoặc đường dẫn vào tệp.")
    else:
        print("\nMọi bước đã xem đều thấy.")
    return 1 if gone or unopened else 0


def login(chosen: argparse.Namespace) -> int:
    """`toantrinh login SYSTEM`: 0 and a stored session, 1 when it did not outlive its window."""
    system = load_system(chosen.system, base_url=chosen.base_url)
    account = chosen.account
    if system.accounts and account not in system.accounts:
        raise UserMistake(f"{system.id} has no account {account!r}.", "--account", nearest(account, system.accounts))
    if chosen.forget:
        print("Đã xóa phiên đã lưu." if sessions.forget(system, account) else "Không có phiên nào được lưu.")
        return 0
    _need_screen()
    with tempfile.TemporaryDirectory() as scratch:
        launched = ensure_up(system, Path(scratch) / "system")
        try:
            with opened_browser(system.allowed_hosts, path=chosen.browser_path, headless=False) as browser:
                return log_in_and_keep(browser, system, account, wait_s=chosen.wait)
        finally:
            if launched:
                launched.stop()


def log_in_and_keep(browser: Browser, system: System, account: str, *, wait_s: float) -> int:
    """Waits for a person's log-in in a browser that is open, keeps its session and says whether it lives."""
    session = person_logs_in(browser, system, account, wait_s=wait_s, tell=lambda words: print(words, flush=True))
    path = sessions.keep(system, session)
    if not lives(browser, system, session):
        sessions.forget(system, account)
        print("Đã đăng nhập, nhưng hệ thống không nhận lại phiên ở cửa sổ khác: không dùng được cho lần chạy sau.")
        return 1
    print(f"Đã lưu phiên của “{account}” vào {path} (chỉ người dùng này đọc được).")
    print("Lần chạy sau đi từ phiên này khi nó còn hiệu lực. Xóa: thêm --forget vào lệnh này.")
    return 0


def _need_screen() -> None:
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise UserMistake(
            "there is no screen here, so no window can be opened.", "login",
            "Start it where you sit before one (or with ssh -X), or lend an account in the system's file.",
        )  # fmt: skip


def _services(system: System, wanted: list[str] | None) -> list[Service]:
    """The services to rehearse: those named, or the first of the file."""
    codes = [service.code for service in system.services]
    for code in wanted or ():
        if code not in codes:
            raise UserMistake(f"{system.id} has no service {code}.", "--service", nearest(code, codes))
    if not codes:
        raise UserMistake("the file names no service, so nothing can be looked for.", system.id, "Add services: to it.")
    return [service for service in system.services if service.code in (wanted or codes[:1])]


def _target(out: Path | None, base_url: str) -> Path:
    if out is not None:
        return out if out.suffix in (".yaml", ".yml") else out / f"{name_of(base_url)}.yaml"
    here = Path.cwd() / "systems"
    return (here if here.is_dir() else HOUSE) / f"{name_of(base_url)}.yaml"


def _named(target: Path) -> str:
    """How the file is given to other commands: by its name where systems are looked for, else by its path."""
    return target.stem if target.parent.name == "systems" else shown(target)


def _must_load(text: str) -> None:
    """A file that would not load is our own fault: it is never written. Raises its UserMistake."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "first.yaml"
        path.write_text(text, encoding="utf-8")
        load_system(str(path))


def _say(what: str) -> None:
    """Shows on a terminal what is being looked at, in one line that is overwritten."""
    if sys.stderr.isatty():
        print(f"\r\033[K{f'đang xem {what} …' if what else ''}", end="", file=sys.stderr, flush=True)
