"""Words are counted as Microsoft Word counts them: each text with the count that Word gives, by who took it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizcase.specification.word_count import count_words
from tests.conftest import TOP

OFFICE_WORDCOUNT = [
    ("Hello World", 2), ("こんにちは", 5), ("カタカナ", 4), ("日本語", 3), ("안녕하세요", 5), ("中文测试", 4), ("Hello 世界", 3),
    ("This is テスト", 5), ("東京2024オリンピック", 9), ("㈱テスト㈲", 5), ("㍻㍼㍽㍾", 4), ("①②③④⑤", 1), ("ＡＢＣＤＥ", 5),
    ("１２３４５", 5), ("⼀⼆⼃", 3), ("ㇰㇱㇲ", 3), ("「こんにちは」", 7), ("Hello、World。", 4), ("〽々〆", 3), ("👍", 1),
    ("👍👎👏", 1), ("👍🏻", 1), ("🇯🇵", 1), ("Hello👍World", 1), ("こんにちは👋", 6), ("hello 🙂 world", 3), ("1️⃣2️⃣3️⃣", 1),
    ("\ufeffHello", 1), ("foo\u200bbar", 1), ("foo\u200dbar", 1), ("foo\u200cbar", 1), ("สวัสดีครับ", 1), ("Hello สวัสดี", 2),
    ("សួស្តី", 1), ("مرحبا بالعالم", 2), ("नमस्ते दुनिया", 2),
]
"""Compared with Word by github.com/bebe3/office-wordcount (validation_dataset.md)."""

WORD_COUNT_ANALYZER = [
    ("...", 1), ("....", 1), (" . . .", 3), (" . . . .", 4), ("…", 1), ("http://www.example.com", 1), ("can't", 1),
    ("devil-may-care", 1), ("Monday, April 4th, 2011", 4), ("04/04/2011", 1), ("04.04.2011", 1), ("200", 1), ("$200", 1),
    ("50%", 1), ("1. List item a \n2. List item b\n3. List item c", 12),
    ('<span class="large-text">Hello world</span> <new-tag>Hello</new-tag>', 4), ("she/he/it", 1), ("c:\\Users\\johndoe", 1),
    (".........", 1), ("………………………", 1), ("-----------", 1), ("____________", 1), (" : ", 1),
]
"""The counts of Word in the readme of github.com/diasks2/word_count_analyzer."""

WORDS_COUNT = [("Hello “世界”", 5), ("Let's say ‘你好’ 100 times per day, 勤勉", 12)]
"""The counts of Word in two versions of the readme of github.com/byn9826/words-count."""

LIBREOFFICE = [
    ("This is a test.", 4), ("This = is a test.", 5), ("This -- is a test.", 5), ("This_is a test.", 3), ("This-is a test.", 3),
    ("This\u2012is a test.", 3),
    ("This\u2015is a test.", 3), ("This\u2013is a test.", 4), ("This\u2014is a test.", 4), ("Should \u2018be three\u2019", 3),
    ("french \u00ab\u00a0savoir\u202fcalculer\u3000\u00bb", 5),
]
"""From the tests of LibreOffice (sw/qa/core/uwriter.cxx), where they say that Word counts so."""

OURS = [
    ("", 0), (" \n\t ", 0), ("one", 1), ("12,500 and 1,000.50", 3), ("asha.renwick@northmoor.example", 1), ("and/or", 1),
    ("a — b", 3), ("a – b", 3), ("a - b", 3), ("a—b", 2), ("a——b", 2), ("2026–2028", 2), ("a—\nb", 2), ("“quoted” text", 2),
    ("- first\n- second", 4), ("• first", 2), ("first\nsecond\n\nthird", 3), ("a\u00a0b", 2), ("non\u2011breaking", 1),
    ("don’t", 1), ("£5 million", 2), ("Tom & Ann", 3), ("1 000", 2), ("a \u200b b", 2), ("患者”word", 4),
]
"""What follows from the rules, or where no count of Word was found and the higher one is given."""

TABLES = {"office-wordcount": OFFICE_WORDCOUNT, "word_count_analyzer": WORD_COUNT_ANALYZER, "words-count": WORDS_COUNT,
          "LibreOffice": LIBREOFFICE, "ours": OURS}


@pytest.mark.parametrize(("source", "text", "words"),
                         [(source, text, words) for source, rows in TABLES.items() for text, words in rows])
def test_a_text_has_as_many_words_as_in_word(source: str, text: str, words: int) -> None:
    assert count_words(text) == words, source


def test_the_page_about_profiles_counts_as_the_program_does() -> None:
    page = (TOP / "docs" / "profiles.md").read_text("utf-8")
    rows = re.findall(r"^\| `(.+?)` \| (\d+) \|", page.split("## How words are counted")[1].split("\n## ")[0], re.M)
    assert len(rows) >= 6
    for text, words in rows:
        assert count_words(text) == int(words), text


@given(st.lists(st.from_regex(r"\A[A-Za-z0-9,.'/@-]{1,8}\Z"), max_size=30), st.sampled_from([" ", "  ", "\n", "\t", " \n\n "]))
def test_words_with_white_space_between_them_are_as_many_as_they_are(words: list[str], between: str) -> None:
    assert count_words(between.join(words)) == len(words)


@given(st.text(max_size=60), st.text(max_size=60))
def test_two_texts_have_together_as_many_words_as_apart(one: str, other: str) -> None:
    assert count_words(f"{one}\n{other}") == count_words(one) + count_words(other)
