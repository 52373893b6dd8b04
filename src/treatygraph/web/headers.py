"""The headers that every answer has."""

from __future__ import annotations

from typing import Final

from treatygraph.web.policy import policy

HEADERS: Final = {
    # No inline script or style anywhere; data is for everybody, pages are for no frame.
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-Match, If-None-Match, X-Request-Id",
    "Access-Control-Expose-Headers": (
        "Content-Location, ETag, Link, Location, Retry-After, WWW-Authenticate, X-Request-Id"
    ),
    "Access-Control-Max-Age": "86400",
}
