"""Counts words as Microsoft Word counts them, so that a limit means here what it means to the funder.

Microsoft does not publish the rules. These were put together from counts that others took in Word, named in docs/profiles.md:
white space separates words, whatever else stands between two blanks is one word, be it `and/or` or a dash alone; an en dash or
an em dash ends a word even without blanks; each Chinese, Japanese or Korean character is a word. Where no count was to be found
(a non-breaking space), the higher number is given: a text that is within its limit here is within it there.
"""

from __future__ import annotations

import re

_EAST_ASIAN = (
    "\u1100-\u11ff"          # Hangul letters
    "\u2e80-\u2fff"          # radicals
    "\u3001-\ua4cf"          # punctuation, kana, Hangul letters, enclosed signs, ideographs, Yi
    "\ua960-\ua97f\uac00-\ud7ff"  # Hangul
    "\uf900-\ufaff"          # ideographs
    "\ufe10-\ufe1f\ufe30-\ufe4f"  # upright punctuation
    "\uff00-\uffef"          # wide and narrow forms
    "\U00020000-\U0003ffff"  # ideographs
)
_QUOTES = "‘’“”"
"""Quotation marks that Word takes for Chinese where they touch a Chinese character."""
_INVISIBLE = re.compile("[\u200b\ufeff]")
_WORD = re.compile(f"[{_EAST_ASIAN}]|(?<=[{_EAST_ASIAN}])[{_QUOTES}]|[{_QUOTES}](?=[{_EAST_ASIAN}])"
                   f"|(?:(?![{_QUOTES}][{_EAST_ASIAN}])[^\\s–—{_EAST_ASIAN}])*[–—]+"
                   f"|(?:(?![{_QUOTES}][{_EAST_ASIAN}])[^\\s–—{_EAST_ASIAN}])+")


def count_words(text: str) -> int:
    """The number of words in a text, as Word's status bar would show it."""
    return sum(1 for _ in _WORD.finditer(_INVISIBLE.sub("", text)))
