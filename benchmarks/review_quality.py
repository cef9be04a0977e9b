"""How well the review reads other people's bids: sections and verdicts beside the labels of `tests/review/bids/`.

Run by hand, from the top of a checkout: `.venv-test/bin/python benchmarks/review_quality.py`. See README.md here for what is
measured.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from bizcase.completeness.verdict import Degree  # noqa: E402
from bizcase.review.submission import Submission  # noqa: E402
from bizcase.specification.profile import load_profile  # noqa: E402
from tests.review.bids import LabelledBid, all_bids, apart, docx_of, held_out  # noqa: E402
from tests.review.labelled import CODES, SECTIONS, UNDECIDABLE  # noqa: E402
from tests.review.quality import (  # noqa: E402
    NOWHERE,
    Answer,
    Judge,
    Place,
    Score,
    confusion,
    macro,
    overall,
    scores,
    section_answers,
    verdict_answers,
)

Read = Callable[[bytes, str], Submission]
MEASURED = (Degree.FULLY, Degree.ABSENT)
ABOUT = 110
"""As many characters of a passage as an error shows."""


def sections_report(answers: Sequence[Answer], errors: int) -> Iterator[str]:
    by_section = scores(answers, SECTIONS)
    yield f"SECTIONS: {len(answers)} pieces of text"
    yield f"{'section':22}{'precision':>10}{'recall':>8}{'right':>7}{'false':>7}{'missed':>8}"
    yield from (_score_line(name, score) for name, score in by_section.items())
    yield from _summary(by_section)
    wrong = [answer for answer in answers if not answer.correct]
    saved = sum(answer.second in answer.right for answer in wrong)
    yield f"{len(wrong)} wrong; the second choice is right in {saved}; {sum(answer.unread for answer in wrong)} in no passage"
    yield ""
    yield from _matrix(confusion(answers))
    yield ""
    yield from _errors(wrong, errors)


def verdicts_report(answers: Sequence[Answer], errors: int) -> Iterator[str]:
    yield f"VERDICTS: {len(answers)} labelled"
    yield f"{'criterion':12}" + "".join(f"{degree.value + ' p':>10}{'r':>6}{'n':>5}" for degree in MEASURED)
    for code in CODES:
        if code not in UNDECIDABLE:
            own = scores([answer for answer in answers if answer.what == code], [degree.value for degree in MEASURED])
            yield f"{code:12}" + "".join(f"{s.precision:10.2f}{s.recall:6.2f}{s.hits + s.missed:5}" for s in own.values())
    for degree in MEASURED:
        by_code = {code: scores([a for a in answers if a.what == code], [degree.value])[degree.value] for code in CODES
                   if code not in UNDECIDABLE}
        yield f"{degree.value}:"
        yield from _summary(by_code)
    yield ""
    counts = confusion(answers)
    said = [*(degree.value for degree in Degree), "not judged"]
    yield f"{'label / said':14}" + "".join(f"{name:>16}" for name in said)
    for label in ("fully", "partly", "absent"):
        yield f"{label:14}" + "".join(f"{counts[label, name]:16}" for name in said)
    yield ""
    wrong = [answer for answer in answers if not answer.correct]
    yield from _errors(sorted(wrong, key=lambda a: (a.said != "fully", a.what)), errors)


def _score_line(name: str, score: Score) -> str:
    return f"{name:22}{score.precision:10.2f}{score.recall:8.2f}{score.hits:7}{score.false:7}{score.missed:8}"


def _summary(by_class: dict[str, Score]) -> Iterator[str]:
    precision, recall = macro(by_class)
    yield _score_line("all together (micro)", overall(by_class))
    yield f"{'mean of each (macro)':22}{precision:10.2f}{recall:8.2f}"


def _matrix(counts: Counter[tuple[str, str]]) -> Iterator[str]:
    """Labels down, answers across; a column bears the number of its section, 0 for none."""
    names = (NOWHERE, *SECTIONS)
    yield f"{'label / said':25}" + "".join(f"{number:4}" for number in range(len(names)))
    for number, name in enumerate(names):
        cells = (f"{counts[name, said] or '.':>4}" for said in names)
        yield f"{number:2} {name or 'none':22}" + "".join(cells)


def _errors(wrong: Iterable[Answer], most: int) -> Iterator[str]:
    wrong = list(wrong)
    yield f"ERRORS: {min(most, len(wrong))} of {len(wrong)}"
    for answer in wrong[:most]:
        right = " or ".join(answer.right) or "none"
        said = "not read" if answer.unread else answer.said or "none"
        yield f"{answer.bid:26} {answer.what:6} is {right}, said {said}: {answer.text[:ABOUT]}"


def report(read: Read, place: Place, judge: Judge | None, profile: str, errors: int,
           bids: Sequence[LabelledBid]) -> Iterator[str]:
    """The tables, for the functions given; without `judge` those of the sections alone."""
    chosen = load_profile(profile)
    sections: list[Answer] = []
    verdicts: list[Answer] = []
    for bid in bids:
        submission = read(docx_of(bid), f"{bid.name}.docx")
        placed = place(submission)
        sections += section_answers(bid, placed)
        if judge is not None:
            verdicts += verdict_answers(bid, judge(placed, submission, chosen))
    yield f"{len(bids)} bids, {sum(len(' '.join(bid.words).split()) for bid in bids):,} words"
    yield ""
    yield from sections_report(sections, errors)
    if judge is not None:
        yield ""
        yield from verdicts_report(verdicts, errors)


def named(name: str) -> Any:
    """The function that `module:function` names."""
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--read", default="bizcase.review.word_reader:read_submission", help="reads a Word file")
    parser.add_argument("--place", default="bizcase.review.mapping:placed", help="gives passages their sections")
    parser.add_argument("--judge", default="bizcase.review.judging:judge", help="gives verdicts")
    parser.add_argument("--sections-only", action="store_true", help="leave the verdicts out")
    parser.add_argument("--profile", default="innovation-fund", help="whose criteria are judged")
    parser.add_argument("--errors", type=int, default=40, help="how many errors each part lists")
    sets = parser.add_mutually_exclusive_group()
    sets.add_argument("--held-out", action="store_true", help="measure on the bids of tests/review/heldout instead")
    sets.add_argument("--apart", action="store_true", help="measure on the bids of tests/review/apart instead")
    parser.add_argument("--bids", nargs="+", help="only these")
    chosen = parser.parse_args()
    labelled = held_out() if chosen.held_out else apart() if chosen.apart else all_bids()
    bids = [bid for bid in labelled if not chosen.bids or bid.name in chosen.bids]
    judge = None if chosen.sections_only else named(chosen.judge)
    for line in report(named(chosen.read), named(chosen.place), judge, chosen.profile, chosen.errors, bids):
        print(line)


if __name__ == "__main__":
    main()
