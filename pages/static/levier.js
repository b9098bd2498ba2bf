// Links of our own move between screens without a reload; the address stays the only state.
(() => {
  const sameOrigin = (url) => url.origin === location.origin;

  function go(url) {
    const moved = url.pathname !== location.pathname;
    history.pushState({}, "", url.pathname + url.search + url.hash);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    if (url.hash) return reach(url.hash.slice(1));
    if (moved) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  }

  // What a hash names may only come with the next run: wait for it, five seconds at most.
  function reach(id, until = Date.now() + 5000) {
    if (document.getElementById(id)) return jump(id);
    if (Date.now() < until) setTimeout(() => reach(id, until), 100);
  }

  function follow() {
    document.documentElement.lang = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "fr";
    document.querySelectorAll(".lv-menu[open], .lv-phone[open]").forEach((menu) => menu.removeAttribute("open"));
  }

  function jump(id) {
    const target = document.getElementById(id);
    if (!target) return;
    target.setAttribute("tabindex", "-1");
    target.focus();
    target.scrollIntoView();
  }

  document.addEventListener("click", (event) => {
    const action = event.target.closest("[data-do]");
    if (action?.dataset.do === "print") return window.print();
    const link = event.target.closest(".lv a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.getAttribute("href"), location.href);  // an svg link's href is no text
    if (!sameOrigin(url) || link.hasAttribute("download")) return;
    event.preventDefault();
    if (link.getAttribute("href").startsWith("#")) return jump(url.hash.slice(1));
    go(url);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".lv form");
    if (!form) return;
    event.preventDefault();
    const url = new URL(form.action, location.href);
    url.search = new URLSearchParams(new FormData(form)).toString();
    go(url);
  });

  // Menus close when focus or a click goes elsewhere, and on Escape.
  const close = (except) => document.querySelectorAll("details.lv-menu[open]").forEach((menu) => {
    if (!menu.contains(except)) menu.removeAttribute("open");
  });
  document.addEventListener("pointerdown", (event) => close(event.target));
  document.addEventListener("focusin", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest("details.lv-menu[open]");
    if (!menu) return;
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  });

  // "/" goes to the search box, but where somebody is typing.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const box = document.getElementById("lv-search");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // Names that Streamlit gives its controls in English only.
  const NAMES = [[/^Add files$/, "Ajouter des fichiers"], [/^file upload$/, "Fichiers à importer"], [/^Remove (.*)$/, "Retirer $1"], [/^(.*), [\d.]+[KMG]?B$/, "$1"]];
  function rename() {
    const french = document.documentElement.lang === "fr";
    document.querySelectorAll('[data-testid="stFileUploaderDropzone"] > span button').forEach((button) => {
      const name = french ? "Choisir des fichiers" : "Choose files";
      if (button.getAttribute("aria-label") !== name) button.setAttribute("aria-label", name);
    });
    if (!french) return;
    document.querySelectorAll(".stFileUploader [aria-label]").forEach((control) => {
      const name = control.getAttribute("aria-label");
      const found = NAMES.find(([english]) => english.test(name));
      if (found) control.setAttribute("aria-label", name.replace(found[0], found[1]));
    });
  }
  const PARTS = { day: "jour", month: "mois", year: "année", Decrement: "Diminuer", Increment: "Augmenter", Open: "Ouvrir", Calendar: "Calendrier" };
  function nameFields() {
    if (document.documentElement.lang !== "fr") return;
    document.querySelectorAll(".stDateInput [aria-label], .stNumberInput button, .stSelectbox button").forEach((control) => {
      const [word, ...rest] = (control.getAttribute("aria-label") ?? "").split(",");
      if (PARTS[word]) control.setAttribute("aria-label", [PARTS[word], ...rest].join(","));
    });
  }
  // A phone brings up the keypad that a number needs; what is said of a field belongs to it for who cannot see it.
  function markFields() {
    document.querySelectorAll('.stNumberInput input[type="number"]').forEach((input) => {
      const pad = Number.isInteger(Number(input.step)) && input.min === "0" && input.max ? "numeric" : "decimal";
      if (input.inputMode !== pad) input.inputMode = pad;
    });
    document.querySelectorAll('[data-described="lv"]').forEach((field) => {
      if (document.getElementById(field.getAttribute("aria-describedby"))) return;
      ["aria-describedby", "aria-invalid", "data-described"].forEach((name) => field.removeAttribute(name));
    });
    document.querySelectorAll(".lv-check[id]").forEach((check) => {
      const field = check.closest('[class*="st-key-"][class*="-field-"]')?.querySelector("input, [role=radiogroup], [role=group]");
      if (!field || field.getAttribute("aria-describedby") === check.id) return;
      field.setAttribute("aria-describedby", check.id);
      field.setAttribute("data-described", "lv");
      if (check.classList.contains("bad")) field.setAttribute("aria-invalid", "true");
    });
  }
  // What was just done is said above its form: go there once, the keyboard too.
  const reached = new Set();
  const arrive = () => document.querySelectorAll("[data-reach]").forEach((place) => {
    if (reached.has(place.dataset.reach)) return;
    reached.add(place.dataset.reach);
    jump(place.id);
  });
  // A table wider than its frame scrolls there: the keyboard must reach it, and only then.
  const reachable = () => document.querySelectorAll(".lv-scroll").forEach((frame) => {
    const overflows = frame.scrollWidth > frame.clientWidth + 1;
    if (overflows && frame.tabIndex !== 0) frame.tabIndex = 0;
    else if (!overflows && frame.hasAttribute("tabindex")) frame.removeAttribute("tabindex");
  });
  // Streamlit makes the whole page a Tab stop; the first one is the link to the content.
  const unstop = () => document.querySelectorAll('[data-testid="stMain"][tabindex="0"]').forEach((main) => { main.tabIndex = -1; });

  // Figures travel as text; the chart library comes with the first of them, and a figure that changed is redrawn in place.
  const CONFIG = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false, showTips: false };
  // Labels have their room by the margins and never turn: measuring each of them again costs a quarter of a redraw.
  const AXIS = { ticklabeloverflow: "allow", tickangle: 0 };
  const drawn = new Set();
  let library;
  const plotly = () => library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.querySelector('meta[name="lv-plotly"]').content;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => { library = undefined; reject(new Error("plotly")); };
    document.head.append(script);
  });
  async function plot() {
    const frames = [...document.querySelectorAll(".lv-plot[data-figure]")].filter((frame) => frame.drawn !== frame.dataset.figure);
    // A frame may have become something else on the same page: what was drawn in it goes.
    const past = [...drawn].filter((frame) => !frame.isConnected || !frame.dataset.figure);
    if (!frames.length && !past.length) return;
    const { react, purge } = await plotly();
    for (const frame of past) { purge(frame); delete frame.drawn; drawn.delete(frame); }
    for (const frame of frames) {
      if (!frame.isConnected || frame.drawn === frame.dataset.figure) continue;
      frame.drawn = frame.dataset.figure;
      const { data, layout } = JSON.parse(frame.drawn);
      for (const name in layout) if (/^[xy]axis/.test(name)) layout[name] = { ...AXIS, ...layout[name] };
      react(frame, data, layout, CONFIG);
      drawn.add(frame);
    }
  }
  let asked = 0;
  new MutationObserver(() => {
    if (!asked) asked = requestAnimationFrame(() => { asked = 0; unstop(); rename(); nameFields(); markFields(); arrive(); reachable(); plot(); });
  }).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["data-figure"] });

  // A table under a switch is laid out when it opens; a frame's width follows the window's.
  document.addEventListener("toggle", reachable, true);
  window.addEventListener("resize", reachable);
  window.addEventListener("popstate", follow);
  follow();
  if (location.hash) reach(location.hash.slice(1));
})();
