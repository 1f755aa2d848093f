"""Putting papers into a dossier and taking them out."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal import slow_work
from portal.careless_uploads import keep_by_name
from portal.clock import now
from portal.defects import has_defect
from portal.records import Dossier, DossierFile, ServiceDocument, StoredDocument
from portal.settings import current_settings
from portal.storage import discard, keep
from portal.uploads import examine


def attach_upload(
    session: Session, dossier: Dossier, document: ServiceDocument, name: str, content: bytes, declared: str = ""
) -> None:
    """Keep an uploaded file as this document, instead of the one before. Commits. Raises portal.uploads.RefusedFile."""
    if has_defect("upload.slow"):
        slow_work.scan_one_by_one()
    file = examine(name, content, document.types, document.max_bytes, declared)
    folder = current_settings().uploads
    if has_defect("uploads.name-as-path"):
        kept = keep_by_name(folder, dossier.id, file.name, file.content)
    else:
        kept = keep(folder, file.content)
    detach(session, dossier, document.key)
    session.add(
        DossierFile(
            dossier_id=dossier.id,
            document_key=document.key,
            origin="upload",
            name=file.name,
            media_type=file.media_type,
            size=kept.size,
            sha256=kept.sha256,
            path=kept.path,
        )
    )
    dossier.changed_at = now()
    session.commit()


def attach_stored(session: Session, dossier: Dossier, document: ServiceDocument, paper: StoredDocument) -> None:
    """Use a paper of the citizen's store as this document. Commits."""
    detach(session, dossier, document.key)
    session.add(
        DossierFile(
            dossier_id=dossier.id,
            document_key=document.key,
            origin="store",
            name=paper.name,
            media_type=paper.media_type,
            size=paper.size,
            sha256=paper.sha256,
            path=paper.path,
        )
    )
    dossier.changed_at = now()
    session.commit()


def detach(session: Session, dossier: Dossier, key: str) -> None:
    """Take the file of this document out of the dossier, if there is one. Commits."""
    for file in [one for one in dossier.files if one.document_key == key and one.origin in ("upload", "store")]:
        dossier.files.remove(file)
        dossier.changed_at = now()
        session.commit()
        if file.origin == "upload":
            discard(current_settings().uploads, file.path)
