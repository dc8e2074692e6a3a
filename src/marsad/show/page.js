"use strict";
(() => {
  const data = JSON.parse(document.getElementById("marsad-data").textContent);
  const root = document.documentElement;
  const canPaint = typeof Highlight === "function" && typeof CSS !== "undefined" && !!CSS.highlights;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const wide = matchMedia("(width >= 62rem)");
  const bar = document.getElementById("here");
  const layers = data.layers.map((name) => ({ name, ranges: [], shown: true }));
  const readings = new Map();

  // ---- language
  const words = (key, n) => {
    const pair = data.labels[key];
    if (!pair) return key.slice(key.indexOf(".") + 1).replaceAll("_", " ");
    const english = root.lang === "en";
    const text = pair[english ? 1 : 0];
    if (n === undefined) return text;
    const forms = text.split(";");
    const names = english ? ["zero", "one", "other"] : ["zero", "one", "two", "few", "many", "other"];
    const rule = n === 0 ? "zero" : new Intl.PluralRules(root.lang).select(n);
    return forms[names.indexOf(rule)].replace("{n}", String(n));
  };
  const speak = () => {
    for (const node of document.querySelectorAll("[data-k]"))
      node.textContent = words(node.dataset.k, node.dataset.n === undefined ? undefined : Number(node.dataset.n));
    for (const node of document.querySelectorAll("[data-kt]")) node.title = words(node.dataset.kt);
    for (const node of document.querySelectorAll("[data-ka]")) node.setAttribute("aria-label", words(node.dataset.ka));
  };
  const language = document.getElementById("language");
  language.hidden = false;
  language.addEventListener("click", () => {
    const english = root.lang !== "en";
    root.lang = english ? "en" : "ar";
    root.dir = english ? "ltr" : "rtl";
    language.textContent = words("lang.switch");
    language.lang = english ? "ar" : "en";
    speak();
  });
  speak();

  // ---- paint
  const range = (node, start, end) => {
    const made = new Range();
    made.setStart(node, Math.min(start, node.length));
    made.setEnd(node, Math.min(end, node.length));
    return made;
  };
  const textOf = (element) => (element && element.firstChild && element.firstChild.nodeType === 3 ? element.firstChild : null);
  for (const reading of data.records) {
    const known = { id: reading.id, at: new Map(), of: new Map(), turn: new Map() };
    readings.set(reading.id, known);
    for (const [p, start, end, layer, f] of reading.paints) {
      const node = textOf(document.getElementById(`${reading.id}-b${p}`));
      if (!node) continue;
      const found = { p, start, end, f, range: range(node, start, end) };
      if (layer >= 0) layers[layer].ranges.push(found.range);
      if (!known.at.has(p)) known.at.set(p, []);
      known.at.get(p).push(found);
      if (!known.of.has(f)) known.of.set(f, []);
      known.of.get(f).push(found);
    }
    for (const [f, start, end, layer] of reading.quotes) {
      const node = textOf(document.querySelector(`#${reading.id}-f${f} blockquote`));
      if (node) layers[layer].ranges.push(range(node, start, end));
    }
  }
  const paint = () => {
    if (!canPaint) return;
    layers.forEach((layer, priority) => {
      const name = `m-${layer.name}`;
      if (!layer.shown || !layer.ranges.length) { CSS.highlights.delete(name); return; }
      const made = new Highlight(...layer.ranges);
      made.priority = priority;
      CSS.highlights.set(name, made);
    });
  };
  paint();
  document.getElementById("unpainted").hidden = canPaint;
  if (!canPaint) for (const node of document.querySelectorAll(".legend")) node.hidden = true;
  for (const button of document.querySelectorAll(".paint"))
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      const names = button.dataset.layers.split(" ");
      for (const other of document.querySelectorAll(".paint"))
        if (other.dataset.layers === button.dataset.layers) other.setAttribute("aria-pressed", String(on));
      for (const layer of layers) if (names.includes(layer.name)) layer.shown = on;
      paint();
    });

  // ---- from a finding to its words
  let flashing = 0;
  const flash = (made, paragraph) => {
    clearInterval(flashing);
    for (const node of document.querySelectorAll(".flash")) node.classList.remove("flash");
    if (!canPaint) { paragraph.classList.add("flash"); return; }
    const lit = new Highlight(made);
    lit.priority = 99;
    let beats = 0;
    const beat = () => {
      if (beats % 2 === 0) CSS.highlights.set("m-flash", lit); else CSS.highlights.delete("m-flash");
      if (++beats > (calm ? 1 : 5)) clearInterval(flashing);
    };
    beat();
    if (!calm) flashing = setInterval(beat, 320);
    setTimeout(() => CSS.highlights.delete("m-flash"), 6000);
  };
  const reveal = (made) => {
    const box = made.getBoundingClientRect();
    const middle = box.top + box.height / 2 - innerHeight * (wide.matches ? 0.4 : 0.35);
    scrollBy({ top: middle, behavior: calm ? "instant" : "smooth" });
  };
  const toWords = (reading, f) => {
    const places = reading.of.get(f);
    if (!places) return false;
    const turn = (reading.turn.get(f) ?? -1) + 1;
    reading.turn.set(f, turn);
    const found = places[turn % places.length];
    const paragraph = document.getElementById(`${reading.id}-b${found.p}`);
    const folded = paragraph.closest("details");
    if (folded) folded.open = true;
    paragraph.focus({ preventScroll: true });
    reveal(found.range);
    flash(found.range, paragraph);
    tell(reading, [f], false);
    return true;
  };

  // ---- from words to their findings
  const cardOf = (reading, f) => document.getElementById(`${reading.id}-f${f}`);
  const unfilter = (element) => {
    const group = element.closest(".group");
    if (group && group.hidden) filter(group.closest(".findings"), "");
  };
  const toCard = (reading, f, focus) => {
    const element = cardOf(reading, f);
    unfilter(element);
    const room = element.closest(".findings");
    if (wide.matches && room.scrollHeight > room.clientHeight) {
      const top = element.getBoundingClientRect().top - room.getBoundingClientRect().top + room.scrollTop - room.clientHeight / 4;
      room.scrollTo({ top, behavior: calm ? "instant" : "smooth" });
    } else if (focus) element.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
    if (focus) element.focus({ preventScroll: true });
  };
  const hush = () => {
    bar.hidden = true;
    document.body.classList.remove("listening");
    for (const node of document.querySelectorAll(".card.hit")) node.classList.remove("hit");
  };
  const chip = (reading, f) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const head = cardOf(reading, f).querySelector("h4");
    link.href = `#${reading.id}-f${f}`;
    link.append(...[...head.querySelectorAll(".go, .status")].map((part) => {
      const copy = document.createElement("span");
      copy.append(...[...part.cloneNode(true).childNodes], " ");
      return copy;
    }));
    link.addEventListener("click", (event) => { event.preventDefault(); toCard(reading, f, true); });
    item.append(link);
    return item;
  };
  const tell = (reading, findings, lead) => {
    hush();
    if (!findings.length) return;
    for (const f of findings) cardOf(reading, f).classList.add("hit");
    bar.querySelector("ul").replaceChildren(...findings.map((f) => chip(reading, f)));
    bar.hidden = false;
    document.body.classList.add("listening");
    if (lead && wide.matches) toCard(reading, findings[0], false);
  };
  const caret = (event) => {
    if (document.caretPositionFromPoint) {
      const found = document.caretPositionFromPoint(event.clientX, event.clientY);
      return found && [found.offsetNode, found.offset];
    }
    const found = document.caretRangeFromPoint && document.caretRangeFromPoint(event.clientX, event.clientY);
    return found && [found.startContainer, found.startOffset];
  };
  const findingsAt = (reading, p, offset) => {
    const hits = (reading.at.get(p) || []).filter((m) => m.start <= offset && offset <= m.end);
    hits.sort((a, b) => a.end - a.start - (b.end - b.start));
    return [...new Set(hits.map((m) => m.f))];
  };
  for (const section of document.querySelectorAll(".record")) {
    const reading = readings.get(section.id);
    section.querySelector("article").addEventListener("click", (event) => {
      const note = event.target.closest(".note");
      if (note) {
        event.preventDefault();
        tell(reading, [...new Set((reading.at.get(Number(note.dataset.p)) || []).map((m) => m.f))], true);
        bar.querySelector("a").focus();
        return;
      }
      if (!event.target.closest("p") || !getSelection().isCollapsed) return;
      const place = caret(event);
      const paragraph = place && place[0].parentElement;
      if (!paragraph || !paragraph.id.startsWith(`${section.id}-b`)) return;
      tell(reading, findingsAt(reading, Number(paragraph.id.split("-b")[1]), place[1]), true);
    });
    section.querySelector(".findings").addEventListener("click", (event) => {
      const card = event.target.closest(".card");
      const link = event.target.closest("a");
      if (!card || (link && !link.classList.contains("go")) || (!link && !getSelection().isCollapsed)) return;
      if (toWords(reading, Number(card.dataset.f))) event.preventDefault();
    });
    section.addEventListener("click", (event) => {
      const link = event.target.closest("a.ref");
      if (!link) return;
      event.preventDefault();
      toCard(reading, Number(link.hash.split("-f")[1]), true);
    });
  }
  bar.querySelector(".close").addEventListener("click", hush);
  document.addEventListener("keydown", (event) => { if (event.code === "Escape" || event.key === "Escape") hush(); });

  // ---- filters
  const filter = (aside, kind) => {
    for (const group of aside.querySelectorAll(".group")) group.hidden = kind !== "" && group.dataset.kind !== kind;
    for (const button of aside.querySelectorAll(".filters button"))
      button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
  };
  for (const aside of document.querySelectorAll(".findings"))
    for (const button of aside.querySelectorAll(".filters button"))
      button.addEventListener("click", () => filter(aside, button.dataset.kind));
})();
