// Before Streamlit's own script: the server is at the root. It would otherwise first ask /<screen>/_stcore/…, twice in vain.
window.__streamlit = { BACKEND_BASE_URL: location.origin + "/" };
