"""Fills an empty database from `portal/seed/*.yaml`."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from portal.clock import now
from portal.folding import composed
from portal.papers import result
from portal.papers.typesetting import Row
from portal.records import (
    Agency,
    Citizen,
    Commune,
    Officer,
    Organisation,
    Province,
    Service,
    ServiceDocument,
    StoredDocument,
)
from portal.security import HASHING
from portal.settings import OWNER, Settings
from portal.storage import keep

FOLDER = Path(__file__).parent / "seed"


def is_empty(session: Session) -> bool:
    """True when the database has never been filled."""
    return session.scalar(select(Agency.code).limit(1)) is None


def fill(session: Session, settings: Settings) -> None:
    """Add everything that the seed files say; the caller commits. Raises OSError, yaml.YAMLError, KeyError."""
    for agency in seed("agencies"):
        session.add(Agency(**agency))
    places = _places(session)
    session.flush()
    _services(session)
    people = seed("people")
    for citizen in people["citizens"]:
        _citizen(session, settings, citizen, places)
    session.flush()
    for organisation in people["organisations"]:
        _organisation(session, organisation, places)
    for officer in people["officers"]:
        _officer(session, officer)
    session.flush()


def seed(name: str) -> Any:
    """The content of `seed/<name>.yaml`, in precomposed Unicode."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(composed((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")), Loader=loader)


Places = dict[str, tuple[str, dict[str, str]]]


def _places(session: Session) -> Places:
    places: Places = {}
    for number, province in enumerate(seed("places"), start=1):
        code = f"{number:02d}"
        session.add(Province(code=code, name=province["name"]))
        communes = {name: f"{code}{place:03d}" for place, name in enumerate(province["communes"], start=1)}
        for place, (name, commune) in enumerate(communes.items()):
            session.add(Commune(code=commune, name=name, position=place, province_code=code))
        places[province["name"]] = (code, communes)
    return places


def _services(session: Session) -> None:
    content = seed("services")
    popular = {code: rank for rank, code in enumerate(content["popular"])}
    for position, service in enumerate(content["services"]):
        row = Service(
            code=service["code"],
            name=service["name"],
            name_en=service["name_en"],
            field=service["field"],
            audience=service["audience"],
            level=service["level"],
            agency_code=service["agency"],
            fee=service["fee"],
            processing_days=service["processing_days"],
            essential=service.get("essential"),
            requires_signature=service.get("requires_signature", False),
            lien_thong=service.get("lien_thong") or [],
            detail=service["detail"],
            form=service.get("form") or [],
            position=position,
            popular=popular.get(service["code"]),
        )
        row.documents = [
            ServiceDocument(
                key=document["key"],
                name=document["name"],
                template=document.get("template"),
                original=document.get("original", 1),
                copies=document.get("copies", 0),
                required=document.get("required", True),
                types=document.get("types") or ["pdf"],
                max_bytes=int(document.get("max_mb", 5) * 1024 * 1024),
                store_kind=document.get("store_kind"),
                position=place,
            )
            for place, document in enumerate(service.get("documents") or [])
        ]
        session.add(row)


def _citizen(session: Session, settings: Settings, facts: dict[str, Any], places: Places) -> None:
    province, communes = places[facts["province"]]
    citizen = Citizen(
        cccd=facts["cccd"],
        full_name=facts["full_name"],
        birth_date=facts["birth_date"],
        gender=facts["gender"],
        phone=facts.get("phone", ""),
        email=facts.get("email", ""),
        ethnicity=facts.get("ethnicity", "Kinh"),
        nationality=facts.get("nationality", "Việt Nam"),
        province_code=province,
        commune_code=communes[facts["commune"]],
        address=facts.get("address", ""),
        identity_sub=facts.get("identity_sub"),
        pin_hash=generate_password_hash(facts["pin"], method=HASHING),
    )
    session.add(citizen)
    session.flush()
    for paper in facts.get("store") or []:
        kept = keep(settings.uploads, _held_paper(paper["name"], facts))
        session.add(
            StoredDocument(
                citizen_id=citizen.id,
                kind=paper["kind"],
                title=paper["name"],
                origin="seed",
                name=paper["file"],
                media_type="application/pdf",
                size=kept.size,
                sha256=kept.sha256,
                path=kept.path,
                stored_at=datetime.combine(now().date().replace(month=1, day=5), time(8, 30)),
            )
        )


def _held_paper(title: str, holder: dict[str, Any]) -> bytes:
    return result.make(
        result.ResultFacts(
            number="TN/2026",
            title=title,
            agency=OWNER,
            code="Kho giấy tờ",
            service_name=title,
            rows=(
                Row("Họ và tên", holder["full_name"]),
                Row("Ngày sinh", holder["birth_date"]),
                Row("Số định danh cá nhân", holder["cccd"]),
            ),
            issued=now().date().replace(month=1, day=5),
            signer_name="Phạm Văn Lãnh Đạo",
            opening="Bản điện tử dùng để kiểm thử, không có giá trị pháp lý:",
        )
    )


def _organisation(session: Session, facts: dict[str, Any], places: Places) -> None:
    province, communes = places[facts["province"]]
    holder = session.scalars(select(Citizen).where(Citizen.cccd == facts["representative"])).one()
    session.add(
        Organisation(
            tax_code=facts["tax_code"],
            name=facts["name"],
            address=facts["address"],
            phone=facts["phone"],
            email=facts["email"],
            province_code=province,
            commune_code=communes[facts["commune"]],
            representative_id=holder.id,
        )
    )


def _officer(session: Session, facts: dict[str, Any]) -> None:
    session.add(
        Officer(
            username=facts["username"],
            password_hash=generate_password_hash(facts["password"], method=HASHING),
            name=facts["name"],
            role=facts["role"],
            title=facts.get("title", ""),
            agency_code=facts["agency"],
        )
    )
