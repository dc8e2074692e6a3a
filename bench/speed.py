"""How fast Marsad reads, on one core, beside trafilatura extracting the same pages.

    python bench/speed.py [--shared ../shared] [--articles 2000] [--json]

Prints, in one run: sentences a second from raw text to record over articles of the ANT corpus; pages a second from
HTML (the real pages of the corpus folder; beside them the bundled examples, short pages that are all news); both as
ratios to `trafilatura.extract` on the same pages; start-up of `marsad --help`; the time to the first record in a fresh
process; resident memory.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import time


def articles(path: pathlib.Path, count: int) -> list[dict[str, str]]:
    """The first articles of a corpus that have a text."""
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("text"):
                found.append(row)
            if len(found) == count:
                break
    return found


def as_page(row: dict[str, str]) -> bytes:
    """An article as the plainest HTML page."""
    body = "".join(f"<p>{html.escape(p)}</p>" for p in row["text"].split("\n"))
    title = html.escape(row["headline"])
    article = f"<article><h1>{title}</h1>{body}</article>"
    return f"<html><head><title>{title}</title></head><body>{article}</body></html>".encode()


def best_of(repeats: int, work: object) -> float:
    """The shortest wall-clock time of some runs of a function, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()  # type: ignore[operator]
        times.append(time.perf_counter() - start)
    return min(times)


def fresh(command: list[str], repeats: int = 5) -> float:
    """The median wall-clock time of a command in a fresh process, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _both(pages: list[bytes]) -> tuple[float, float]:
    """Seconds to read pages, and for trafilatura to extract the same ones."""
    import trafilatura

    from marsad.reading.single import read_one

    ours = best_of(3, lambda: [read_one(p) for p in pages])
    return ours, best_of(3, lambda: [trafilatura.extract(p) for p in pages])


def measure(shared: pathlib.Path, count: int) -> dict[str, float]:
    """All figures, by name."""
    import trafilatura

    from marsad.reading.single import read_one
    from marsad.text.sentences import split_sentences

    rows = articles(shared / "data" / "ant2018.jsonl.gz", count)
    sentences = sum(len(split_sentences(row["text"])) for row in rows)
    read_one(rows[0]["text"])  # the pack is loaded once, and counted in "first record"

    start = time.perf_counter()
    for row in rows:
        read_one(row["text"], headline=row["headline"], published=row["published"])
    text_seconds = time.perf_counter() - start

    wrapped = [as_page(row) for row in rows[: min(300, count)]]
    wrapped_ours = best_of(1, lambda: [read_one(p) for p in wrapped])
    wrapped_theirs = best_of(1, lambda: [trafilatura.extract(p.decode()) for p in wrapped])

    here = pathlib.Path(__file__).resolve().parent.parent
    real = [p.read_bytes() for p in sorted((shared / "data" / "pages").glob("*.html"))]
    examples = [p.read_bytes() for p in sorted((here / "src" / "marsad" / "examples").glob("*.html"))]
    ours, theirs = _both(real)
    example_ours, example_theirs = _both(examples)
    sample = sorted((here / "src" / "marsad" / "examples").glob("*.html"))[:1]
    page = str(sample[0]) if sample else "-"
    marsad = [sys.executable, "-m", "marsad.cli.app"]
    return {
        "articles": len(rows),
        "sentences": sentences,
        "sentences a second, text to record": sentences / text_seconds,
        "pages a second, real pages": len(real) / ours,
        "cost of a real page, as a multiple of trafilatura's": ours / theirs,
        "cost of an example page (4 KB, all news), as a multiple of trafilatura's": example_ours / example_theirs,
        "cost of a plain article page, as a multiple of trafilatura's": wrapped_ours / wrapped_theirs,
        "marsad --help, seconds": fresh([*marsad, "--help"]),
        "first record in a fresh process, seconds": fresh([*marsad, "read", "--json", page], 3),
        "resident memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, default=pathlib.Path("../shared"))
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    figures = measure(options.shared, options.articles)
    if options.json:
        print(json.dumps({k: round(v, 3) for k, v in figures.items()}))
        return
    for name, value in figures.items():
        print(f"{name:74} {value:,.2f}")


if __name__ == "__main__":
    main()
