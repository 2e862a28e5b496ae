"""What can go wrong, who can mend it, and how."""

import traceback
from enum import StrEnum
from pathlib import Path


class Reason(StrEnum):
    """Why a file was set aside, or what was odd about one that was read. A code in every ledger row."""

    PASSWORD = "password"  # noqa: S105 (a code)
    CORRUPT = "corrupt"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    LEGACY_DOC = "legacy_doc"
    UNSUPPORTED = "unsupported"
    NO_TEXT = "no_text"
    DUPLICATE = "duplicate"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    OUTPUT_LIMIT = "output_limit"
    UNREADABLE = "unreadable"
    CURATION = "curation"
    FAULT = "fault"
    SCANNED_PAGE = "scanned_page"
    OCR_PAGE = "ocr_page"
    OCR_FAILED = "ocr_failed"
    POOR_TEXT = "poor_text"
    ENGINE_SWITCHED = "engine_switched"
    PERSONAL_DATA = "personal_data"
    DECISION_LOST = "decision_lost"


class HvaVirkerError(Exception):
    """An error a person can act on: `str(error)` says what happened, `remedy` who mends it and how."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


class ConfigError(HvaVirkerError):
    """A setting is unknown or has a wrong value."""


class VocabularyError(HvaVirkerError):
    """A vocabulary file breaks one of its rules."""


class CurationError(HvaVirkerError):
    """A curation file cannot be used as it stands."""


class CurationConflict(CurationError):
    """A curation file was changed by somebody else since it was read."""


class NoIndex(HvaVirkerError):
    """Nothing is published yet."""


class NothingIndexed(HvaVirkerError):
    """A run found no document it could index; what was live is live still."""


class RunActive(HvaVirkerError):
    """Another run is writing to the same index folder."""


class IndexDamaged(HvaVirkerError):
    """A generation cannot be opened: its files do not match its manifest."""


class OtherVersion(IndexDamaged):
    """A generation cannot be opened because another version of the program made it. Nothing is wrong with it."""


class GenerationWaits(HvaVirkerError):
    """A generation is built and not live: a person decides."""


class GenerationInUse(HvaVirkerError):
    """The generation is live and cannot be removed."""


class ExtractionFailed(HvaVirkerError):
    """A file gave no text; `reason` is the code for its ledger row."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


def told(fault: BaseException) -> str:
    """A fault of ours on one line, with the place in our code to look at."""
    frames = traceback.extract_tb(fault.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(fault).__name__}: {fault}{place}"
