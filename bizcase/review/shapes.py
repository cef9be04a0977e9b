"""What has a shape instead of a list of words: a date, an amount of money, a share, a quantity, a person's name.

The shapes are looked for one after another in a text without nesting, so the time grows with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bizcase import resources
from bizcase.specification.source import load_data

_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|" \
         r"Nov(?:ember)?|Dec(?:ember)?)"
_DAY = r"(?:[0-3]?\d(?:st|nd|rd|th)?)"
_YEAR = r"(?:19|20)\d\d"
_COUNT = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|forty|fifty"
_NAME = r"[A-Z][a-zà-ÿ]+(?:['’-][A-Z]?[a-zà-ÿ]+)*"
_INITIAL = r"(?:[A-Z]\.?\s)"
_TITLE = r"(?:Dr|Prof(?:essor)?|Mr|Mrs|Ms|Miss|Sir|Dame|Sister)"

DATE = re.compile(
    rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}\b(?:,?\s+{_YEAR})?|\b{_MONTH}\.?\s+(?:{_DAY},?\s+)?{_YEAR}\b|\b{_MONTH}\s+{_DAY}\b(?!\s*\d)|"
    rf"\b{_YEAR}-\d\d-\d\d\b|\b[0-3]?\d[/.][01]?\d[/.](?:{_YEAR}|\d\d)\b|"
    rf"\b(?:in|since|by|from|of|until|during|early|late|mid|end of)[ -]{_MONTH}\b(?=[\s,.;:)]|$)|"
    rf"\bQ[1-4][ ,/]*(?:of\s+)?(?:FY\s*)?(?:{_YEAR}|\d\d[/-]\d\d)(?:[/-]\d\d)?\b|\b{_MONTH}['’ ]\d\d\b|"
    rf"\b(?:spring|summer|autumn|winter|early|late|mid|end of)[ -]{_YEAR}\b", re.ASCII)
YEAR = re.compile(rf"\b{_YEAR}(?:\s?[/–-]\s?(?:{_YEAR}|\d\d))?\b|\bFY\s?\d\d(?:/\d\d)?\b|"
                  r"\b[Yy]ears?\s+(?:\d|one|two|three|four|five)\b|\b[Mm]onths?\s+\d+\b")
MONEY = re.compile(r"(?:[£€$]|\bGBP\s?)\s?\d[\d,.]*\s?(?:k|m|bn|million|thousand|K|M)?\b|\b\d[\d,.]*\s?(?:pounds|GBP)\b|"
                   r"\b\d[\d,.]*[km]\b(?=\s+(?:from|a year|per|over|in)\b)")
PERCENT = re.compile(r"\d[\d.,]*\s?(?:%|per\s?cent\b)|\b(?:half|a third|a quarter|two thirds)\b|"
                     r"\b(?:one|two|three|four|six|seven|eight|nine)\s+(?:in|out of)\s+"
                     r"(?:\d+|two|three|four|five|six|eight|ten|a hundred)\b", re.IGNORECASE)
QUANTITY = re.compile(
    rf"\b(?:\d+(?:[.,]\d+)?|{_COUNT}|half|a|an|both|several)"
    r"(?:\s+(?:day|half|full|clinical|protected|paid|extra|working|programmed))?[\s-]+"
    r"(?:wte|fte|whole[ -]time|full[ -]time|sessions?|days?|hours?|pas?|programmed\s+activit\w+|weeks?|months?|years?|posts?|"
    r"engineers?|nurses?|managers?|analysts?|developers?|rooms?|laptops?|tablets?)\b", re.IGNORECASE)
THOUSANDS = re.compile(r"\b\d{1,3}(?:,\d{3})+\b")
NUMBER = re.compile(rf"\b\d[\d,.]*\b|\b(?:{_COUNT})\b", re.IGNORECASE)
NAMED = re.compile(rf"\b{_TITLE}\.?\s+(?:{_INITIAL}{{0,2}})?{_NAME}(?:\s+{_NAME})?|"
                   rf"\b{_NAME}\s+{_INITIAL}{{0,2}}{_NAME}(?:\s+{_NAME})?\b|"
                   rf"(?<![\w.])[A-Z]\.\s?(?:[A-Z]\.\s?)?{_NAME}\b")
DOCTOR = re.compile(rf"\b(?:Dr|Prof(?:essor)?|Mr|Miss)\.?\s+(?:{_INITIAL}{{0,2}})?{_NAME}(?:\s+{_NAME})?")
BODY = re.compile(r"\b[A-Z][\w’'-]+(?:[ ,]+(?:and |& |the |of |in )?[A-Z][\w’'-]+){0,6}\s+\(?"
                  r"(?:ICB|CCG|ICS|HIN|AHSN|NHS|Trust|FT|Board|"
                  r"Alliance|University|Council|Hospitals?|Ltd|Limited|Group|College|Foundation|Charity)\b")

COMMISSIONER = re.compile(r"\b(?:NHS\s+)?"
                          r"(?!(?:The|Our|An|Each|Every|This|Their|Its|Local|And|With|From|For|By|To|If|When|Any|No)\b)"
                          r"[A-Z][a-zà-ÿ]+"
                          r"(?:[ ,]+(?:and\s+|&\s+)?[A-Z][a-zà-ÿ]+){0,5}\s+(?:ICB|CCG|ICS|Integrated Care (?:Board|System)|"
                          r"Clinical Commissioning Group|Cancer Alliance|Health Board)\b")
YEARS = re.compile(rf"{_YEAR}.{{3,160}}?{_YEAR}|\b(?:each|every|per|a|both)\s+years?\b|\bannual(?:ly)?\b|\byearly\b",
                   re.DOTALL)
THREE_DATES = re.compile(rf"{_MONTH}\b(?:[^.;]{{1,40}}?\b{_MONTH}\b){{2}}")
RATIO = re.compile(r"\b\d[\d,]*\s+(?:out\s+)?of\s+(?:the\s+|our\s+|all\s+)?\d[\d,]*\b|"
                   rf"\bof\s+(?:the\s+|our\s+)?(?!{_YEAR}\b)\d[\d,]{{1,6}}\s+(?!per\b)(?-i:[a-z])|"
                   r"\b\d[\d,]*\s+(?:of\s+(?:them|these|those|whom|which)|(?:[a-z-]+\s+){0,3}among\s+(?:[a-z]+\s+)?\d)|"
                   r"\bn\s?=\s?\d+|\b\d[\d,]*/\d{2,}[\d,]*\b(?!\d*/)", re.IGNORECASE)
_MEASURED = r"(?<![\d/.,])(?!(?:19|20)\d\d\b)[£€$]?\d[\d,.]*\s?%?"
TWO_VALUES = re.compile(rf"{_MEASURED}[^\d\n.]{{1,60}}(?:(?:19|20)\d\d(?:/\d\d)?[^\d\n.]{{1,40}}){{0,2}}{_MEASURED}")
"""A value and a second one not far from it, with no more than years between: `18% in 2025, 11% by mid-2027`."""
CITATION = re.compile(rf"\b(?!{_MONTH}\b){_NAME}(?:\s+(?:and|&)\s+{_NAME}|\s+et\s+al\.?|\s+and\s+(?:others|colleagues))?"
                      rf",?\s+\(?{_YEAR}\b|"
                      rf"\b{_NAME}\s+(?:et\s+al\b|and\s+(?:others|colleagues)\b)")
CHANGE = re.compile(r"\b[£\d][\d.,]*\s?%?\s+to\s+(?:under\s+|about\s+|below\s+)?£?[\d][\d.,]*|"
                    rf"\b\d[\d.,]*%?\s+in\s+{_YEAR}(?:/\d\d)?[;,]\s+\d[\d.,]*%?\s+(?:in|by)\b")
AGES = re.compile(r"\b(?:aged?|ages|years?)\s+(?:from\s+)?\d\d?\b|"
                  r"\b[1-9]\d?\s*(?:to|-|–|and)\s*(?:[1-9]\d|over)\b(?![\d,.]*\s?(?:%|per|[a-z]*\s*weeks))|"
                  r"\b(?:over|under)[ -][1-9]\ds?\b|\bin their\s+[a-z]+ties\b")
POST_OF_COMMISSIONER = re.compile(r"\b(?:ICB|CCG|ICS|[Cc]ommissioner|Board|Alliance)[’']s?\s+(?:[\w&’'-]+\s+){0,4}?"
                                  r"(?:lead|manager|director|head|chief|officer|chair|commissioner|team)\b")

SHAPES = {"change": CHANGE, "ages": AGES, "post of a commissioner": POST_OF_COMMISSIONER,
          "date": DATE, "three_dates": THREE_DATES, "year": YEAR, "years": YEARS, "money": MONEY, "percent": PERCENT,
          "ratio": RATIO, "quantity": QUANTITY, "number": NUMBER, "thousands": THOUSANDS,
          "doctor": DOCTOR, "body": BODY, "citation": CITATION,
          "commissioner by name": COMMISSIONER, "two_values": TWO_VALUES}
SIGNS = {"citation": ("19", "20", "et al", "others", "colleagues"), "years": ("19", "20", "year", "annual"),
         "commissioner by name": ("ICB", "CCG", "ICS", "Integrated Care", "Commissioning Group", "Alliance", "Board"),
         "post of a commissioner": ("ICB", "CCG", "ICS", "ommissioner", "Board", "Alliance")}
"""What a text must hold for a shape to be in it: looking for that first costs a tenth of looking for the shape."""

WITHOUT_DIGITS = [(name, pattern) for name, pattern in SHAPES.items() if name not in ("ratio", "money")]


def shapes_in(text: str) -> Iterator[tuple[str, int, int]]:
    """The name of each shape found, with where it begins and ends, in characters."""
    for name, pattern in SHAPES.items() if any(map(str.isdigit, text)) else WITHOUT_DIGITS:
        if name in SIGNS and not any(sign in text for sign in SIGNS[name]):
            continue
        for match in pattern.finditer(text):
            yield name, match.start(), match.end()
    for match in NAMED.finditer(text):
        if _is_person(match.group()):
            yield "person", match.start(), match.end()


def _is_person(text: str) -> bool:
    """Two words with capitals are a name unless one of them belongs to a place, a body or a heading."""
    words = re.findall(r"[^\W\d_]+", text)
    return re.fullmatch(_TITLE, words[0]) is not None or not any(word.lower() in _no_names() for word in words)


@cache
def _no_names() -> frozenset[str]:
    path = resources.folder("schemas") / "words" / "no_names.yaml"
    return frozenset(load_data(path.read_text("utf-8"), path.name)["words"])
