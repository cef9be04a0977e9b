"""How long a bid that arrived is, against the word limits of a profile. Tables, captions and pictures do not count, as in our
own bids (`specification/limits.py`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bizcase.review.mapping import Placed
from bizcase.review.normal import NUMBER, normal
from bizcase.review.submission import Kind
from bizcase.specification.limits import WHOLE_BID, Counted
from bizcase.specification.profile import Part, Profile
from bizcase.specification.shape import Shape
from bizcase.specification.word_count import count_words

COUNTED = (Kind.PARAGRAPH, Kind.BOX)
Words = tuple[str, ...]
"""The words of a heading, made alike."""


def words_by_section(placed: Sequence[Placed]) -> dict[str, int]:
    """The words of the free text by section of the manual, in the order of the bid; those of no section under ""."""
    words: dict[str, int] = {}
    for one in _text(placed):
        words[one.section] = words.get(one.section, 0) + count_words(one.passage.text)
    return words


def counted_parts(placed: Sequence[Placed], profile: Profile, shape: Shape) -> tuple[Counted, ...]:
    """Each limit of the profile with the words there are. A part is what stands under a heading with its title. Where the bid
    has no such heading, a part is what belongs to its sections, if no other part has them; else nothing can be said of it."""
    under = _by_heading(placed)
    return tuple(counted for part in (*profile.parts, *profile.annexes)
                 for counted in _of_part(part, _within(part, placed, under, profile), shape))


def _of_part(part: Part, within: Sequence[Placed] | None, shape: Shape) -> Iterator[Counted]:
    if within is None:
        return
    words = words_by_section(within)
    if part.limit is not None:
        sections = [shown.section for shown in part.sections]
        yield Counted(part.title or WHOLE_BID, max(sections, key=lambda name: words.get(name, 0)), sum(words.values()),
                      part.limit, True)
    for shown in part.sections:
        if shown.limit is not None:
            title = shape.section(shown.section).title
            yield Counted(f"{part.title}: {title}" if part.title else title, shown.section, words.get(shown.section, 0),
                          shown.limit, False)


def _by_heading(placed: Sequence[Placed]) -> Mapping[Words, Sequence[Placed]]:
    """What stands under each heading, at whatever depth, by the heading's words."""
    names: dict[str, Words] = {}
    found: dict[Words, list[Placed]] = {}
    for one in placed:
        for heading in one.passage.headings:
            if heading not in names:
                names[heading] = _name(heading)
        for name in {names[heading] for heading in one.passage.headings}:
            found.setdefault(name, []).append(one)
    return found


def _within(part: Part, placed: Sequence[Placed], under: Mapping[Words, Sequence[Placed]], profile: Profile
            ) -> Sequence[Placed] | None:
    if not part.title:
        return placed
    if found := under.get(_name(part.title)):
        return found
    own = {shown.section for shown in part.sections}
    shared = {shown.section for other in profile.parts if other is not part for shown in other.sections}
    return None if own & shared else [one for one in placed if one.section in own]


def _name(heading: str) -> Words:
    """A heading's words without its number."""
    words = normal(heading)
    return words[1:] if words[:1] == (NUMBER,) else words


def _text(placed: Sequence[Placed]) -> Iterator[Placed]:
    return (one for one in placed if one.passage.kind in COUNTED and not one.passage.table)
