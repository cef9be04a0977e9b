"""A stranger's file is read in a process of its own: the worst it can do is one finding, and the next file is read."""

from __future__ import annotations

import os

import pytest

from bizcase.bounded import Limits, Worker, bounded, usual_limits
from bizcase.errors import Finding, Place, Severity, UnreadableFile
from bizcase.review.submission import Submission
from bizcase.review.word_reader import read_submission
from tests.document.writing import line, word_file

SMALL = Limits(computing=1, waiting=20, memory=600_000_000)


def length(content: bytes, _: str) -> int:
    return len(content)


def own_process(_: bytes, __: str) -> int:
    return os.getpid()


def never_ends(_: bytes, __: str) -> None:
    while True:
        pass


def waits(_: bytes, __: str) -> None:
    import signal

    signal.pause()


def takes_memory(_: bytes, __: str) -> int:
    return len(bytes(2_000_000_000))


def ends_the_process(_: bytes, __: str) -> None:
    os._exit(3)


def fails(_: bytes, __: str) -> None:
    raise KeyError("a part that is not there")


def refuses(_: bytes, name: str) -> None:
    raise UnreadableFile(Finding(Place(name), "E08", Severity.ERROR, "this is a PDF", "give the Word file"))


def test_the_result_comes_back_from_another_process() -> None:
    assert bounded(length, b"12345", "a.docx") == 5
    assert bounded(own_process, b"", "a.docx") != os.getpid()


def test_one_process_reads_many_files() -> None:
    with Worker() as worker:
        assert len({worker.run(own_process, b"", "a.docx") for _ in range(3)}) == 1


@pytest.mark.parametrize(("reader", "told"), [
    (never_ends, "reading it takes more than 1 seconds of computing"),
    (takes_memory, "reading it takes more than 0.6 GB of memory"),
    (ends_the_process, "reading it ended the program that reads"),
    (fails, "what is in it cannot be read (KeyError)"),
])
def test_whatever_a_file_does_is_one_finding_and_the_next_is_read(reader: object, told: str) -> None:
    with Worker(SMALL) as worker:
        with pytest.raises(UnreadableFile) as caught:
            worker.run(reader, b"", "hostile.docx")  # type: ignore[arg-type]
        (finding,) = caught.value.findings
        assert (finding.code, finding.place.file, finding.message) == ("B01", "hostile.docx", told)
        assert worker.run(length, b"123", "sound.docx") == 3


def test_a_reader_that_only_waits_is_given_up() -> None:
    with Worker(Limits(computing=5, waiting=1.5, memory=600_000_000)) as worker:
        assert worker.run(length, b"123", "sound.docx") == 3
        with pytest.raises(UnreadableFile, match=r"B01 reading it takes more than 1\.5 seconds"):
            worker.run(waits, b"", "hostile.docx")


def test_time_is_counted_for_each_file_alone() -> None:
    with Worker(Limits(computing=2, waiting=30, memory=600_000_000)) as worker:
        pids = {worker.run(_computes_a_while, b"", "a.docx") for _ in range(6)}
    assert len(pids) == 1


def _computes_a_while(_: bytes, __: str) -> int:
    for number in range(8_000_000):
        number += 1
    return os.getpid()


def test_our_own_refusal_comes_back_as_it_is() -> None:
    with pytest.raises(UnreadableFile, match="E08 this is a PDF"):
        bounded(refuses, b"", "a.docx")


def test_a_bid_comes_back_whole() -> None:
    document = word_file(line("Dear panel"))
    found = bounded(read_submission, document, "bid.docx")
    assert isinstance(found, Submission)
    assert found == read_submission(document, "bid.docx")


def test_the_usual_limits_are_those_of_the_data() -> None:
    assert usual_limits() == Limits(10, 60, 1_000_000_000)
