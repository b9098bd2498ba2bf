// A review in the browser: its clock, its keys, and drafts that neither a crash nor a reload nor a server's restart loses.
(() => {
  const TYPING = "input, textarea, select, [contenteditable]";

  // The clock goes on from the stored moment: a reload does not start it again.
  const two = (n) => String(n).padStart(2, "0");
  const read = (seconds) => {
    const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60;
    return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  };
  const put = (element, words) => { if (element && element.textContent !== words) element.textContent = words; };
  function tick() {
    document.querySelectorAll("[data-opened]").forEach((clock) => {
      const { opened, minutes, before, own } = clock.dataset;
      const passed = Math.max(0, Math.floor((Date.now() - Date.parse(opened)) / 1000));
      put(clock.querySelector(".lv-clock-all"), read(passed));
      put(clock.querySelector(".lv-clock-item"), read(Math.max(0, passed - 60 * before)));
      clock.toggleAttribute("data-over", passed > 60 * minutes);
      clock.toggleAttribute("data-late", Number(own) > 0 && passed > 60 * (Number(before) + Number(own)));
    });
  }
  setInterval(tick, 1000);

  // Letters are keys, but where somebody is typing.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING)) return;
    if (!/^[a-z?]$/i.test(event.key)) return;
    const found = document.querySelector(`.lv [data-key="${event.key.toLowerCase()}"]`);
    if (!found) return;
    event.preventDefault();
    found.click();
    if (found.tagName === "SUMMARY") found.focus();
  });

  // Drafts: {text, base}, base being what was stored when the typing began.
  const PREFIX = "levier-draft|";
  const get = (key) => { try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; } };
  const keep = (key, draft) => { try { localStorage.setItem(PREFIX + key, JSON.stringify(draft)); } catch { /* a full or closed store: the field itself remains */ } };
  const forget = (key) => { try { localStorage.removeItem(PREFIX + key); } catch { /* none */ } };
  const told = (marker, name) => JSON.parse(marker.dataset[name] || '""');
  const same = (a, b) => a.trim() === b.trim();

  // As review_said.merged does on the server: what I wrote is added to what another stored.
  function merged(base, theirs, mine) {
    [base, theirs, mine] = [base.trim(), theirs.trim(), mine.trim()];
    if (!theirs || theirs === base || theirs === mine) return mine;
    if (!mine || mine === base) return theirs;
    const own = base && mine.startsWith(base) ? mine.slice(base.length).trim() : mine;
    return theirs.includes(own) ? theirs : `${theirs}\n${own}`;
  }

  let ours = false;  // this script types
  function type(field, words) {
    ours = true;
    const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set;
    set.call(field, words);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    ours = false;
    if (document.activeElement !== field) field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  }
  const fieldOf = (marker) => marker.closest('[class*="st-key-keep-"]')?.querySelector("textarea");
  const markerOf = (field) => field.closest?.('[class*="st-key-keep-"]')?.querySelector("[data-keep]");
  const say = (marker, name, on) => { const words = marker.querySelector(name); if (words && words.hidden === on) words.hidden = !on; };

  document.addEventListener("input", (event) => {
    if (ours) return;
    const marker = event.target.tagName === "TEXTAREA" && markerOf(event.target);
    if (!marker) return;
    const key = marker.dataset.keep;
    keep(key, { text: event.target.value, base: get(key)?.base ?? told(marker, "saved") });
    say(marker, ".lv-kept", false);
  }, true);

  // What is kept meets what is stored: nothing typed is lost, nothing stored is hidden.
  function meet(marker) {
    const field = fieldOf(marker), key = marker.dataset.keep, [saved, took] = [told(marker, "saved"), told(marker, "took")];
    if (!field || field.disabled) return;
    const draft = get(key);
    if (!draft) {
      say(marker, ".lv-other", false);
      // Streamlit fills a field a moment after it draws it; what another stored comes into one that nobody types in.
      if (!same(field.value, saved) && field.dataset.saved !== undefined && field.dataset.saved !== saved) type(field, saved);
      field.dataset.saved = saved;
      return;
    }
    if (same(draft.text, saved) || (took && same(draft.text, took)) || !draft.text.trim() && !saved.trim()) {
      forget(key);
      say(marker, ".lv-other", false);
      field.dataset.saved = saved;
      return;
    }
    if (took && same(took, saved) && draft.base !== saved && draft.text.startsWith(saved)) keep(key, { ...draft, base: saved });
    const other = !same(saved, draft.base) && !(took && same(took, saved));
    if (field.value === draft.text) return say(marker, ".lv-other", other);
    if (document.activeElement === field && field.dataset.saved !== undefined) return;  // a letter is on its way
    const words = merged(draft.base, saved, draft.text);
    keep(key, { text: words, base: saved });
    field.dataset.saved = saved;
    type(field, words);
    say(marker, ".lv-kept", true);
  }

  // A form that was just opened takes the keyboard, once.
  const entered = new Set();
  function enter(marker) {
    const field = fieldOf(marker), name = marker.dataset.focus + location.search;
    if (!field || entered.has(name)) return;
    entered.add(name);
    setTimeout(() => { field.focus(); field.scrollIntoView({ block: "center" }); }, 120);
  }
  function leave() { entered.clear(); }
  window.addEventListener("popstate", leave);

  function hints() {
    document.querySelectorAll("[data-hint]").forEach((hint) => {
      const part = `|${hint.dataset.hint}-`;
      const on = keys().some((key) => key.includes(part) && key.startsWith(`${hint.dataset.of}|`));
      if (hint.hidden === on) hint.hidden = !on;
    });
    document.querySelectorAll("[data-stored]").forEach((mark) => {
      const draft = get(mark.dataset.stored);
      if (draft && same(draft.text, told(mark, "took"))) forget(mark.dataset.stored);
    });
  }
  const keys = () => { try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length)); } catch { return []; } };

  // Words whose review was sealed before they were stored: shown until somebody takes them up or throws them away.
  const WORDS = {
    fr: { title: "Tapé sans avoir pu être enregistré, gardé dans ce navigateur", copy: "Copier", drop: "Effacer", copied: "Copié" },
    en: { title: "Typed but not stored, kept in this browser", copy: "Copy", drop: "Delete", copied: "Copied" },
  };
  const make = (tag, words, more = {}) => Object.assign(document.createElement(tag), { textContent: words, ...more });
  function orphans() {
    document.querySelectorAll("[data-orphans]").forEach((place) => {
      const { orphans: town, but, of } = place.dataset;
      const left = keys().filter((key) => {
        const [where, week] = key.split("|");
        return where === town && (!but || week !== but) && (!of || week === of) && get(key)?.text.trim();
      });
      const state = left.map((key) => key + get(key).text).join("\n");
      if (place.state === state && (place.childElementCount > 0) === (left.length > 0)) return;
      place.state = state;
      const words = WORDS[document.documentElement.lang === "en" ? "en" : "fr"];
      place.replaceChildren();
      if (!left.length) return;
      place.append(make("p", words.title, { className: "lv-orphans-title" }));
      for (const key of left) {
        const { text } = get(key), row = make("div", ""), copy = make("button", words.copy, { type: "button" }), drop = make("button", words.drop, { type: "button" });
        copy.onclick = () => navigator.clipboard?.writeText(text).then(() => { copy.textContent = words.copied; });
        drop.onclick = () => { forget(key); orphans(); };
        row.append(make("p", `${key.split("|")[1]} : ${text}`), copy, drop);
        place.append(row);
      }
    });
  }

  let asked = 0;
  const look = () => { asked = 0; tick(); document.querySelectorAll("[data-keep]").forEach(meet); document.querySelectorAll("[data-focus]").forEach(enter); hints(); orphans(); };
  new MutationObserver(() => { asked ||= requestAnimationFrame(look); })
    .observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["data-saved", "data-took", "data-keep"] });
})();
