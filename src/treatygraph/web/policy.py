"""What a page may load: the content security policy, the same for every page but for a style sheet by nonce."""

from __future__ import annotations


def policy(style_nonce: str | None = None) -> str:
    """The policy: everything from this host, no inline script or style, no frame.

    With *style_nonce* a style element that carries it is let through (CSP Level 3 §6.7.3): an editor brings its own.
    """
    style = "style-src 'self'" + (f" 'nonce-{style_nonce}'" if style_nonce else "")
    return (
        f"default-src 'none'; script-src 'self'; {style}; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
