"""What the walks through the pages share: watched profiles of a real Chromium, and axe-core."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, ViewportSize, expect

_DESKTOP: ViewportSize = {"width": 1280, "height": 900}
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

    def judge(self) -> None:
        """Fails when something happened since it was last asked."""
        faults, self.faults = self.faults, []
        assert not faults, faults

    def _console(self, line: ConsoleMessage) -> None:
        # A page that is meant to be missing says so on the console; that is the answer, not a fault of the page.
        if "Failed to load resource" not in line.text:
            self.faults.append(f"console: {line.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1":
            self.faults.append(f"request: {request.url}")


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile of the browser, at desktop width, and who watches what its pages do."""

    context: BrowserContext
    watch: Watch


@pytest.fixture(scope="session")
def watched(browser: Browser) -> Callable[[], contextlib.AbstractContextManager[Profile]]:
    """Opens such a profile for longer than a test; it is judged at its end."""
    return functools.partial(_watched, browser)


@contextlib.contextmanager
def _watched(browser: Browser) -> Iterator[Profile]:
    with _opened(browser) as context:
        watch = Watch()
        watch.over(context)
        yield Profile(context, watch)
    watch.judge()


@contextlib.contextmanager
def _opened(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=_DESKTOP, **options)
    context.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    yield context
    context.close()


@pytest.fixture(scope="session")
def shared_page(browser: Browser) -> Iterator[tuple[Page, Watch]]:
    """The page of all tests that ask for no profile of their own: the browser starts processes for each new one."""
    with _watched(browser) as profile:
        yield profile.context.new_page(), profile.watch


@pytest.fixture
def browser_page(shared_page: tuple[Page, Watch]) -> Iterator[Page]:
    """A page on which nothing is left of the test before; its test fails when it does what none may do (`Watch`)."""
    page, watch = shared_page
    page.set_viewport_size(_DESKTOP)
    page.emulate_media(color_scheme="null", reduced_motion="null")
    yield page
    for other in page.context.pages:
        if other.url.startswith("http"):
            other.evaluate("localStorage.clear(), sessionStorage.clear()")
        if other is not page:
            other.close()
    page.context.clear_cookies()
    page.context.clear_permissions()
    page.goto("about:blank")
    watch.judge()


@pytest.fixture(scope="session")
def one_page_without_script(browser: Browser) -> Iterator[Page]:
    """The page of all tests that want no script."""
    with _opened(browser, java_script_enabled=False) as context:
        yield context.new_page()


@pytest.fixture
def page_without_script(one_page_without_script: Page) -> Page:
    """A page that runs no script, at desktop width."""
    one_page_without_script.set_viewport_size(_DESKTOP)
    return one_page_without_script


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
