"""Links that leave the application: addresses from files, followed only where they are plain web addresses."""

import re
from urllib.parse import urlsplit

from pages.parts.markup import Html, esc, tag

UNPRINTED = re.compile(r"[\s\x00-\x1f\x7f\\]")


def is_web(url: str) -> bool:
    """Whether a text is an http or https address with a host, and nothing that browsers read in another way."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not UNPRINTED.search(url)
    except ValueError:
        return False


def outward(url: str, words: object) -> Html:
    """The words as a link to the address; the words alone where it is none."""
    return tag("a", words, href=url, rel="external noopener noreferrer") if is_web(url) else esc(words)
