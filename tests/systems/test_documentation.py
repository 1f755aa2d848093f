"""What the documentation shows works as it is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from toantrinh import accounts, system_model
from toantrinh.located_yaml import Located, merge, parse
from toantrinh.systems import load_system

ROOT = Path(__file__).parents[2]


def examples(page: str) -> list[str]:
    blocks = re.findall(r"^( *)```yaml\n(.*?)^ *```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in blocks]


@pytest.mark.parametrize("page", ["README.md", "README.vi.md"])
def test_the_example_of_the_readme_is_a_system(page: str, tmp_path: Path) -> None:
    [example] = examples(page)
    (tmp_path / "hue.yaml").write_text(example, encoding="utf-8")
    system = load_system("hue", systems_dir=tmp_path)
    assert len(system.services) == 1 and system.authorisation


def test_the_examples_of_the_system_file_make_a_system_together(tmp_path: Path) -> None:
    whole: Located | None = None
    text = ""
    for example in examples("docs/system-files.md"):
        part = parse(example, "page.yaml")
        whole = merge(whole, part) if whole else part
        taken = {line.split(":")[0] for line in example.splitlines() if line[:1].isalpha()}
        text = "\n".join(block for block in re.split(r"\n(?=\w)", text) if block.split(":")[0] not in taken) + "\n" + example
    assert whole is not None and len(whole.data) >= 15
    (tmp_path / "hue.yaml").write_text(text, encoding="utf-8")
    assert set(load_system("hue", systems_dir=tmp_path).accounts) == {"citizen", "officer"}


@pytest.mark.parametrize("model", ["System", "Account", "Service", "Pace", "Thresholds", "Targets", "Start", "PersonFacts"])
def test_every_key_is_explained(model: str) -> None:
    page = (ROOT / "docs" / "system-files.md").read_text(encoding="utf-8")
    room = accounts if model in ("Account", "PersonFacts") else system_model
    fields = getattr(room, model).model_fields
    unexplained = [info.alias or name for name, info in fields.items() if not re.search(rf"\b{info.alias or name}\b", page)]
    assert not unexplained


def test_both_readmes_name_the_same_commands() -> None:
    commands = [
        re.findall(r"(?:python3 run\.py|pytest --)[^`\n#(]*", (ROOT / page).read_text(encoding="utf-8"))
        for page in ("README.md", "README.vi.md")
    ]
    assert [one.strip() for one in commands[0]] == [one.strip() for one in commands[1]]


def test_every_link_inside_the_repository_leads_somewhere() -> None:
    for page in ("README.md", "README.vi.md", "ARCHITECTURE.md", "docs/system-files.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8")):
            if not target.startswith("docs/pictures/"):
                assert (ROOT / page).parent.joinpath(target).exists(), f"{page}: {target}"


def test_the_architecture_is_short() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) < 80
