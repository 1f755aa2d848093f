"""The help texts of the portal, in Vietnamese and English, and the English words of its services (portal/seed)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from portal.seeding import seed


@dataclass(frozen=True)
class Question:
    """One question of the FAQ with its answer in paragraphs."""

    question: str
    answer: tuple[str, ...]


@dataclass(frozen=True)
class QuestionGroup:
    """Questions on one subject."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Section:
    """A titled piece of text. `picture` names a drawing (empty for none)."""

    title: str
    text: tuple[str, ...]
    picture: str = ""


@dataclass(frozen=True)
class Hotline:
    """A telephone number and when it is answered."""

    name: str
    phone: str
    hours: str

    @property
    def link(self) -> str:
        """The number as a `tel:` address takes it."""
        return self.phone.replace(" ", "")


@dataclass(frozen=True)
class Texts:
    """All help texts in one language. English has no `about` and `accessibility`."""

    faq: tuple[QuestionGroup, ...]
    guide: tuple[Section, ...]
    hotlines: tuple[Hotline, ...]
    about: tuple[Section, ...]
    accessibility: tuple[Section, ...]


@dataclass(frozen=True)
class EnglishService:
    """The English words of a service. `documents` are in the order of the service's documents."""

    field: str
    summary: str
    documents: tuple[str, ...]
    result: str


@cache
def texts(language: str) -> Texts:
    """The texts in `vi` or `en`. Raises KeyError for another language."""
    content = seed("texts")[language]
    return Texts(
        faq=tuple(
            QuestionGroup(
                group["title"], tuple(Question(one["question"], tuple(one["answer"])) for one in group["questions"])
            )
            for group in content["faq"]
        ),
        guide=_sections(content["guide"]),
        hotlines=tuple(Hotline(**one) for one in content["hotlines"]),
        about=_sections(content.get("about", [])),
        accessibility=_sections(content.get("accessibility", [])),
    )


@cache
def english_services() -> dict[str, EnglishService]:
    """The English words by TTHC code."""
    return {
        code: EnglishService(one["field"], one["summary"], tuple(one["documents"]), one["result"])
        for code, one in seed("services_en").items()
    }


def _sections(content: list[dict[str, Any]]) -> tuple[Section, ...]:
    return tuple(Section(one["title"], tuple(one["text"]), one.get("picture", "")) for one in content)
