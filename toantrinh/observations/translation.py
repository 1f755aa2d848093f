"""Facts about the languages in which the text of a page is really written, block by block."""

from __future__ import annotations

from toantrinh.observations.page import Facts


class TextBlock(Facts):
    """A paragraph, heading, cell or the like with its own text (at most 300 characters).

    `declared`: the language of the nearest element that declares one. `language`: the one that the text itself shows,
    of the two that were asked about; empty when it is too short, a name or an address, or cannot be told.
    """

    text: str
    selector: str
    declared: str
    language: str = ""

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


class PageTranslation(Facts):
    """One page of a foreign version. `expected` is the language that it should be in; `declared` is that of `html`."""

    address: str
    declared: str
    expected: str
    blocks: tuple[TextBlock, ...]

    def words_in(self, language: str) -> int:
        """Words of the blocks whose text shows this language."""
        return sum(block.words for block in self.blocks if block.language == language)


class Translation(Facts):
    """The foreign version: the page that the switch leads to first, then some of its own pages; and the texts of the
    Vietnamese home page to compare with."""

    pages: tuple[PageTranslation, ...]
    home: tuple[str, ...]
    seed: int
    shot: str = ""
