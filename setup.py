"""Packaging: `pip install .` gives the command hvavirker."""

import re
from pathlib import Path

from setuptools import find_packages, setup

ROOT = Path(__file__).parent


def version() -> str:
    """The version, as corpus/__init__.py has it."""
    found = re.search(r'^VERSION = "(.+)"$', (ROOT / "corpus/__init__.py").read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        raise ValueError("corpus/__init__.py names no VERSION")
    return found[1]


def requirements() -> list[str]:
    """What the product needs to run, as requirements.in has it."""
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


setup(
    name="hvavirker",
    version=version(),
    description="What works in crime prevention: search over evaluations and plans, each verdict with its page",
    long_description=(ROOT / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="MIT",
    license_files=["LICENSE", "THIRD_PARTY_NOTICES.md"],
    python_requires=">=3.11",
    install_requires=requirements(),
    extras_require={"ocr": ["tesserocr"]},
    packages=find_packages(include=["corpus", "corpus.*", "indexer", "indexer.*", "search_app", "search_app.*"]),
    package_data={
        "corpus": ["vocab/*.toml"],
        "indexer": ["findings/cues/*.toml", "findings/*.npz"],
        "search_app": ["api/openapi.json", "templates/**/*", "static/**/*", "texts/**/*"],
    },
    entry_points={"console_scripts": ["hvavirker = indexer.cli:main"]},
    zip_safe=False,
)
