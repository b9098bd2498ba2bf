"""The files a browser needs: compressed once, cached for long when their name or version says so."""

import gzip
import hashlib
import mimetypes
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

OURS = Path(__file__).parents[1] / "static"
PLOTLY = Path(str(find_spec("plotly").origin)).parent / "package_data" / "plotly.min.js"  # type: ignore[union-attr]
STREAMLIT = Path(streamlit.__file__).parent / "static"
COMPRESSED = frozenset({".js", ".css", ".svg", ".json", ".html", ".txt", ".wasm", ".map"})
FOREVER = "public, max-age=31536000, immutable"


@cache
def files() -> dict[str, Path]:
    """Every address served from a file: ours under /app/static, Streamlit's hashed ones under /static."""
    ours = {f"/app/static/{path.name}": path for path in OURS.iterdir() if path.is_file()}
    bundle = (STREAMLIT / "static").rglob("*")
    ours["/app/static/plotly.min.js"] = PLOTLY
    return ours | {f"/{p.relative_to(STREAMLIT).as_posix()}": p for p in bundle if p.is_file()}


@lru_cache(maxsize=1024)
def packed(path: Path) -> bytes:
    """A file's gzip, made once a process."""
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


@cache
def stamp(name: str) -> str:
    """The address of one of our files with the hash of its content, so that it can be cached for ever."""
    digest = hashlib.sha256(files()[f"/app/static/{name}"].read_bytes()).hexdigest()[:12]
    return f"./app/static/{name}?v={digest}"


def pack_all() -> None:
    """Compress every asset ahead of the first visitor."""
    for path in files().values():
        if path.suffix in COMPRESSED:
            packed(path)


class Assets:
    """Middleware that answers for files() and lets everything else through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a known file to GET and HEAD."""
        path = files().get(scope.get("path", "")) if scope["type"] == "http" else None
        if path is None or scope["method"] not in ("GET", "HEAD"):
            return await self.app(scope, receive, send)
        response = await run_in_threadpool(_response, Request(scope), path)
        await response(scope, receive, send)


def _response(request: Request, path: Path) -> Response:
    lasting = STREAMLIT in path.parents or path.suffix == ".woff2" or "v" in request.query_params
    headers = {"Cache-Control": FOREVER if lasting else "no-cache", "Vary": "Accept-Encoding"}
    content = path.read_bytes
    if path.suffix in COMPRESSED and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(packed(path), headers=headers, media_type=_kind(path))
    return Response(content(), headers=headers, media_type=_kind(path))


def _kind(path: Path) -> str:
    known = {".js": "text/javascript", ".woff2": "font/woff2", ".wasm": "application/wasm"}
    return known.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
