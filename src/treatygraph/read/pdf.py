"""A PDF → text and blocks: columns in order, words re-joined over lines and pages, notes apart, no running heads.

PDFium reads the print in a process of its own (``pdf_worker.py``); what stands where is worked out here from positions
and sizes alone. A PDF knows no paragraphs: they are told by space, indent, labels and the length of lines.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from treatygraph.model.errors import ReadError, Where
from treatygraph.read.compose import Composed, Composer
from treatygraph.read.limits import Limits
from treatygraph.read.pdf_furniture import without_furniture
from treatygraph.read.pdf_page import Page, read_page
from treatygraph.read.pdf_text import write_text

_WORKER: Final = Path(__file__).with_name("pdf_worker.py")
# A line of prose has its text, and perhaps a label, and is as long as this.
_MOST_CELLS: Final = 2
_LEAST_LETTERS: Final = 40
_WEIGHT: Final = 100
_FETCH_AGAIN: Final = "The file is damaged or was cut short: fetch it again, or give its text as .txt."


def read_pdf(data: bytes, *, name: str, limits: Limits) -> Composed:
    """Text and blocks of a PDF; raises ``ReadError`` for one that is locked, damaged, too large, or has no text."""
    pages = [
        read_page(number, page["width"], page["height"], page["stretches"])
        for number, page in enumerate(_print(data, name, limits), 1)
    ]
    if not any(page.lines for page in pages):
        raise ReadError(
            f"{name} is a PDF file without text: its {len(pages)} pages are pictures",
            where=Where(file=name),
            remedy="Have its text recognised (OCR) first.",
        )
    body = _body_size(pages)
    composer = Composer(name, limits)
    width = Counter(page.width for page in pages).most_common(1)[0][0]
    write_text(without_furniture(pages, body), body, width, composer)
    return composer.finish()


def _body_size(pages: Sequence[Page]) -> float:
    """The size that most of the text is printed in; tables count where there is no other text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            prose = len(line.cells) <= _MOST_CELLS and len(line.text) >= _LEAST_LETTERS
            sizes[round(line.size, 1)] += len(line.text) * (_WEIGHT if prose else 1)
    return max(sizes, key=lambda size: (sizes[size], size))


def _print(data: bytes, name: str, limits: Limits) -> list[dict[str, Any]]:
    """What the worker finds on the pages; its failures as errors that say what to do."""
    settings = {
        "seconds": limits.max_seconds,
        "memory": limits.max_memory,
        "pages": limits.max_pages,
        "characters": limits.max_bytes,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_WORKER), json.dumps(settings)],
            input=data,
            capture_output=True,
            timeout=2 * limits.max_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _refused(name, "slow", "", limits) from error
    if done.returncode:
        signalled = done.returncode in (-24, -9)  # SIGXCPU, and the SIGKILL that follows it
        raise _refused(name, "slow" if signalled else "crash", "", limits)
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise _refused(name, answer["error"], answer.get("detail", ""), limits)
    pages: list[dict[str, Any]] = answer["pages"]
    return pages


def _refused(name: str, kind: str, detail: str, limits: Limits) -> ReadError:
    what, remedy = {
        "locked": ("is locked by a password", "Save it without a password."),
        "damaged": (f"cannot be read: {detail.rstrip('.').lower()}", _FETCH_AGAIN),
        "crash": (
            "cannot be read: it is not well formed, or would take more memory than is allowed",
            _FETCH_AGAIN,
        ),
        "memory": (f"would take more than {limits.max_memory / 1e9:.1f} GB to read", _FETCH_AGAIN),
        "slow": (f"took more than {limits.max_seconds} seconds to read", _FETCH_AGAIN),
        "pages": (f"has {detail} pages; the limit is {limits.max_pages}", "Split the document into parts."),
        "characters": (
            f"holds more than {limits.max_bytes:,} characters of text",
            "Split the document into parts.",
        ),
    }[kind]
    return ReadError(f"{name} is a PDF file that {what}", where=Where(file=name), remedy=remedy)
