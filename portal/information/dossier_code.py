"""The written form of a dossier code (TT 01/2018/TT-VPCP, Đ19): `000.00.00.H99-YYMMDD-NNNN`."""

from __future__ import annotations

import re

from portal.defects import has_defect

_OWN_FORM = re.compile(r"HS\d{14}")
_FORM = re.compile(r"\d{3}\.\d{2}\.\d{2}\.H\d{2}-\d{6}-\d{4,6}")


def normal(text: str) -> str:
    """What somebody typed, without spaces, in capitals, with plain hyphens."""
    return re.sub(r"[\u2010-\u2015\u2212]", "-", "".join(text.split())).upper()


def is_code(text: str) -> bool:
    """True when `text` has the form of a dossier code, whether or not it was ever given."""
    return (_OWN_FORM if has_defect("submit.own-code") else _FORM).fullmatch(text) is not None
