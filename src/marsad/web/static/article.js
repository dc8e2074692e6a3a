// A page's screen: paints what was read over the page's own words, leads from finding to words and back. The words stay
// one text node a paragraph; only numbers come from the data block, and text is put in as text.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("page-data").textContent);
  const byId = (id) => document.getElementById(id);
  const screen = document.querySelector(".page-screen");
  const aside = byId("findings");
  const bar = byId("here");
  const canPaint = typeof Highlight === "function" && typeof CSS !== "undefined" && !!CSS.highlights;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const wide = matchMedia("(width >= 62rem)");
  const behaviour = calm ? "instant" : "smooth";

  // ---- what is painted where
  const layers = data.layers.map((name) => ({ name, ranges: [], shown: true }));
  const at = new Map(); // paragraph → marks in it
  const of = new Map(); // finding → its marks
  const turns = new Map();
  const put = (map, key, value) => { if (map.has(key)) map.get(key).push(value); else map.set(key, [value]); };
  const range = (node, start, end) => {
    const made = new Range();
    made.setStart(node, Math.min(start, node.length));
    made.setEnd(node, Math.min(end, node.length));
    return made;
  };
  const textOf = (element) => (element && element.firstChild && element.firstChild.nodeType === 3 ? element.firstChild : null);
  const card = (f) => byId(data.keys[f]);
  for (const [p, start, end, layer, f] of data.paints) {
    const node = textOf(byId(`b${p}`));
    if (!node) continue;
    const mark = { p, start, end, f, range: range(node, start, end) };
    if (layer >= 0) layers[layer].ranges.push(mark.range);
    put(at, p, mark);
    put(of, f, mark);
  }
  for (const [f, start, end, layer] of data.quotes) {
    const node = textOf(card(f).querySelector("blockquote"));
    if (node) layers[layer].ranges.push(range(node, start, end));
  }
  const highlight = (name, ranges, priority) => {
    if (!canPaint) return;
    if (!ranges.length) { CSS.highlights.delete(name); return; }
    const made = new Highlight(...ranges);
    made.priority = priority;
    CSS.highlights.set(name, made);
  };
  const paint = () => layers.forEach((layer, n) => highlight(`m-${layer.name}`, layer.shown ? layer.ranges : [], n));
  paint();
  byId("unpainted").hidden = canPaint;
  for (const node of screen.querySelectorAll(".hint")) node.hidden = !canPaint;
  for (const button of screen.querySelectorAll(".paint")) {
    button.disabled = !canPaint;
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      const names = button.dataset.layers.split(" ");
      for (const layer of layers) if (names.includes(layer.name)) layer.shown = on;
      paint();
    });
  }

  // ---- tabs
  const list = screen.querySelector(".tabs");
  const tabs = list ? [...list.querySelectorAll("[role=tab]")] : [];
  const choose = (tab) => {
    for (const one of tabs) {
      const on = one === tab;
      one.setAttribute("aria-selected", String(on));
      one.tabIndex = on ? 0 : -1;
      byId(one.getAttribute("aria-controls")).hidden = !on;
    }
  };
  const showTabOf = (element) => {
    const panel = element.closest(".panel");
    if (panel && panel.hidden) choose(tabs.find((t) => t.getAttribute("aria-controls") === panel.id));
  };
  if (list) {
    list.hidden = false;
    screen.querySelector(".reading").classList.add("tabbed");
    for (const tab of tabs) {
      const panel = byId(tab.getAttribute("aria-controls"));
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      panel.tabIndex = 0;
      tab.addEventListener("click", () => choose(tab));
    }
    list.addEventListener("keydown", (event) => {
      const now = tabs.indexOf(document.activeElement);
      const onward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
      const step = { [onward]: 1, [onward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"]: -1 }[event.code];
      const to = event.code === "Home" ? 0 : event.code === "End" ? tabs.length - 1
        : step && now >= 0 ? (now + step + tabs.length) % tabs.length : -1;
      if (to < 0) return;
      event.preventDefault();
      choose(tabs[to]);
      tabs[to].focus();
    });
    choose(tabs[0]);
  }

  // ---- which findings stand
  const chips = [...screen.querySelectorAll(".kinds a")];
  const filter = (kind) => {
    for (const group of aside.querySelectorAll(".group")) group.hidden = kind !== "" && group.dataset.kind !== kind;
    for (const chip of chips) {
      if (chip.dataset.kind === kind) chip.setAttribute("aria-current", "true"); else chip.removeAttribute("aria-current");
    }
  };
  for (const chip of chips) {
    chip.hidden = false;
    chip.addEventListener("click", (event) => {
      event.preventDefault();
      filter(chip.dataset.kind);
      if (wide.matches) aside.scrollTo({ top: 0, behavior: "instant" });
      history.replaceState(null, "", chip.dataset.kind ? chip.hash : location.pathname + location.search);
    });
  }
  if (chips.length) filter("");

  // ---- from a finding to its words
  const light = (findings) => highlight("m-lit", findings.flatMap((f) => (of.get(f) || []).map((m) => m.range)), 90);
  let beat = 0;
  let fading = 0;
  const flash = (mark, paragraph) => {
    clearInterval(beat);
    clearTimeout(fading);
    for (const node of screen.querySelectorAll(".flash")) node.classList.remove("flash");
    if (!canPaint) { paragraph.classList.add("flash"); return; }
    let beats = 0;
    const turn = () => {
      highlight("m-flash", beats % 2 === 0 ? [mark.range] : [], 99);
      if (++beats > (calm ? 1 : 5)) clearInterval(beat);
    };
    turn();
    if (!calm) beat = setInterval(turn, 320);
    fading = setTimeout(() => highlight("m-flash", [], 99), 6000);
  };
  const toWords = (f) => {
    const marks = of.get(f);
    if (!marks) return false;
    const turn = ((turns.get(f) ?? -1) + 1) % marks.length;
    turns.set(f, turn);
    const paragraph = byId(`b${marks[turn].p}`);
    showTabOf(paragraph);
    paragraph.focus({ preventScroll: true });
    const box = marks[turn].range.getBoundingClientRect();
    scrollBy({ top: box.top + box.height / 2 - innerHeight * 0.38, behavior: behaviour });
    flash(marks[turn], paragraph);
    tell([f], false);
    return true;
  };

  // ---- from words to their findings
  const bring = (f, focus) => {
    const element = card(f);
    if (element.closest(".group").hidden) filter("");
    if (wide.matches && aside.scrollHeight > aside.clientHeight) {
      const box = element.getBoundingClientRect();
      const room = aside.getBoundingClientRect();
      if (focus || box.top < Math.max(room.top, 0) + 20 || box.bottom > Math.min(room.bottom, innerHeight) - 80)
        aside.scrollTo({ top: box.top - room.top + aside.scrollTop - aside.clientHeight / 4, behavior: behaviour });
    } else if (focus) element.scrollIntoView({ block: "center", behavior: behaviour });
    if (focus) element.focus({ preventScroll: true });
  };
  const hits = (findings) => {
    for (const node of aside.querySelectorAll(".card.hit")) node.classList.remove("hit");
    for (const f of findings) card(f).classList.add("hit");
  };
  let pinned = [];
  const hush = () => {
    pinned = [];
    bar.hidden = true;
    document.body.classList.remove("listening");
    hits([]);
    light([]);
  };
  const chip = (f) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${data.keys[f]}`;
    link.append(...[...card(f).querySelectorAll("h4 .head, h4 .status")].flatMap((part) => {
      const copy = document.createElement("span");
      copy.className = part.classList.contains("status") ? part.className : "";
      copy.append(...[...(part.querySelector(".go") || part).cloneNode(true).childNodes]);
      return [copy, " "];
    }));
    link.addEventListener("click", (event) => { event.preventDefault(); bring(f, true); });
    link.addEventListener("focus", () => light([f]));
    item.append(link);
    return item;
  };
  const tell = (findings, lead) => {
    hush();
    if (!findings.length) return;
    pinned = findings;
    hits(findings);
    light(findings);
    bar.querySelector("ul").replaceChildren(...findings.map(chip));
    bar.hidden = false;
    document.body.classList.add("listening");
    if (lead && wide.matches) bring(findings[0], false);
  };
  const findingsIn = (p) => [...new Set((at.get(p) || []).map((m) => m.f))];
  const findingsAt = (p, offset) => {
    const found = (at.get(p) || []).filter((m) => m.start <= offset && offset <= m.end);
    found.sort((a, b) => a.end - a.start - (b.end - b.start));
    return [...new Set(found.map((m) => m.f))];
  };
  const caret = (x, y) => {
    if (document.caretPositionFromPoint) {
      const found = document.caretPositionFromPoint(x, y);
      return found && [found.offsetNode, found.offset];
    }
    const found = document.caretRangeFromPoint && document.caretRangeFromPoint(x, y);
    return found && [found.startContainer, found.startOffset];
  };
  const under = (event) => {
    const paragraph = event.target.closest(".para p");
    const place = paragraph && caret(event.clientX, event.clientY);
    return place && place[0].parentElement === paragraph ? findingsAt(Number(paragraph.id.slice(1)), place[1]) : [];
  };
  const reading = screen.querySelector(".reading");
  reading.addEventListener("click", (event) => {
    const note = event.target.closest(".note");
    if (note) {
      event.preventDefault();
      tell(findingsIn(Number(note.dataset.p)), true);
      bar.querySelector("a").focus();
    } else if (event.target.closest(".para p") && getSelection().isCollapsed) tell(under(event), true);
  });
  let dwelling = 0;
  let last = "";
  reading.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    const found = under(event);
    if (found.join() === last) return;
    last = found.join();
    clearTimeout(dwelling);
    hits(found.length ? found : pinned);
    if (found.length) dwelling = setTimeout(() => wide.matches && bring(found[0], false), 350);
  });
  reading.addEventListener("pointerleave", () => { last = ""; clearTimeout(dwelling); hits(pinned); });
  reading.addEventListener("focusin", (event) => {
    const note = event.target.closest(".note");
    if (note) { hits(findingsIn(Number(note.dataset.p))); light(findingsIn(Number(note.dataset.p))); }
  });
  reading.addEventListener("focusout", (event) => { if (event.target.closest(".note")) { hits(pinned); light(pinned); } });
  const cardOf = (event) => event.target.closest(".card");
  aside.addEventListener("pointerover", (event) => { if (cardOf(event)) light([Number(cardOf(event).dataset.f)]); });
  aside.addEventListener("pointerleave", () => light(pinned));
  aside.addEventListener("focusin", (event) => { if (cardOf(event)) light([Number(cardOf(event).dataset.f)]); });
  aside.addEventListener("focusout", () => light(pinned));
  aside.addEventListener("click", (event) => {
    const found = cardOf(event);
    const link = event.target.closest("a, summary, .answer");
    if (link && link.classList.contains("ref")) {
      const f = data.keys.indexOf(decodeURIComponent(link.hash.slice(1)));
      if (f >= 0) { event.preventDefault(); bring(f, true); }
      return;
    }
    if (!found || (link && !link.classList.contains("go")) || (!link && !getSelection().isCollapsed)) return;
    if (toWords(Number(found.dataset.f))) event.preventDefault();
  });
  bar.querySelector(".close").addEventListener("click", hush);
  document.addEventListener("keydown", (event) => { if (event.code === "Escape" || event.key === "Escape") hush(); });

  // ---- why?
  aside.addEventListener("toggle", async (event) => {
    const asked = event.target;
    const link = asked.classList.contains("why") && asked.open && asked.querySelector(".answer > a");
    if (!link) return;
    const answer = await fetch(link.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer || !answer.ok) return; // the link stays, and leads there
    const told = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("why");
    told.removeAttribute("id");
    for (const ref of told.querySelectorAll("a.ref")) ref.setAttribute("href", ref.hash);
    link.replaceWith(document.adoptNode(told));
  }, true);

  // ---- an address that names a finding leads to its words
  const arrive = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    const f = data.keys.indexOf(name);
    if (f >= 0) { if (toWords(f)) bring(f, false); else bring(f, true); }
    else if (name.startsWith("kind-") && chips.some((c) => c.dataset.kind === name.slice(5))) filter(name.slice(5));
  };
  addEventListener("hashchange", arrive);
  if (location.hash) arrive();
})();
