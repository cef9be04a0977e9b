"""How long the review of one bid takes once the program has started, and how the time grows with the bid's length.

Run by hand, from the top of a checkout: `.venv-test/bin/python benchmarks/review_time.py`. See README.md here for what is
measured.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from xml.sax.saxutils import escape

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from bizcase.case import build, open_case  # noqa: E402
from bizcase.review.reviewing import Asked, reviewed_bid  # noqa: E402
from bizcase.review.sealing import sealed  # noqa: E402
from bizcase.review.word_reader import read_submission  # noqa: E402
from tests.document.writing import heading, line, row, table, word_file  # noqa: E402
from tests.review.bids import all_bids, docx_of  # noqa: E402

WORDS_A_PAGE = 450
SAMPLE = "remote-monitoring"


def a_strangers_bid(pages: int) -> bytes:
    """A bid of so many pages: the passages and tables of the labelled bids, again and again, under their headings."""
    body: list[str] = []
    words, wanted = 0, pages * WORDS_A_PAGE
    bids = [read_submission(docx_of(bid), bid.name) for bid in all_bids()]
    while words < wanted:
        for bid in bids:
            for passage in bid.body:
                if words < wanted and not passage.table:
                    body.append(heading(escape(passage.text)) if passage.level else line(escape(passage.text)))
                    words += len(passage.text.split())
            for found in bid.tables if words < wanted else ():
                body.append(table("".join(row(*map(escape, cells)) for cells in found.rows if any(cells))))
                words += sum(len(cell.split()) for cells in found.rows for cell in cells)
    return word_file("".join(body))


def ours() -> tuple[bytes, bytes]:
    """The bid and the workbook of the sample, as `bizcase build` leaves them."""
    case = open_case((TOP / "samples" / f"{SAMPLE}.yaml").read_text("utf-8"), SAMPLE)
    built = build(case)
    done = sealed(case, built, built.bid)
    return done.bid, done.workbook


def timed(task: Callable[[], object], runs: int) -> float:
    """The median of the processor time in seconds, after one run that is not counted."""
    task()
    times = []
    for _ in range(runs):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return median(times)


def strangers(sizes: list[int], runs: int) -> Iterator[str]:
    yield "| pages | words | review, ms | a page, ms | grows by, for twice the length |"
    yield "|---|---|---|---|---|"
    last = 0.0
    for pages in sizes:
        content = a_strangers_bid(pages)
        spent = timed(lambda content=content: reviewed_bid(content, "bid.docx", Asked()), runs)  # type: ignore[misc]
        yield (f"| {pages} | {pages * WORDS_A_PAGE:,} | {spent * 1000:,.0f} | {spent * 1000 / pages:.1f} | "
               f"{f'{spent / last:.2f}' if last else ''} |")
        last = spent


def own(runs: int) -> Iterator[str]:
    bid, workbook = ours()
    alone = timed(lambda: reviewed_bid(bid, "bid.docx", Asked()), runs)
    both = timed(lambda: reviewed_bid(bid, "bid.docx", Asked(), (workbook, "benefits.xlsx")), runs)
    yield f"The bid of the sample {SAMPLE} (45 pages), ours: {alone * 1000:,.0f} ms; with its workbook, worked out anew: " \
          f"{both * 1000:,.0f} ms."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=[25, 50, 100, 200, 400])
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, medians of {chosen.runs} runs, processor time.\n")
    for part in (strangers(chosen.sizes, chosen.runs), own(chosen.runs)):
        for told in part:
            print(told)
        print()


if __name__ == "__main__":
    main()
