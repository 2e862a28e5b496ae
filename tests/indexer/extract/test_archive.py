"""Zip archives: what is refused before anything is unpacked, and what breaks while it is."""

import io
import zipfile
from dataclasses import replace

import pytest

from corpus.config import ExtractConfig
from corpus.errors import ExtractionFailed, Reason
from indexer.extract.archive import SMALL, Archive
from tests.indexer.extract.reader_files import zipped

LIMITS = ExtractConfig()


def reason(data: bytes, config: ExtractConfig = LIMITS) -> Reason:
    with pytest.raises(ExtractionFailed) as failed:
        list(Archive(data, config).events("a.xml", ["a"]))
    return failed.value.reason


def encrypted(data: bytes) -> bytes:
    """The same archive with its first member marked as encrypted, both places it is told."""
    marked = bytearray(data)
    marked[6] |= 1
    marked[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(marked)


WHOLE = zipped({"a.xml": "<a>" + "x" * 1000 + "</a>"}, zipfile.ZIP_STORED)
BOMB = zipped({"a.xml": "<a>" + " " * 2 * SMALL + "</a>"})
SPOILT = bytearray(zipped({"a.xml": "<a>" + "abcdefgh" * 1000 + "</a>"}))
SPOILT[40:60] = bytes(20)


@pytest.mark.parametrize(
    ("data", "config", "expected"),
    [
        (zipped({f"{i}.xml": "<a/>" for i in range(4)}), replace(LIMITS, archive_members=3), Reason.TOO_LARGE),
        (zipped({"a.bin": bytes(3 * SMALL)}), replace(LIMITS, archive_mb=2), Reason.TOO_LARGE),
        (BOMB, LIMITS, Reason.TOO_LARGE),
        (encrypted(WHOLE), LIMITS, Reason.PASSWORD),
        (WHOLE[:-30], LIMITS, Reason.CORRUPT),
        (b"", LIMITS, Reason.CORRUPT),
        (bytes(SPOILT), LIMITS, Reason.CORRUPT),
        (zipped({"b.xml": "<a/>"}), LIMITS, Reason.CORRUPT),
        (zipped({"a.xml": "<a>"}), LIMITS, Reason.CORRUPT),
        (WHOLE.replace(b"xxxxx", b"xxxxy", 1), LIMITS, Reason.CORRUPT),
    ],
    ids=["members", "size", "ratio", "encrypted", "cut", "empty", "spoilt", "missing", "half xml", "wrong sum"],
)
def test_what_is_refused(data: bytes, config: ExtractConfig, expected: Reason) -> None:
    assert reason(data, config) is expected


def test_a_blank_picture_is_no_bomb() -> None:
    archive = Archive(zipped({"a.xml": "<a/>", "media/hvit.bmp": bytes(5 * SMALL)}), LIMITS)
    assert [state for state, _ in archive.events("a.xml", ["a"])] == ["start", "end"]


def test_a_small_member_may_be_packed_tightly() -> None:
    data = zipped({"a.xml": "<a>" + " " * (SMALL - 100) + "</a>"})
    assert (
        max(member.file_size // member.compress_size for member in zipfile.ZipFile(io.BytesIO(data)).infolist()) > 100
    )
    assert Archive(data, LIMITS).tree("a.xml") is not None


def test_a_broken_or_missing_tree_is_none() -> None:
    archive = Archive(zipped({"a.xml": "<a>"}), LIMITS)
    assert archive.tree("a.xml") is None
    assert archive.tree("b.xml") is None
