"""What of a bundle holds: every file against the manifest, the manifest against its signature, the score against the
record."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from toantrinh import __version__
from toantrinh.bundle.contents import Contents, Unreadable, contents_of, whole
from toantrinh.bundle.manifest import Manifest, faults_of_files, manifest_bytes, read_manifest, unpack
from toantrinh.bundle.rejudging import NotJudged, faults_of_score
from toantrinh.bundle.signing import LARGEST, fault_of, signer_of
from toantrinh.runs import read_mark
from toantrinh.scorecard import FILE_NAME
from toantrinh.store import SIGNATURE

NOT_SIGNED = "không có chữ ký: ai sửa cả gói rồi tính lại manifest.json thì không thấy được"
WHOSE_KEY = "khóa đã ký là của ai thì gói không nói được: đưa khóa công khai nhận từ chính người ký bằng --key"
WHAT_WAS_SEEN = "quan sát có thật là của hệ thống ấy hay không: chỉ người ký chịu trách nhiệm"
BESIDE = "report.html và junit.xml chỉ được so với manifest.json, không được chấm lại"
NO_SCORE = "lần chạy không có phiếu điểm"


@dataclass
class Verified:
    """What came of it, in Vietnamese lines: what is wrong, what is proven, what is not and why."""

    faults: list[str] = field(default_factory=list)
    proven: list[str] = field(default_factory=list)
    unproven: list[str] = field(default_factory=list)
    judged: bool = True

    @property
    def status(self) -> int:
        """0 all right, 1 something is wrong, 2 could not be judged."""
        return 1 if self.faults else 0 if self.judged else 2


def verify(place: Path, key: Ed25519PublicKey | None = None) -> Verified:
    """Everything that can be asked of a bundle or a run's folder. Raises UserMistake when it cannot be read."""
    found = Verified()
    with contents_of(place) as contents:
        raw = manifest_bytes(contents)
        manifest = read_manifest(raw, place)
        found.faults += contents.faults
        _verify_signature(found, contents, raw, key)
        wrong = [*contents.faults, *faults_of_files(contents, manifest)]
        found.faults += wrong[len(contents.faults) :]
        if wrong:
            found.unproven.append("phiếu điểm: chưa chấm lại, vì tệp đã khác")
        else:
            found.proven.append(f"{len(manifest.files)} tệp đúng như manifest.json (kích thước và SHA-256)")
            _verify_score(found, contents, manifest)
    found.unproven += [BESIDE, WHAT_WAS_SEEN]
    return found


def _verify_signature(found: Verified, contents: Contents, manifest: bytes, key: Ed25519PublicKey | None) -> None:
    if SIGNATURE not in contents.sizes:
        (found.unproven if key is None else found.faults).append(NOT_SIGNED)
        return
    try:
        raw = whole(contents, SIGNATURE, LARGEST)
    except Unreadable as error:
        found.faults.append(f"{SIGNATURE}: {error}")
        return
    if fault := fault_of(raw, manifest, key):
        found.faults.append(fault)
        return
    found.proven.append(f"chữ ký Ed25519 đúng với khóa {signer_of(raw)}")
    if key is None:
        found.unproven.append(WHOSE_KEY)


def _verify_score(found: Verified, contents: Contents, manifest: Manifest) -> None:
    listed = {file.path for file in manifest.files}
    if FILE_NAME not in listed:
        found.unproven.append(NO_SCORE)
        return
    with tempfile.TemporaryDirectory(prefix="toantrinh-kiem-") as passing:
        folder, again = Path(passing, "goi"), Path(passing, "cham-lai")
        again.mkdir()
        if contents.place.is_dir():
            folder = contents.place.resolve()
        else:
            folder.mkdir()
            unpack(contents, manifest, folder)
        found.faults += _wrong_tool(folder, manifest)
        try:
            faults = faults_of_score(folder, again)
        except NotJudged as why:
            found.judged = False
            found.unproven.append(f"phiếu điểm: không chấm lại được ({why}){_other_tool(manifest)}")
            return
    found.faults += faults
    if not faults:
        found.proven.append(f"{FILE_NAME} và index.html đúng với điều thu được khi chấm lại từ quan sát")
    elif other := _other_tool(manifest):
        found.unproven.append(f"phiếu điểm{other}")


def _wrong_tool(folder: Path, manifest: Manifest) -> list[str]:
    """A manifest names the version that made the run, unless a later one judged the record again."""
    mark = read_mark(folder)
    if mark is None or mark.replay or mark.tool == manifest.tool:
        return []
    return [f"manifest.json ghi phiên bản {manifest.tool}, run.json ghi {mark.tool}"]


def _other_tool(manifest: Manifest) -> str:
    if manifest.tool == __version__:
        return ""
    return f": gói do phiên bản {manifest.tool} chấm, ở đây là {__version__}; hãy kiểm bằng đúng phiên bản ấy"
