"""The one HTML page that starts the application: Streamlit's own, in our language, with our style and fonts."""

import re
from functools import cache

from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.parts.assets import OURS, STREAMLIT, stamp

NO_SCRIPT = {
    "fr": "Levier a besoin de JavaScript pour s’afficher.",
    "en": "Levier needs JavaScript to be shown.",
}
SCRIPTS = ("levier.js", "review.js")
FIRST_STYLE = "levier.css"  # the tokens; then each part of the interface has its own sheet
FONTS = ("source-sans-3-latin-wght-normal.woff2", "source-serif-4-latin-opsz-normal.woff2")


@cache
def page(lang: str) -> bytes:
    """The page in a language, ``fr`` or ``en``."""
    html = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    html = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    html = html.replace('<script type="module"', f'{_base()}\n    <script type="module"', 1)
    html = re.sub(r'<link\s+rel="(?:preload|shortcut icon|service-desc)".*?/>', "", html, flags=re.DOTALL)
    html = re.sub(
        r"<noscript>.*?</noscript>", f"<noscript>{NO_SCRIPT[lang]}</noscript>", html, flags=re.DOTALL
    )
    html = html.replace('<html lang="en">', f'<html lang="{lang}">').replace(
        "Streamlit</title>", "Levier</title>"
    )
    return re.sub(r"\n\s*\n+", "\n", html.replace("</head>", f"{_head()}\n  </head>")).encode()


def _head() -> str:
    fonts = (f'<link rel="preload" href="{_font(f)}" as="font" type="font/woff2" crossorigin>' for f in FONTS)
    return "\n    ".join(
        (
            *fonts,
            f'<link rel="icon" type="image/svg+xml" href="{stamp("levier.svg")}">',
            *(f'<link rel="stylesheet" href="{stamp(name)}">' for name in styles()),
            f'<meta name="lv-plotly" content="{stamp("plotly.min.js")}">',
            *(f'<script defer src="{stamp(name)}"></script>' for name in SCRIPTS),
        )
    )


def _base() -> str:
    # Streamlit looks for its server under each part of the address, the longest first; ours is at the root. It must be
    # said before its script runs; answering under the screens' names would make it take "/fiche" for the whole app's root.
    return f'<script src="{stamp("base.js")}"></script>'


def styles() -> list[str]:
    """The names of our style sheets, the tokens first."""
    return sorted((path.name for path in OURS.glob("*.css")), key=lambda name: (name != FIRST_STYLE, name))


def _font(name: str) -> str:
    # The style sheet names the file without a version: the preload must be the same address.
    return f"./app/static/{name}"


class Index:
    """Middleware that answers with our page wherever Streamlit answers with its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Replace an HTML answer's body; everything else passes untouched."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return await self.app(scope, receive, send)
        is_ours = False

        async def replaced(message: Message) -> None:
            nonlocal is_ours
            if message["type"] == "http.response.start":
                is_ours = is_page(message)
                if is_ours:
                    await _ours(scope)(scope, receive, send)
            if not is_ours:
                await send(message)

        # An unconditional request: a 304 would keep a page that names an older style sheet.
        plain = [(k, v) for k, v in scope["headers"] if k not in (b"if-none-match", b"if-modified-since")]
        await self.app(dict(scope, headers=plain), receive, replaced)


def is_page(message: Message) -> bool:
    """Whether it is Streamlit's page: a file to download may be HTML too."""
    headers = Headers(raw=message["headers"])
    is_html = headers.get("content-type", "").startswith("text/html")
    return message["status"] == 200 and is_html and "content-disposition" not in headers


def _ours(scope: Scope) -> Response:
    lang = "en" if QueryParams(scope["query_string"]).get("lang") == "en" else "fr"
    return Response(page(lang), media_type="text/html", headers={"Cache-Control": "no-cache"})
