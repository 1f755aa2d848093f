"""Two scorecards of one record: the kept one, and what the record gives when it is judged again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

TIME = "duration_ms"  # in the rows of results: how long judging took
SHOWN = 120  # characters of a value


def differences(kept: dict[str, Any], again: dict[str, Any]) -> Iterator[str]:
    """Each difference as one Vietnamese line: what judged, the score, points, verdicts, then all else but times."""
    said: set[str] = set()
    for part in (_judges, _points, _verdicts):
        for place, words, before, after in part(kept, again):
            if before != after:
                said.add(place)
                yield _line(words, before, after)
    for path, before, after in _elsewhere(kept, again):
        if path not in said:
            yield _line(path, before, after)


Row = tuple[str, str, Any, Any]  # path in the scorecard, its name for people, value kept, value given again


def _judges(kept: dict[str, Any], again: dict[str, Any]) -> Iterator[Row]:
    yield "/tool/version", "phiên bản của công cụ", _at(kept, "tool", "version"), _at(again, "tool", "version")
    for name in ("id", "version", "sha256"):
        yield (
            f"/criteria_set/{name}",
            f"bộ tiêu chí ({name})",
            _at(kept, "criteria_set", name),
            _at(again, "criteria_set", name),
        )
    before, after = (_at(card, "criteria_set", "catalogue", "sha256") for card in (kept, again))
    yield "/criteria_set/catalogue/sha256", "danh mục phép kiểm (sha256)", before, after


def _points(kept: dict[str, Any], again: dict[str, Any]) -> Iterator[Row]:
    for end, words in (("low", "tổng điểm, đầu thấp"), ("high", "tổng điểm, đầu cao")):
        yield f"/score/{end}", words, _at(kept, "score", end), _at(again, "score", end)
    for end, words in (("low", "xếp loại, đầu thấp"), ("high", "xếp loại, đầu cao")):
        yield f"/grade/{end}", words, _at(kept, "grade", end), _at(again, "grade", end)
    for of, kind in ((_groups, "nhóm"), (_criteria, "tiêu chí")):
        before, after = of(kept), of(again)
        for path in _keys(before, after):
            one, other = before.get(path, {}), after.get(path, {})
            for field, words in (("points", "điểm tối đa"), ("low", "điểm, đầu thấp"), ("high", "điểm, đầu cao")):
                yield f"{path}/{field}", f"{kind} {path.rpartition('/')[2]}: {words}", one.get(field), other.get(field)


def _verdicts(kept: dict[str, Any], again: dict[str, Any]) -> Iterator[Row]:
    before, after = _results(kept), _results(again)
    for key in _keys(before, after):
        check, service = key
        subject = f"{check}, dịch vụ {service}" if service else check
        (place, one), (other_place, other) = before.get(key, ("", {})), after.get(key, ("", {}))
        for field, words in (("verdict", "phán quyết"), ("share", "phần điểm")):
            yield f"{place or other_place}/{field}", f"phép kiểm {subject}: {words}", one.get(field), other.get(field)


def _groups(card: dict[str, Any]) -> dict[str, Any]:
    return {f"/groups/{group.get('id')}": group for group in card.get("groups", ())}


def _criteria(card: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{path}/criteria/{criterion.get('id')}": criterion
        for path, group in _groups(card).items()
        for criterion in group.get("criteria", ())
    }


def _results(card: dict[str, Any]) -> dict[tuple[str, str | None], tuple[str, dict[str, Any]]]:
    homes = [*_criteria(card).items(), ("/advice", {"checks": card.get("advice", ())})]
    found = {}
    for path, home in homes:
        for check in home.get("checks", ()):
            base = f"{path}/{check.get('id')}" if path == "/advice" else f"{path}/checks/{check.get('id')}"
            for row in check.get("results", ()):
                found[str(check.get("id")), row.get("service")] = (f"{base}/results/{row.get('service')}", row)
    return found


def _elsewhere(kept: Any, again: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every leaf in which two scorecards differ, by its path; rows of a list go by their id, code or service."""
    if isinstance(kept, dict) and isinstance(again, dict):
        for name in _keys(kept, again):
            if name != TIME or "/results/" not in path:
                yield from _elsewhere(kept.get(name), again.get(name), f"{path}/{name}")
    elif isinstance(kept, list) and isinstance(again, list) and (kept and again):
        before, after = _named(kept), _named(again)
        for name in _keys(before, after):
            yield from _elsewhere(before.get(name), after.get(name), f"{path}/{name}")
        if list(before) != list(after):
            yield f"{path} (thứ tự)", list(before), list(after)
    elif kept != again:
        yield path, kept, again


def _named(rows: list[Any]) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for place, row in enumerate(rows):
        name = str(place)
        if isinstance(row, dict):
            name = str(next((row[key] for key in ("id", "code", "step", "service", "grade") if key in row), place))
        named[name if name not in named else f"{name}#{place}"] = row
    return named


def _keys(before: dict[Any, Any], after: dict[Any, Any]) -> list[Any]:
    return [*before, *(key for key in after if key not in before)]


def _at(card: dict[str, Any], *names: str) -> Any:
    found: Any = card
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _line(words: str, before: Any, after: Any) -> str:
    return f"{words}: phiếu điểm ghi {_shown(before)}, chấm lại được {_shown(after)}"


def _shown(value: Any) -> str:
    text = "(không có)" if value is None else f"{value:g}" if isinstance(value, float) else " ".join(str(value).split())
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
