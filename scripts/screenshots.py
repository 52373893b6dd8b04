"""Take a picture of every kind of page, at desktop and phone width, light and dark: `make screenshots`.

A store in, PNG files out in `.cache/screenshots/` (`treaty-desktop-dark.png`), made by the real server over the shipped
graph in a real Chromium. With `--readme` also the few that the README shows, in `docs/images/`.
"""

from __future__ import annotations

import argparse
import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, sync_playwright
from running import server
from site_walk import examples

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".cache" / "screenshots"
IMAGES = ROOT / "docs" / "images"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
MOST_HEIGHT = 6000
"""Pixels of a page from its top: what follows on longer pages is more of the same."""

README = {
    "articles-agenda": ("/views/articles-agenda", (1280, 860), "light"),
    "provision": ("/doc/treaty/untoc/art/16", (1280, 860), "light"),
    "query-dark": ("query", (1280, 860), "dark"),
}
"""Pictures of the README: name → address or kind of page, width and height, scheme."""


def main() -> None:
    """Take the pictures that the arguments ask for."""
    arguments = _arguments()
    with server(arguments.url, example=True) as url, _chromium() as browser:
        pages = {name: urljoin(url, address) for name, address in examples(url).items()}
        chosen = {
            name: address for name, address in pages.items() if not arguments.only or name in arguments.only
        }
        for size in SIZES:
            for scheme in SCHEMES:
                _pictures(browser, chosen, size, scheme)
        print(f"{len(chosen) * len(SIZES) * len(SCHEMES)} pictures in {FOLDER}")
        if arguments.readme:
            _for_readme(browser, url, pages)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--url", help="a server that runs already; otherwise one is started over the shipped graph"
    )
    parser.add_argument(
        "--only", action="append", metavar="KIND", help="this kind of page only (may be repeated)"
    )
    parser.add_argument("--readme", action="store_true", help="also renew docs/images/")
    return parser.parse_args()


def _pictures(browser: Browser, pages: dict[str, str], size: str, scheme: str) -> None:
    """Whole pages, one file each."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    width, height = SIZES[size]
    for name, address in pages.items():
        _shoot(
            browser,
            address,
            (width, height),
            scheme,
            FOLDER / f"{name.replace(' ', '-')}-{size}-{scheme}.png",
        )


def _for_readme(browser: Browser, url: str, pages: dict[str, str]) -> None:
    """The first screen of a few pages."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, (address, size, scheme) in README.items():
        target = IMAGES / f"{name}.png"
        _shoot(browser, pages.get(address) or urljoin(url, address), size, scheme, target, whole=False)
        print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1000} kB")


def _shoot(
    browser: Browser, address: str, size: tuple[int, int], scheme: str, target: Path, *, whole: bool = True
) -> None:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    shown = min(page.evaluate("document.documentElement.scrollHeight"), MOST_HEIGHT) if whole else height
    clip = {"x": 0, "y": 0, "width": width, "height": max(shown, height)}
    page.screenshot(path=target, full_page=whole, clip=clip)  # type: ignore[arg-type]
    context.close()


@contextlib.contextmanager
def _chromium() -> Iterator[Browser]:
    found = subprocess.run([ROOT / "scripts" / "chromium.sh"], check=True, capture_output=True, text=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.stdout.strip(), args=FLAGS)
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
