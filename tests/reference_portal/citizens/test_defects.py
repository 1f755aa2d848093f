"""Each seeded defect shows where it should. (That the clean portal is free of them is what all the other tests say.)"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
import yaml

from portal.defects import REGISTRY, UnknownDefect, has_defect, switch_on

from .conftest import ROOT, Application, Portal, Visitor, running


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal with all the defects of the first days at once; they do not touch each other."""
    names = "search.diacritics,payment.twice,status.stuck,emc.no-tag-on-confirmation,result.in-person,fee.differs"
    with running(tmp_path_factory.mktemp("faulty"), "--defects", names) as started:
        yield started


@pytest.fixture(scope="module")
def handed_in(faulty: Portal) -> Application:
    """A dossier handed in at the faulty portal."""
    visitor = Visitor(faulty).log_in("A", "/nop-ho-so/1.001193")
    application = Application(visitor, visitor.answer.url.rsplit("/", 1)[0])
    application.until("nop")
    return application


def test_search_is_blind_to_missing_diacritics(faulty: Portal) -> None:
    visitor = Visitor(faulty)
    visitor.get("/thu-tuc?tu-khoa=dang+ky+khai+sinh")
    assert "Không tìm thấy thủ tục phù hợp" in visitor.words
    visitor.get("/thu-tuc?tu-khoa=đăng+ký+khai+sinh")
    assert "Thủ tục đăng ký khai sinh" in visitor.words


def test_the_amount_asked_differs_and_is_booked_twice(faulty: Portal, handed_in: Application) -> None:
    paid = faulty.rows("SELECT amount FROM payments WHERE dossier_id = ? AND state = 'paid'", handed_in.id)
    assert paid == [(13000,), (13000,)]


def test_the_confirmation_has_no_tag(handed_in: Application) -> None:
    handed_in.visitor.get(handed_in.address)
    assert "_govaq" not in handed_in.visitor.answer.text
    handed_in.visitor.get("/ho-so-cua-toi")
    assert "_govaq" in handed_in.visitor.answer.text


def test_the_status_stays_and_the_result_must_be_fetched(faulty: Portal, handed_in: Application) -> None:
    officer = Visitor(faulty)
    officer.get("/can-bo/dang-nhap")
    officer.send({"ten_dang_nhap": "canbo.lanhdao", "mat_khau": "Can-bo-2026"})
    for action in ("tiep-nhan", "xu-ly", "phe-duyet", "tra-ket-qua"):
        officer.get(f"/can-bo/ho-so/{handed_in.id}")
        officer.post(f"/can-bo/ho-so/{handed_in.id}/{action}", {})
    assert faulty.rows("SELECT status, delivery FROM dossiers WHERE id = ?", handed_in.id) == [(10, "in_person")]
    page = handed_in.visitor
    page.get(handed_in.address)
    assert "Mới đăng ký" in page.words and "Đã trả kết quả" not in page.words
    assert page.get(f"{handed_in.address}/ket-qua").status_code == 404


def test_every_defect_names_the_checks_that_must_catch_it() -> None:
    assert all(one.title and name == one.name for name, one in REGISTRY.items())
    assert [one.name for one in REGISTRY.values() if bool(one.checks) is one.is_lookalike] == []


def test_an_unknown_defect_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownDefect, match=r"Did you mean search\.diacritics"):
        switch_on(["search.diacritic"])
    with pytest.raises(UnknownDefect):
        has_defect("no.such.defect")


def test_the_command_line_refuses_an_unknown_defect_in_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "portal", "--defects", "search.diacritic"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1


def test_every_check_of_security_is_named_by_a_defect() -> None:
    """Criteria 4.1 to 4.6; 4.7 is a person's."""
    criteria = yaml.safe_load((ROOT / "criteria" / "qd473-2024.yaml").read_text(encoding="utf-8"))
    security = [one for group in criteria["groups"] for one in group["criteria"] if one["id"].startswith("4.")]
    shares = [(share, one["id"]) for one in security if one["id"] != "4.7" for share in one["checks"]]
    asked = {share["id"] if isinstance(share, dict) else share: criterion for share, criterion in shares}
    named = {check for one in REGISTRY.values() for check in one.checks}
    assert len(asked) > 30
    assert [f"{criterion} {check}" for check, criterion in asked.items() if check not in named] == []
