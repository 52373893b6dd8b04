"""A real Chromium for the walks through the pages; installed by `scripts/chromium.sh` where there is none."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# They let it run as root and keep it from calling out.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser(repo: Path) -> Iterator[Browser]:
    """One headless Chromium for all walks of a worker."""
    found = subprocess.run([repo / "scripts" / "chromium.sh"], check=True, capture_output=True, text=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found.stdout.strip(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def browser_context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile, at desktop width."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def browser_page(browser_context: BrowserContext) -> Iterator[Page]:
    """A page whose test fails when a script throws, or the console reports an error or a refusal by the policy."""
    page = browser_context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(f"script: {error}"))
    page.on(
        "console", lambda line: problems.append(f"console: {line.text}") if line.type == "error" else None
    )
    yield page
    # A page that is meant to be missing says so on the console; that is the answer, not a fault of the page.
    faults = [problem for problem in problems if "Failed to load resource" not in problem]
    assert not faults, faults
