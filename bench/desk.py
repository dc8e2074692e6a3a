"""How quickly the desk answers over a large ledger: each screen's server time, and a review answer.

    python bench/desk.py LEDGER [--asked 15]

Asks a copy of the ledger, in this process and without a network: the median and the greatest of the milliseconds that
each screen takes, with and without a filter, and its size before compression; then accepts cards one after another.
`python bench/ledger.py --folder DIR` makes the ledger of 17,780 articles.
"""

from __future__ import annotations

import argparse
import pathlib
import shutil
import statistics
import tempfile
import time

from fastapi.testclient import TestClient

from marsad.web.app import create_app
from marsad.web.desk import Settings

SCREENS = (
    "/today", "/incidents", "/said", "/diplomacy", "/map", "/map.json", "/review", "/sources", "/sources/dictionary",
    "/search?q=غارة جوية",
)  # fmt: skip
FILTERED = "since=2018-04-01&until=2018-04-30&actor=SYR"


def main() -> None:
    """Ask, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=pathlib.Path)
    parser.add_argument("--asked", type=int, default=15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "copy.marsad"
        shutil.copy(given.ledger, copy)
        headers = {"accept": "text/html"}
        with TestClient(create_app(Settings(copy)), base_url="http://127.0.0.1", headers=headers) as client:
            ask(client, given.asked)
            decide(client, given.asked)


def decide(client: TestClient, times: int) -> None:
    """Accept the next cards of the queue, and print how long each answer took."""
    took = []
    for _ in range(times):
        subject = client.get("/review.json").json()["card"]["subject"]
        started = time.perf_counter()
        answer = client.post(f"/review/{subject}", json={"kind": "accept"}, headers={"accept": "application/json"})
        took.append((time.perf_counter() - started) * 1000)
        assert answer.status_code == 200, answer.text
    print(f"{'POST /review/ID':34}{statistics.median(took):10.1f}{max(took):9.1f}")


def ask(client: TestClient, times: int) -> None:
    """Print each screen's times."""
    found = client.get("/incidents.json?limit=5").json()["incidents"][:5]
    pages = client.get("/search.json?q=غارة").json()["pages"][:5]
    asked = {path: [path] for path in SCREENS}
    asked |= {f"{path} (filtered)": [path + ("&" if "?" in path else "?") + FILTERED] for path in SCREENS}
    asked["/incidents/ID"] = [f"/incidents/{one['id']}" for one in found]
    asked["/incidents/ID/dossier"] = [f"/incidents/{one['id']}/dossier" for one in found]
    asked["/page?id="] = [f"/page?id={one['id']}" for one in pages]
    print(f"{'screen':34}{'median ms':>10}{'max ms':>9}{'kB':>8}")
    for name, addresses in asked.items():
        took, size = [], 0
        for n in range(times):
            started = time.perf_counter()
            answer = client.get(addresses[n % len(addresses)])
            took.append((time.perf_counter() - started) * 1000)
            size = len(answer.content)
            assert answer.status_code == 200, (addresses, answer.status_code)
        print(f"{name:34}{statistics.median(took):10.1f}{max(took):9.1f}{size / 1000:8.1f}")


if __name__ == "__main__":
    main()
