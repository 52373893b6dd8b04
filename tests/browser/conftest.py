"""What the walks through the pages share: watched profiles of a real Chromium, and axe-core."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

_PATIENCE = 15_000
"""Milliseconds that a page may take on a machine that runs other tests beside."""

_TELL_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""


@dataclass  # without slots: Playwright keeps its wrapper of a listener on the object
class Watch:
    """What must not happen on any page: a word on the console, a script that throws, a refusal, a foreign request."""

    faults: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watches all pages that the context opens from now on."""
        context.add_init_script(_TELL_VIOLATIONS)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("console", self._console)
        context.on("request", self._request)

    def _console(self, line: ConsoleMessage) -> None:
        # A page that is meant to be missing says so on the console; that is the answer, not a fault of the page.
        if "Failed to load resource" not in line.text:
            self.faults.append(f"console: {line.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1":
            self.faults.append(f"request: {request.url}")


@pytest.fixture
def browser_context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile, at desktop width; its test fails when a page of it does what none may do (`Watch`)."""
    with _watched(browser) as context:
        yield context


@pytest.fixture(scope="session")
def watched(browser: Browser) -> Callable[[], contextlib.AbstractContextManager[BrowserContext]]:
    """Opens such a profile for longer than a test; it is judged at its end."""
    return functools.partial(_watched, browser)


@contextlib.contextmanager
def _watched(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    watch = Watch()
    watch.over(context)
    yield context
    context.close()
    assert not watch.faults, watch.faults


@pytest.fixture
def browser_page(browser_context: BrowserContext) -> Page:
    """A page of the watched profile."""
    return browser_context.new_page()


@pytest.fixture
def page_without_script(browser: Browser) -> Iterator[Page]:
    """A page that runs no script, at desktop width."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe(repo: Path) -> Callable[[Page], list[str]]:
    """What axe-core finds on a page as it is shown now: rule, help, element, remedy."""
    source = (repo / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text()

    def judge(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        violations = page.evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations)"
        )
        return [
            f"{violation['id']}: {violation['help']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for violation in violations
            for node in violation["nodes"][:3]
        ]

    return judge
