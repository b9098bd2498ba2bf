"""What surrounds the application on the network: its middleware, and a warm-up before the first visitor."""

import asyncio
import gc
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from streamlit.runtime.pages_manager import PagesManager

from pages.parts import assets, warm
from pages.parts.index import Index
from pages.parts.shield import Shield

LOG = logging.getLogger("levier")


def middleware() -> list[Middleware]:
    """The layers around Streamlit, outermost first."""
    return [Middleware(Shield), *_hosts(), Middleware(assets.Assets), Middleware(Index)]


def _hosts() -> list[Middleware]:
    # Streamlit checks the names on its socket only; here they hold for every request.
    hosts = list(st.get_option("server.allowedHosts") or [])
    return [Middleware(TrustedHostMiddleware, allowed_hosts=hosts)] if hosts else []


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Read what the first visit would read, then let visitors in."""
    # A folder named pages makes Streamlit expect its old page layout until the first visit has run: on a fresh
    # server a deep link would then be answered "page not found" before the right screen.
    PagesManager.uses_pages_directory = False
    threading.Thread(target=assets.pack_all, name="assets", daemon=True).start()
    await asyncio.to_thread(_warm)
    gc.freeze()  # what is loaded by now lives as long as the process
    yield


def _warm() -> None:
    try:
        warm.warm()
    except Exception:  # a store that cannot be read is said on the screen, not by a server that won't start
        LOG.exception("warm-up")
