"""How the portal writes amounts, dates, sizes and levels."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask

from portal.catalogue import LEVEL_TITLES
from portal.defects import has_defect
from portal.statuses import Status

TYPE_NAMES = {"pdf": "PDF", "jpg": "JPG", "png": "PNG", "docx": "DOCX"}


OWN_WORDS = {
    Status.REGISTERED: "Chờ một cửa xem",
    Status.RECEIVED: "Bước 2: đã vào sổ",
    Status.PROCESSING: "Bước 3: chuyên viên thụ lý",
    Status.PROCESSED: "Bước 4: lãnh đạo đã ký",
    Status.RETURNED: "Bước 5: kết thúc",
}


def money(amount: int) -> str:
    """Whole đồng, grouped by dots: `8.000 đồng`."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def fee(amount: int) -> str:
    """A published fee: `8.000 đồng`, or `Không thu phí`."""
    if has_defect("lookalike.fee-with-sign"):
        return money(amount).replace(" đồng", " ₫") if amount else "Miễn phí"
    return money(amount) if amount else "Không thu phí"


def day(value: date | None) -> str:
    """`dd/mm/yyyy`."""
    return value.strftime("%d/%m/%Y") if value else "—"


def moment(value: datetime | None) -> str:
    """`HH:MM dd/mm/yyyy`."""
    return value.strftime("%H:%M %d/%m/%Y") if value else "—"


def size(count: int) -> str:
    """A file's size for people: `120 KB`, `1,5 MB`."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    megabytes = count / 1024 / 1024
    return f"{megabytes:.1f}".replace(".", ",").removesuffix(",0") + " MB"


def working_days(count: int) -> str:
    """A time limit: `03 ngày làm việc`."""
    return f"{count:02d} ngày làm việc" if count else "Trong ngày làm việc"


def status_title(status: int) -> str:
    """The national words of a status number."""
    title = Status(status).title
    if has_defect("track.own-words"):
        return OWN_WORDS.get(Status(status), title)
    return title.upper() if has_defect("lookalike.words-in-capitals") else title


def level_title(level: str) -> str:
    """The full name of a level."""
    return LEVEL_TITLES[level.replace("-", "_")]


def file_types(types: list[str]) -> str:
    """`PDF, JPG, PNG`."""
    return ", ".join(TYPE_NAMES.get(kind, kind.upper()) for kind in types)


def install(app: Flask) -> None:
    """Make the words filters of the templates."""
    app.jinja_env.filters.update(
        money=money,
        fee=fee,
        day=day,
        moment=moment,
        size=size,
        working_days=working_days,
        status_title=status_title,
        level_title=level_title,
        file_types=file_types,
    )
