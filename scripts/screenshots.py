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

from playwright.sync_api import Browser, Page, sync_playwright
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
    "articles-agenda": ("articles and agenda", 780, "light", None),
    "provision": ("article", 860, "light", ".entry:has-text('Item 3') .evidence summary"),
    "query-dark": ("query", 860, "dark", None),
}
"""Pictures of the README: name → kind of page, height at desktop width, scheme, what is clicked before."""


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
            _for_readme(browser, pages)


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


def _for_readme(browser: Browser, pages: dict[str, str]) -> None:
    """The first screen of a few pages."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    width, _ = SIZES["desktop"]
    for name, (kind, height, scheme, click) in README.items():
        target = IMAGES / f"{name}.png"
        with _page(browser, pages[kind], (width, height), scheme) as page:
            if click:
                page.locator(click).first.click()
                page.mouse.move(0, 0)
            page.screenshot(path=target)
        print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1000} kB")


def _shoot(browser: Browser, address: str, size: tuple[int, int], scheme: str, target: Path) -> None:
    """A whole page, down to MOST_HEIGHT."""
    with _page(browser, address, size, scheme) as page:
        height = min(page.evaluate("document.documentElement.scrollHeight"), MOST_HEIGHT)
        clip = {"x": 0, "y": 0, "width": size[0], "height": max(height, size[1])}
        page.screenshot(path=target, full_page=True, clip=clip)  # type: ignore[arg-type]


@contextlib.contextmanager
def _page(browser: Browser, address: str, size: tuple[int, int], scheme: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    yield page
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
