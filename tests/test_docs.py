"""The documentation says what the code says: generated blocks are fresh, nothing of the interface is left out, links
lead somewhere, and the READMEs begin with the two commands that a newcomer needs."""

from __future__ import annotations

import importlib
import pathlib
import re
import sys
from collections.abc import Iterator
from typing import Any, Final

import msgspec
import pytest

ROOT: Final = pathlib.Path(__file__).resolve().parents[1]
READMES: Final = ("README.md", "README.ar.md")
GUIDES: Final = (
    "read-many-pages", "give-the-day-of-a-page", "send-a-reading", "use-it-in-a-notebook", "write-a-lexicon-row",
    "make-the-models-again", "measure", "review",
)  # fmt: skip
FENCE: Final = re.compile(r"^```(\w*)\n(.*?)^```", re.S | re.M)
LINK: Final = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
INLINE: Final = re.compile(r"`(marsad [^`]+)`")


def _generator() -> Any:
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        return importlib.import_module("generate")
    finally:
        sys.path.remove(str(ROOT / "docs"))


docs = _generator()
DOCUMENTS: Final = [str(path.relative_to(ROOT)) for path in docs.documents()]
FIELDS: Final = [(s.__name__, f.encode_name) for s in docs.structs() for f in msgspec.structs.fields(s)]


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _blocks(name: str, *languages: str) -> list[str]:
    return [body for language, body in FENCE.findall(_read(name)) if language in languages]


def _section(text: str, heading: str) -> str:
    """A document's text under a heading, up to the next heading of its level."""
    _, _, rest = f"\n{text}".partition(f"\n{heading}\n")
    return re.split(r"^## ", rest, maxsplit=1, flags=re.M)[0]


def _prose(name: str) -> str:
    return FENCE.sub("", _read(name))


def _links(name: str) -> Iterator[str]:
    return (link for link in LINK.findall(_prose(name)) if not re.match(r"[a-z]+:", link))


def _anchors(path: pathlib.Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", FENCE.sub("", path.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


# ---- generated blocks
@pytest.mark.parametrize("name", DOCUMENTS)
def test_generated_blocks_are_fresh(name: str) -> None:
    assert docs.refreshed(_read(name)) == _read(name), "run `python docs/generate.py`"


def test_every_block_is_used_somewhere() -> None:
    used = {m["name"] for name in DOCUMENTS for m in docs.MARKER.finditer(_read(name))}
    assert used == set(docs.BLOCKS)


def test_generation_is_the_same_twice() -> None:
    assert docs.pack_reference() == docs.pack_reference()
    assert docs.reading() == docs.reading()


# ---- the reference leaves nothing out
@pytest.mark.parametrize("name", sorted(docs.commands()))
def test_every_command_has_its_heading(name: str) -> None:
    assert f"## `marsad {name}`" in _read("docs/reference/commands.md").splitlines()


@pytest.mark.parametrize(("command", "option"), [(owner, p.name) for owner, p in docs.all_options()])
def test_every_option_has_its_row(command: str, option: str) -> None:
    section = _section(_read("docs/reference/commands.md"), f"## `{f'marsad {command}'.strip()}`")
    assert f"| `{option}` |" in section


def test_every_option_says_what_it_does() -> None:
    assert all(p.help for _, p in docs.all_options())


@pytest.mark.parametrize("error", docs.errors(), ids=lambda e: e.code)
def test_every_error_has_its_heading_and_says_what_to_do(error: Any) -> None:
    section = _section(_read("docs/reference/errors.md"), f"## {error.code}: {error.title}")
    assert error.hint in section


@pytest.mark.parametrize(("part", "field"), FIELDS)
def test_every_field_has_its_row_and_its_meaning(part: str, field: str) -> None:
    section = _section(_read("docs/reference/record.md"), f"## {part}")
    row = next((line for line in section.splitlines() if line.startswith(f"| `{field}` |")), "")
    assert row.rstrip(" |").count("|") >= 3


def test_no_meaning_is_left_of_a_field_that_is_gone() -> None:
    known = {f"{part}.{field}" for part, field in FIELDS}
    assert not [key for key in docs.meanings() if not key.startswith("type.") and key not in known]


@pytest.mark.parametrize("name", docs.tables())
def test_every_table_of_the_pack_has_its_heading(name: str) -> None:
    assert f"## `{name}`" in _read("docs/reference/language-pack.md").splitlines()


@pytest.mark.parametrize("guide", GUIDES)
def test_every_guide_is_in_the_contents(guide: str) -> None:
    assert f"(how-to/{guide}.md)" in _read("docs/index.md")


# ---- links
@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    for link in _links(name):
        target, _, anchor = link.partition("#")
        path = (ROOT / name).parent / target if target else ROOT / name
        assert path.exists(), link
        assert not anchor or anchor in _anchors(path), link


# ---- the READMEs
@pytest.mark.parametrize("name", READMES)
def test_readme_begins_with_installing_and_testing(name: str) -> None:
    install, test = _blocks(name, "sh", "bash", "console")
    assert install.splitlines()[0] == "pip install ."
    assert install.splitlines()[1].startswith("marsad read src/marsad/examples/")
    assert "pip install '.[test]'" in test
    assert "python -m pytest" in test


@pytest.mark.parametrize("name", READMES)
def test_readme_shows_a_reading_before_any_command(name: str) -> None:
    assert FENCE.findall(_read(name))[0][0] == "text"


@pytest.mark.parametrize("name", READMES)
def test_readme_reads_a_page_that_is_there(name: str) -> None:
    page = _blocks(name, "sh")[0].split()[-1]
    assert (ROOT / page).is_file()


def test_both_readmes_have_the_same_commands() -> None:
    english, arabic = READMES
    assert FENCE.findall(_read(english)) == FENCE.findall(_read(arabic))
    assert INLINE.findall(_prose(english)) == INLINE.findall(_prose(arabic))


@pytest.mark.parametrize("name", READMES)
def test_python_of_the_readme_runs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    exec("\n".join(_blocks(name, "python")), names)
    assert names["rows"]
    assert names["line"].startswith('{"schema":"marsad.record/1"')


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_named_in_the_text_exist(name: str) -> None:
    known = set(docs.commands())
    options = {p.name.split()[0] for _, p in docs.all_options()} | {"--help"}
    shell = [line for body in _blocks(name, "sh") for line in body.splitlines() if "marsad " in line]
    for line in INLINE.findall(_prose(name)) + shell:
        words = line.split("marsad ", 1)[1].split("|")[0].split()
        assert words[0] in known | options | {"[OPTIONS]"}, line
        assert {w.split("=")[0] for w in words if w.startswith("--")} <= options, line
