"""Can this machine read pages that are pictures? Tesseract comes with the extra `ocr`, its data from the system."""

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

NAME = "tesseract"
LANGUAGE = "nor"
USUAL_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
INSTALL = (
    "pip install 'hvavirker[ocr]', and Norwegian data: apt install tesseract-ocr-nor (or brew install tesseract-lang)"
)


def missing(environment: Mapping[str, str] = os.environ) -> str:
    """What OCR lacks on this machine, "" when nothing."""
    if find_spec("tesserocr") is None:
        return "the package tesserocr"
    return "" if data_folder(environment) else f"{LANGUAGE}.traineddata, Tesseract's Norwegian data"


def data_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Where Tesseract's Norwegian data is: TESSDATA_PREFIX, or where systems put it."""
    folders = [Path(folder) for folder in (environment.get("TESSDATA_PREFIX", ""), *USUAL_FOLDERS) if folder]
    return next((folder for folder in folders if (folder / f"{LANGUAGE}.traineddata").is_file()), None)
