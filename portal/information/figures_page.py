"""The public figures by agency and month."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from portal import slow_work
from portal.clock import now
from portal.database import current_session
from portal.defects import has_defect
from portal.information import chart
from portal.information.figures import count

blueprint = Blueprint("figures", __name__)

MONTHS_SHOWN = 12


@blueprint.get("/so-lieu")
def page() -> str:
    """The figures, counted at this moment; `co-quan` (code) and `thang` (yyyy-mm) narrow them."""
    if has_defect("lookalike.slow-report"):
        slow_work.count_everything()
    everything = count(current_session(), now().date())
    agency, month = request.args.get("co-quan", ""), request.args.get("thang", "")
    narrowed = everything.narrowed(agency, month)
    by_month = everything.narrowed(agency).by_month()[-MONTHS_SHOWN:]
    drawing = chart.bars(
        [month_name(name, short=True) for name, _ in by_month],
        [[one.received for _, one in by_month], [one.settled for _, one in by_month]],
    )
    return render_template(
        "information/figures.html",
        active="figures",
        everything=everything,
        agency=agency,
        month=month,
        total=narrowed.total,
        by_agency=narrowed.by_agency(),
        by_month=by_month,
        drawing=drawing,
        counted_at=now(),
        month_name=month_name,
    )


def month_name(month: str, short: bool = False) -> str:
    """`2026-11` as `Tháng 11/2026`, or `11/2026`."""
    year, number = month.split("-")
    return f"{number}/{year}" if short else f"Tháng {number}/{year}"
