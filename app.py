"""Levier's door: ``streamlit run app.py``, ``python app.py`` or ``uvicorn app:app`` serve the same application.

Streamlit runs this very file for each visit, then the screen that the address names: whatever the address, it
comes through here, where language, identity and navigation are settled.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts import files, serve, shell

if get_script_run_ctx(suppress_warning=True) is None:  # a server starts
    app = st.App(__file__, lifespan=serve.lifespan, middleware=serve.middleware(), routes=files.routes())
    if __name__ == "__main__":
        app.run()
else:  # somebody visits
    shell.run()
