"""Our own annotations: articles of the local corpora coded by hand, kept without their text.

    python training/annotations.py pack CODED.jsonl [CODED.jsonl …] --out training/annotations.jsonl
    python training/annotations.py join --data ../shared/data --out CODED.jsonl [--test]

`pack` takes articles with their text and their annotations and keeps, for each, the article's id, a digest of its text
and the annotations with offsets in place of words. `join` puts the text back from the corpora, for training and for
`marsad score`. The annotations follow the coding rules of the benchmark; every tenth article, chosen by the digest of
its id, is kept apart as a test set that no model is trained on.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import pathlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

KEPT: Final = pathlib.Path(__file__).with_name("annotations.jsonl")
_TEST: Final = 10
_QUOTED: Final = ("speaker", "content", "trigger", "place", "what")
_PARTIES: Final = ("actors", "recipients", "claimed_by")

Row = dict[str, Any]


def is_test(article: str) -> bool:
    """Whether an article is kept apart for testing.

    Args:
        article: its id.
    """
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % _TEST == 0


def digest(row: Row) -> str:
    """The digest of an article's text: its headline and paragraphs, one a line."""
    return hashlib.sha256("\n".join([row["headline"], *row["paragraphs"]]).encode()).hexdigest()[:16]


def pack(row: Row) -> Row:
    """An annotated article without its text.

    Args:
        row: `id`, `source`, `published`, `headline`, `paragraphs` and `gold`.

    Returns:
        `id`, `source`, `published`, `digest` and `gold`, whose quoted words are `[start, end]` in their paragraph.
    """
    gold = {kind: [_apart(row, item) for item in items] for kind, items in row["gold"].items()}
    return {
        "id": row["id"],
        "source": row["source"],
        "published": row["published"],
        "digest": digest(row),
        "gold": gold,
    }


def join(kept: Row, row: Row) -> Row:
    """An annotated article with its text again.

    Args:
        kept: what `pack` kept.
        row: `headline` and `paragraphs` of the article.

    Raises:
        ValueError: the text is not the one that was annotated.
    """
    if digest(row) != kept["digest"]:
        raise ValueError(f"The text of {kept['id']} is not the one that was annotated.")
    gold = {kind: [_whole(row, item) for item in items] for kind, items in kept["gold"].items()}
    rest = {k: v for k, v in kept.items() if k not in ("gold", "digest")}
    return {**rest, "headline": row["headline"], "paragraphs": row["paragraphs"], "gold": gold}


def _paragraph(row: Row, p: Any) -> str:
    return row["headline"] if p == "h" else row["paragraphs"][int(p)]


def _offsets(text: str, quoted: str | None) -> list[int] | None:
    at = text.find(quoted) if quoted else -1
    return [at, at + len(quoted)] if quoted and at >= 0 else None


def _apart(row: Row, item: Row) -> Row:
    text = _paragraph(row, item["p"]) if "p" in item else ""
    found = dict(item)
    for key in _QUOTED:
        if isinstance(found.get(key), str):
            found[key] = _offsets(text, found[key])
    for key in _PARTIES:
        if key in found:
            found[key] = [{**x, "text": _offsets(text, x.get("text"))} for x in found[key] or []]
    for key in ("verb", "what"):  # free words about the article, which no score needs
        if key in found and not isinstance(found[key], list):
            found.pop(key)
    return found


def _whole(row: Row, item: Row) -> Row:
    text = _paragraph(row, item["p"]) if "p" in item else ""
    found = dict(item)
    for key in _QUOTED:
        if isinstance(found.get(key), list):
            found[key] = text[slice(*found[key])]
    for key in _PARTIES:
        if key in found:
            found[key] = [{**x, "text": text[slice(*x["text"])] if x.get("text") else ""} for x in found[key]]
    return found


def corpus(data: pathlib.Path, wanted: Iterable[tuple[str, str]]) -> Iterator[Row]:
    """Articles of the corpora.

    Args:
        data: the folder of the corpora.
        wanted: their source (the corpus's file without its ending) and id.
    """
    ids = set(wanted)
    for source in sorted({source for source, _ in ids}):
        with gzip.open(data / f"{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if (source, row["id"]) in ids:
                    paragraphs = [p for p in row["text"].split("\n") if p.strip()]
                    yield {"id": row["id"], "headline": row["headline"], "paragraphs": paragraphs}


def articles(data: pathlib.Path, *, test: bool | None = False) -> list[Row]:
    """The annotated articles with their text.

    Args:
        data: the folder of the corpora.
        test: the articles kept apart, the others, or all of them (None).
    """
    kept = [json.loads(line) for line in KEPT.read_text(encoding="utf-8").splitlines()]
    kept = [k for k in kept if test is None or is_test(k["id"]) == test]
    texts = {row["id"]: row for row in corpus(data, ((k["source"], k["id"]) for k in kept))}
    return [join(k, texts[k["id"]]) for k in kept]


def _write(rows: Sequence[Row], path: pathlib.Path) -> None:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    print(f"{path}: {len(rows)} articles, {sum(len(r['gold']['events']) for r in rows)} events")


def main() -> None:
    """Pack or join."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    packing = commands.add_parser("pack")
    packing.add_argument("coded", type=pathlib.Path, nargs="+")
    packing.add_argument("--out", type=pathlib.Path, default=KEPT)
    joining = commands.add_parser("join")
    joining.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    joining.add_argument("--out", type=pathlib.Path, required=True)
    joining.add_argument("--test", action="store_true")
    options = parser.parse_args()
    if options.command == "pack":
        rows = [json.loads(line) for path in options.coded for line in path.read_text(encoding="utf-8").splitlines()]
        _write(sorted((pack(r) for r in rows), key=lambda r: r["id"]), options.out)
    else:
        _write(articles(options.data, test=options.test), options.out)


if __name__ == "__main__":
    main()
