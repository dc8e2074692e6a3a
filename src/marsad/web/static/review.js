// Review by keyboard. Keys are told by their place (event.code), so that an Arabic layout works; they can be remapped, and
// the choice stays in this browser. Every key presses a button that is there for the mouse too.
"use strict";
(() => {
  const home = document.querySelector(".review");
  if (!home) return;
  const STORE = "marsad.keys";
  const DEFAULTS = {
    accept: "KeyA", reject: "KeyX", denied: "KeyD", unverifiable: "KeyU", skip: "Space", undo: "Backspace", flag: "KeyF",
    note: "KeyN", edit: "KeyE", split: "KeyS", merge: "KeyM", next: "KeyJ", previous: "KeyK",
  };
  const read = () => { try { return JSON.parse(localStorage.getItem(STORE)) || {}; } catch { return {}; } };
  let keys = { ...DEFAULTS, ...read() };
  const NAMES = { Space: "␣", Backspace: "⌫", Enter: "⏎", Tab: "⇥" };
  const SPOKEN = { Space: "Space", Backspace: "Backspace", Enter: "Enter", Tab: "Tab" };
  const named = (code) => NAMES[code] || code.replace(/^(Key|Digit|Numpad)/, "");
  const show = () => {
    for (const node of home.querySelectorAll("kbd[data-key]")) node.textContent = named(keys[node.dataset.key]);
    for (const node of home.querySelectorAll("[data-act]"))
      if (keys[node.dataset.act]) node.setAttribute("aria-keyshortcuts", SPOKEN[keys[node.dataset.act]] || named(keys[node.dataset.act]));
  };
  show();

  const dialog = document.getElementById("keys");
  const help = () => { if (!dialog.open) dialog.showModal(); };
  let asked = null;
  for (const button of dialog.querySelectorAll("[data-remap]"))
    button.addEventListener("click", () => {
      if (button.dataset.remap === "*") { localStorage.removeItem(STORE); keys = { ...DEFAULTS }; show(); return; }
      asked = button;
      button.dataset.was = button.textContent;
      button.textContent = button.dataset.ask;
    });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  const remap = (event) => {
    event.preventDefault();
    const name = asked.dataset.remap;
    asked.textContent = asked.dataset.was;
    asked = null;
    if (event.code === "Escape" || /^(Digit|Numpad)\d$/.test(event.code)) return;
    const other = Object.keys(keys).find((one) => keys[one] === event.code);
    if (other) keys[other] = keys[name]; // two actions never share a key: they change places
    keys[name] = event.code;
    localStorage.setItem(STORE, JSON.stringify(keys));
    show();
  };

  const open = (name) => {
    const tool = document.getElementById(name);
    if (!tool) return;
    tool.open = true;
    const first = tool.querySelector("form select, form textarea, form input:not([type=hidden]), form button") || tool.querySelector("summary");
    first.focus();
  };
  let sent = false;
  const press = (act) => {
    const node = home.querySelector(`button[data-act="${act}"], a[data-act="${act}"]`);
    if (!node || sent) return Boolean(node);
    if (node.form) sent = true;
    node.click();
    return true;
  };
  home.addEventListener("submit", () => { sent = true; });
  const typing = (node) => node.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (asked) { remap(event); return; }
    if (event.code === "Enter" && (event.ctrlKey || event.metaKey)) { // saves the form in which one writes
      const form = event.target.closest(".tool form");
      if (form && !sent) { event.preventDefault(); form.requestSubmit(form.querySelector("button.primary")); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.code === "Escape") { const tool = event.target.closest(".tool"); if (tool) { tool.open = false; document.getElementById("card").focus(); } return; }
    if (dialog.open || typing(event.target)) return;
    if (event.key === "?" || event.key === "؟" || (event.code === "Slash" && event.shiftKey)) { event.preventDefault(); help(); return; }
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    if (digit) { if (press(`digit${digit[1]}`)) event.preventDefault(); return; }
    const act = Object.keys(keys).find((name) => keys[name] === event.code);
    if (!act) return;
    // Space on a focused control presses that control, and no verdict.
    if (event.code === "Space" && event.target.closest("button, a, summary, label, input")) return;
    if (["edit", "note", "split", "merge"].includes(act)) { event.preventDefault(); open(act); return; }
    if (press(act)) event.preventDefault();
  });
  for (const button of home.querySelectorAll(".help")) button.addEventListener("click", help);

  // A card that is open is kept in hand; one that lies for long goes to somebody else.
  const subject = home.dataset.subject;
  if (subject) {
    document.getElementById("card").focus({ preventScroll: true });
    setInterval(() => { if (!document.hidden) fetch(`/review/${encodeURIComponent(subject)}/hold`, { method: "POST" }); }, 120000);
  }
})();
