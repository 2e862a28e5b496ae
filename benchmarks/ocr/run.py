"""Measure OCR on scans made of the sample documents: `python -m benchmarks.ocr.run [--pages N]`.

Every page of six documents (bokmål, nynorsk, English) is drawn, worn as a scanner wears it, and read again through
`read_file` in the confined child. Told for each wear: token F1 against the text of the file itself, the share of its
words with æ, ø or å that were read right, of its blocks that came out the same to the letter, and processor time.
Ends with 1 when a floor of expected.toml is missed.
"""

import argparse
import io
import re
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.config import ExtractConfig, Ocr
from corpus.model import Extracted, Page, SourceFile
from indexer.extract import Usage, media_type_of, read_file_measured, tesseract

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "corpus" / "samples" / "documents"
DOCUMENTS = (
    "robust-ungdom-mot-i-ungdomsskolen.pdf",
    "slt-plan-sunnhordland-2024-2027.pdf",
    "kunnskapsoversikt-ungdomskriminalitet-og-vold.pdf",
    "moss-trygghet-og-forebygging-2025-2028.pdf",
    "kameraovervaking-sentrum-for-og-etter.pdf",
    "mentoring-young-people-at-risk-review.pdf",
)
SEED = 20261122
_TOKEN = re.compile(r"\w+")
_NORWEGIAN = re.compile(r"\w*[æøåÆØÅ]\w*")


@dataclass(frozen=True)
class Wear:
    """How a page is scanned: dots an inch, at most so many degrees turned, blur in dots, noise, JPEG quality."""

    name: str
    dpi: int
    turned: float
    blur: float
    noise: float
    quality: int


WEARS = (
    Wear("clean", 200, 0.0, 0.0, 0.0, 90),
    Wear("office", 150, 0.6, 0.6, 12.0, 60),
    Wear("poor", 110, 1.2, 0.8, 25.0, 40),
)


@dataclass
class Score:
    """Sums over the pages of one wear."""

    pages: int = 0
    seconds: float = 0.0
    shared: int = 0
    tokens: int = 0
    norwegian: int = 0
    norwegian_right: int = 0
    blocks: int = 0
    blocks_same: int = 0

    def add(self, true: Page, read: Page) -> None:
        """Count one page."""
        want, got = Counter(_TOKEN.findall(true.text)), Counter(_TOKEN.findall(read.text))
        self.pages += 1
        self.shared += 2 * (want & got).total()
        self.tokens += want.total() + got.total()
        letters = Counter(_NORWEGIAN.findall(true.text))
        self.norwegian += letters.total()
        self.norwegian_right += (letters & Counter(_NORWEGIAN.findall(read.text))).total()
        blocks = Counter(_blocks(true))
        self.blocks += blocks.total()
        self.blocks_same += (blocks & Counter(_blocks(read))).total()

    def figures(self) -> dict[str, float]:
        """The figures a floor can be set on."""
        return {
            "f1": self.shared / max(1, self.tokens),
            "norwegian": self.norwegian_right / max(1, self.norwegian),
            "blocks": self.blocks_same / max(1, self.blocks),
            "seconds_a_page": self.seconds / max(1, self.pages),
        }


def main() -> int:
    """Read every wear and tell; the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=4, help="of each document (default 4)")
    most = arguments.parse_args().pages
    if lacking := tesseract.missing():
        print(f"Cannot measure OCR: {lacking} is not installed. {tesseract.INSTALL}.")
        return 2
    scores = {wear.name: _measured(wear, most) for wear in WEARS}
    print(f"{'wear':8}{'pages':>6}{'F1':>8}{'æøå':>8}{'blocks':>8}{'s/page':>8}")
    for name, score in scores.items():
        figures = score.figures()
        print(f"{name:8}{score.pages:6}" + "".join(f"{value:8.3f}" for value in figures.values()))
    return _judged({name: score.figures() for name, score in scores.items()})


def _measured(wear: Wear, most: int) -> Score:
    score = Score()
    chance = np.random.default_rng(SEED)
    with tempfile.TemporaryDirectory() as folder:
        for name in DOCUMENTS:
            true, _ = _read(SAMPLES / name, Ocr.OFF)
            scan = Path(folder, name)
            scan.write_bytes(_scan((SAMPLES / name).read_bytes(), wear, chance, most))
            read, usage = _read(scan, Ocr.ON)
            score.seconds += usage.cpu_seconds
            for pair in zip(true.pages, read.pages, strict=False):
                score.add(*pair)
    return score


def _read(path: Path, mode: Ocr) -> tuple[Extracted, Usage]:
    source = SourceFile(path.name, "0" * 64, path.stat().st_size, media_type_of(path))
    return read_file_measured(path, source, ExtractConfig(ocr=mode, wall_seconds=600))


def _scan(data: bytes, wear: Wear, chance: np.random.Generator, most: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for page in list(pdfium.PdfDocument(data))[:most]:
        size = page.get_size()
        picture = io.BytesIO()
        _worn(page.render(scale=wear.dpi / 72, grayscale=True).to_pil(), wear, chance).save(
            picture, "JPEG", quality=wear.quality
        )
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(picture), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _worn(page: Image.Image, wear: Wear, chance: np.random.Generator) -> Image.Image:
    turn = chance.uniform(-wear.turned, wear.turned)
    page = page.rotate(turn, fillcolor=255, resample=Image.Resampling.BICUBIC)
    grey = np.asarray(page.filter(ImageFilter.GaussianBlur(wear.blur))).astype(float)
    return Image.fromarray(np.clip(grey + chance.normal(0, wear.noise, grey.shape), 0, 255).astype("uint8"))


def _blocks(page: Page) -> Iterator[str]:
    return (page.text[block.start : block.end] for block in page.blocks)


def _judged(figures: dict[str, dict[str, float]]) -> int:
    expected = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
    failed = [
        f"{wear}.{name} = {figures[wear][name]:.3f}, the floor is {floor}"
        for wear, floors in expected.items()
        for name, floor in floors.items()
        if figures[wear][name] < floor
    ]
    print(*(f"FAIL {line}" for line in failed), sep="\n") if failed else print("ok: no floor missed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
