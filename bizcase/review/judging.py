"""Judges the criteria of the register by the words of somebody else's bid, and claims no more than the words show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bizcase.completeness.assess import MOST_EVIDENCE, severity_for
from bizcase.completeness.criterion import Criterion, criteria_of
from bizcase.completeness.verdict import Degree, Evidence, Verdict
from bizcase.errors import Place, Severity
from bizcase.review.hedges import Strength
from bizcase.review.mapping import Placed
from bizcase.review.order import order_of
from bizcase.review.reading import Read, Reading, read
from bizcase.review.signals import Alternative, Need, Shown, Signal, load_register
from bizcase.review.statements import statements_of
from bizcase.review.submission import Submission
from bizcase.specification.profile import Profile
from bizcase.specification.words import listed
from bizcase.specification.words import shown as shortened

LONGEST_QUOTE = 200
"""Characters of a passage that a verdict quotes."""

NOT_KNOWN = "how this criterion shows in words has not been described"
NO_ORDER = "no list of milestones with their dates was found whose order could be looked at"
NOT_READ = "part of the file could not be read, so what was not found may stand there"


@dataclass(frozen=True, slots=True)
class Sighting:
    """How far a signal was found, and the numbers of the statements that show it."""

    signal: Signal
    strength: Strength
    statements: tuple[int, ...]

    @property
    def found(self) -> bool:
        return self.strength is Strength.STATED

    @property
    def begun(self) -> bool:
        """Found at least in part."""
        return self.strength > Strength.DENIED


def judge(placed: Sequence[Placed], submission: Submission, profile: Profile) -> tuple[Verdict, ...]:
    """A verdict for each criterion that the profile asks or waives, by the words of a bid alone. Where no passage belongs in
    any section the document is no bid, and nothing in it answers a criterion."""
    register = load_register()
    somewhere = placed if any(each.section for each in placed) else ()
    reading = read(statements_of(somewhere), register.terms)
    asked = criteria_of(profile)
    own = {each.code: _verdict(each, register.shown.get(each.code), reading, submission, profile)
           for each in asked if not each.sums}
    return tuple(own.get(each.code) or _ready(each, tuple(own.values()), submission) for each in asked)


def _ready(criterion: Criterion, verdicts: Sequence[Verdict], submission: Submission) -> Verdict:
    """The verdict that follows from the others (X7). What cannot be told of a blocker, or of a part of the file that was not
    read, cannot be told of the whole."""
    blockers = [verdict for verdict in verdicts if verdict.severity is Severity.BLOCKER and not verdict.waived]
    if left := [verdict.criterion.code for verdict in blockers if verdict.failed]:
        return Verdict(criterion, criterion.severity, Degree.ABSENT, f"not ready to submit while {listed(left)} is not met")
    unsure = [verdict.criterion.code for verdict in blockers if verdict.degree is Degree.CANNOT_TELL]
    if unsure or submission.skipped:
        return Verdict(criterion, criterion.severity, Degree.CANNOT_TELL, NOT_READ if submission.skipped else
                       f"the words do not tell whether {listed(unsure)} is met")
    return Verdict(criterion, criterion.severity, Degree.FULLY)


def _verdict(criterion: Criterion, shown: Shown | None, reading: Reading, submission: Submission, profile: Profile) -> Verdict:
    severity = severity_for(criterion, profile)
    if criterion.code in profile.waived:
        return Verdict(criterion, severity, Degree.DOES_NOT_ARISE, waived=profile.waived[criterion.code])
    if shown is None or shown.cannot:
        return Verdict(criterion, severity, Degree.CANNOT_TELL, shown.cannot if shown else NOT_KNOWN)
    if shown.arises is not None and not _sighting(shown.arises, shown, reading).begun:
        degree = Degree.CANNOT_TELL if submission.skipped else Degree.DOES_NOT_ARISE
        return Verdict(criterion, severity, degree, NOT_READ if submission.skipped else "")
    sightings = [_sighting(signal, shown, reading) for signal in shown.signals]
    degree = _degree(sightings, shown)
    if degree is Degree.ABSENT and shown.excused is not None and _sighting(shown.excused, shown, reading).begun:
        return Verdict(criterion, severity, Degree.DOES_NOT_ARISE)
    missing = "" if degree is Degree.FULLY else _missing(sightings)
    if degree is Degree.ABSENT and any(each.in_order for signal in shown.signals for each in signal.alternatives):
        return Verdict(criterion, severity, Degree.CANNOT_TELL, NO_ORDER)
    if degree is Degree.ABSENT:
        if submission.skipped:
            return Verdict(criterion, severity, Degree.CANNOT_TELL, f"{missing}; {NOT_READ}")
        return Verdict(criterion, severity, degree, missing)
    return Verdict(criterion, severity, degree, missing, tuple(_evidence(sightings, reading, submission.name)))


def _degree(sightings: Sequence[Sighting], shown: Shown) -> Degree:
    if sum(each.found for each in sightings if not each.signal.hint) >= shown.fully:
        return Degree.FULLY
    return Degree.PARTLY if sum(each.begun for each in sightings) >= shown.partly else Degree.ABSENT


def _missing(sightings: Sequence[Sighting]) -> str:
    """What was looked for and not found, or found only as a plan where it should have happened."""
    absent = [each.signal.name for each in sightings if not each.begun and not each.signal.hint]
    begun = [each.signal.name for each in sightings if each.begun and not each.found and not each.signal.hint]
    facts = any(each.signal.fact for each in sightings)
    how = "only planned, hoped for or in part" if facts else "only hoped for or in part"
    return "; ".join(([f"not found: {', '.join(absent)}"] if absent else []) + ([f"{how}: {', '.join(begun)}"] if begun else []))


def _evidence(sightings: Sequence[Sighting], reading: Reading, file: str) -> Iterator[Evidence]:
    """The passages that decided: the first of each signal, the surest signals first, then further ones."""
    begun = sorted((each for each in sightings if each.begun), key=lambda each: (each.signal.hint, -each.strength))
    firsts = [each.statements[0] for each in begun]
    others = [number for each in begun for number in each.statements[1:]]
    for number in list(dict.fromkeys((*firsts, *others)))[:MOST_EVIDENCE]:
        statement = reading.all[number].statement
        yield Evidence(Place(file, where=statement.passage.where), shortened(statement.text, LONGEST_QUOTE))


def _sighting(signal: Signal, shown: Shown, reading: Reading) -> Sighting:
    """The best that any of its alternatives gives."""
    best = Sighting(signal, Strength.DENIED, ())
    for alternative in signal.alternatives:
        strength, statements = _looked_for(alternative, shown, reading)
        strength = _as_counted(strength, signal, alternative)
        if strength > best.strength:
            best = Sighting(signal, strength, statements)
        if best.found:
            break
    return best


def _as_counted(strength: Strength, signal: Signal, alternative: Alternative) -> Strength:
    """A plan is a plan to be carried out, so an intention states it; a wish shows a plan in part. A fact that is intended
    is shown in part, and one that is wished for not at all."""
    if signal.fact and strength is Strength.WISHED:
        return Strength.DENIED
    if not signal.fact and strength is Strength.INTENDED:
        strength = Strength.STATED
    return min(strength, Strength.PART) if alternative.weak or signal.hint else strength


def _looked_for(alternative: Alternative, shown: Shown, reading: Reading) -> tuple[Strength, tuple[int, ...]]:
    if alternative.of:
        return _in_every(alternative, shown, reading)
    if alternative.in_order:
        return _in_order(alternative, shown, reading)
    met = [(number, strength) for number in reading.having(alternative.claim)
           if (strength := _strength_at(number, alternative, shown, reading)) > Strength.DENIED]
    if not met:
        return Strength.DENIED, ()
    if alternative.count == 1:
        best = max(strength for _, strength in met)
        return best, tuple(number for number, strength in met if strength is best)
    sure = sum(strength >= Strength.INTENDED for _, strength in met)
    return (Strength.STATED if sure >= alternative.count else Strength.PART), tuple(number for number, _ in met)


def _in_every(alternative: Alternative, shown: Shown, reading: Reading) -> tuple[Strength, tuple[int, ...]]:
    """Whether each row or sentence that is spoken of has all that it should; some of them having it is a beginning."""
    first, *others = alternative.of
    spoken = [number for number in reading.having(first) if _is_home(reading.all[number], shown)
              and reading.all[number].has(first)
              and all(_found(number, need, "sentence", reading, with_label=True) for need in others)
              and not reading.all[number].has(alternative.unless)]
    rows = [number for number in spoken if reading.all[number].statement.row] or spoken
    whole = [number for number in rows
             if all(_found(number, need, "near", reading, with_label=False)
                    for need in (alternative.claim, *alternative.beside))]
    if len(rows) >= alternative.count and len(whole) == len(rows):
        return Strength.STATED, tuple(whole)
    return (Strength.PART, tuple(whole)) if whole else (Strength.DENIED, ())


def _in_order(alternative: Alternative, shown: Shown, reading: Reading) -> tuple[Strength, tuple[int, ...]]:
    """Whether the dates rise under the heading that has the most of them."""
    blocks: dict[int, list[int]] = {}
    for number in reading.having(alternative.claim):
        each = reading.all[number]
        if not shown.homes.isdisjoint(each.statement.sections) and not each.has(alternative.unless):
            blocks.setdefault(each.statement.block, []).append(number)
    orders = [(*order_of([reading.all[number].statement.text for number in block]), tuple(block)) for block in blocks.values()]
    strength, _, statements = max(orders, key=lambda each: (each[1], each[0]), default=(Strength.DENIED, 0, ()))
    return strength, statements


def _strength_at(number: int, alternative: Alternative, shown: Shown, reading: Reading) -> Strength:
    """How strongly an alternative is stated around one statement. Away from the criterion's own sections the words above a
    statement, and the sentences beside it, do not count: there the statement has to say it all."""
    each = reading.all[number]
    home = _is_home(each, shown)
    if not (home or alternative.anywhere) or each.has(alternative.unless) or (alternative.prose and each.statement.row):
        return Strength.DENIED
    strength = each.strength(alternative.claim, with_label=home and not alternative.own)
    if strength is None:
        return Strength.DENIED
    if alternative.mention:
        strength = Strength.STATED
    within = alternative.within if home else "sentence"
    if all(_found(number, need, within, reading, with_label=home) for need in alternative.beside):
        return strength
    return Strength.DENIED


def _is_home(each: Read, shown: Shown) -> bool:
    """Whether a statement stands in a section of the criterion, or in none of ours."""
    sections = each.statement.sections
    return not sections or not shown.homes.isdisjoint(sections)


def _found(number: int, need: Need, within: str, reading: Reading, *, with_label: bool) -> bool:
    each = reading.all[number]
    if each.has(need) or (with_label and not each.above.isdisjoint(need)):
        return True
    if within == "block":
        return not reading.blocks[each.statement.block].isdisjoint(need)
    return within == "near" and any(reading.all[other].has(need) for other in (number - 1, number + 1)
                                    if 0 <= other < len(reading.all)
                                    and reading.all[other].statement.group == each.statement.group)
