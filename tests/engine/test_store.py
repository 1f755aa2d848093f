"""The store: observed once, whole or not at all, shared by processes, and a record of what could not be seen."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from toantrinh.mistakes import UserMistake
from toantrinh.observations.page import Facts
from toantrinh.store import Attachments, NotObserved, Outcome, Store, write_whole


class Sight(Facts):
    what: str


def test_an_observation_is_made_once(tmp_path: Path) -> None:
    made = []

    def how(attachments: Attachments) -> Sight:
        made.append(attachments.save("a.txt", "tệp"))
        assert attachments.file_of(made[-1]) == tmp_path / made[-1]
        return Sight(what="một")

    first = Store(tmp_path).observe("journey/1.001193", Sight, how)
    again = Store(tmp_path).observe("journey/1.001193", Sight, how)
    assert first == again and first.data == Sight(what="một")
    assert made == ["evidence/journey/1.001193/a.txt"] and (tmp_path / made[0]).read_text() == "tệp"


def _count(folder: str, log: str) -> None:
    def how(attachments: Attachments) -> Sight:
        with open(log, "a") as file:
            file.write("x")
        time.sleep(0.2)  # long enough for the others to arrive
        return Sight(what="chung")

    Store(Path(folder)).observe("shared", Sight, how)


def test_processes_share_an_observation(tmp_path: Path) -> None:
    log = tmp_path / "log"
    workers = [multiprocessing.Process(target=_count, args=(str(tmp_path / "run"), str(log))) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert log.read_text() == "x"


def test_what_could_not_be_seen_is_kept_with_its_reason(tmp_path: Path) -> None:
    def how(attachments: Attachments) -> Sight:
        raise NotObserved(Outcome.NOT_TESTED, "không có tài khoản")

    observed = Store(tmp_path).observe("a", Sight, how)
    assert (observed.outcome, observed.reason, observed.data) == (Outcome.NOT_TESTED, "không có tài khoản", None)


def test_our_own_failure_is_a_tool_error_with_its_traceback_and_is_tried_again_later(tmp_path: Path) -> None:
    def broken(attachments: Attachments) -> Sight:
        raise ValueError("hỏng")

    store = Store(tmp_path)
    observed = store.observe("a", Sight, broken)
    assert observed.outcome is Outcome.TOOL_ERROR and "hỏng" in observed.reason
    assert "ValueError" in (tmp_path / observed.attachments[0]).read_text()
    assert store.forget_tool_errors() == 1
    assert store.observe("a", Sight, lambda attachments: Sight(what="lần hai")).data == Sight(what="lần hai")


def _observe_for_ever(folder: str) -> None:
    def how(attachments: Attachments) -> Sight:
        attachments.save("half.txt", "nửa chừng")
        (Path(folder) / "started").touch()
        time.sleep(60)
        return Sight(what="không bao giờ")

    Store(Path(folder)).observe("slow", Sight, how)


def test_a_killed_observer_leaves_nothing_half_written(tmp_path: Path) -> None:
    worker = multiprocessing.Process(target=_observe_for_ever, args=(str(tmp_path),))
    worker.start()
    while not (tmp_path / "started").exists():
        assert worker.is_alive()
        time.sleep(0.01)
    os.kill(worker.pid or 0, signal.SIGKILL)
    worker.join()
    assert list(Store(tmp_path).observations()) == []
    assert Store(tmp_path).observe("slow", Sight, lambda attachments: Sight(what="lại")).data == Sight(what="lại")
    assert not (tmp_path / "evidence" / "slow").exists()


def test_everything_kept_is_redacted(tmp_path: Path) -> None:
    store = Store(tmp_path, lambda text: text.replace("mật khẩu", "•••"))

    def how(attachments: Attachments) -> Sight:
        attachments.save("page.html", "<p>mật khẩu</p>")
        return Sight(what="mật khẩu")

    store.observe("a", Sight, how)
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or "mật khẩu" not in path.read_text()


def test_the_manifest_lists_every_file_with_its_digest(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.observe("a", Sight, lambda attachments: Sight(what=attachments.save("x.bin", b"123")))
    files = {entry["path"]: entry for entry in json.loads(store.write_manifest().read_text())["files"]}
    assert set(files) == {"observations/a.json", "evidence/a/x.bin"}
    assert files["evidence/a/x.bin"]["sha256"] == "a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_a_full_disk_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.mkstemp", lambda **_: (os.open("/dev/full", os.O_WRONLY), str(tmp_path / "x.part")))
    with pytest.raises(UserMistake, match=r"the disk is full.*goes on with what it has observed"):
        write_whole(tmp_path / "file", b"x" * 100)


def test_names_of_files_cannot_leave_the_folder(tmp_path: Path) -> None:
    store = Store(tmp_path / "run")
    store.observe("../../x", Sight, lambda attachments: Sight(what=attachments.save("../../../y.txt", b"1")))
    outside = [p for p in tmp_path.rglob("*") if p.is_file() and not p.is_relative_to(tmp_path / "run")]
    assert outside == []
