// Truce lines tell the bar under the pointer; the table of relations is drawn as a graph, the same each time.
"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const MUTUAL = new Set(["allied_with", "ties_with"]);

  function made(name, attributes = {}, parent = null) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (parent) parent.append(element);
    return element;
  }

  for (const line of document.querySelectorAll(".diplomacy .line")) {
    const told = line.querySelector(".told");
    told.hidden = false;
    const tell = (event) => {
      const bar = event.target.closest("a[data-told]");
      if (bar) told.textContent = bar.dataset.told;
    };
    line.addEventListener("pointerover", tell);
    line.addEventListener("focusin", tell);
  }

  // ------------------------------------------------------------ the graph

  const figure = document.getElementById("graph");
  const table = document.getElementById("ties-table");
  if (!figure || !table || !window.d3 || !window.d3.forceSimulation) return;
  const rows = [...table.tBodies[0].rows];
  const nodes = new Map();
  const links = [];

  function node(key, name, code) {
    if (!nodes.has(key)) nodes.set(key, { id: key, name, code, told: 0 });
    return nodes.get(key);
  }
  for (const row of rows) {
    const d = row.dataset;
    const one = node(d.from, d.fromName, d.fromCode);
    const other = node(d.to, d.toName, d.toCode);
    const sources = Number(d.sources);
    one.told += sources;
    other.told += sources;
    row.ends = [d.from, d.to];
    if (one !== other) links.push({ source: d.from, target: d.to, kind: d.kind, sources, row, href: row.querySelector("a").href });
  }
  if (links.length < 2) return;
  const pairs = new Map();
  for (const link of links) {
    const pair = [link.source, link.target].sort().join("\n");
    link.nth = pairs.get(pair) || 0;
    pairs.set(pair, link.nth + 1);
    link.pair = pair;
  }

  const narrow = matchMedia("(width < 48rem)").matches;
  const width = narrow ? 420 : 1000;
  const all = [...nodes.values()];
  for (const n of all) n.r = Math.min(26, 13 + 2.2 * Math.sqrt(n.told));
  const height = Math.max(narrow ? 460 : 380, Math.min(narrow ? 900 : 640, all.length * (narrow ? 34 : 24)));
  const force = d3.forceSimulation(all)
    .force("link", d3.forceLink(links).id((n) => n.id).distance(narrow ? 90 : 130).strength(0.35))
    .force("charge", d3.forceManyBody().strength(narrow ? -320 : -620))
    .force("collide", d3.forceCollide((n) => n.r + 24))
    .force("x", d3.forceX(width / 2).strength(narrow ? 0.11 : 0.05))
    .force("y", d3.forceY(height / 2).strength(narrow ? 0.06 : 0.11))
    .stop();
  for (let i = 0; i < 320; i++) force.tick();
  const label = (n) => (n.name.length > 26 ? `${n.name.slice(0, 25)}…` : n.name);
  const room = (n) => Math.max(n.r, label(n).length * 4) + 8;  // half of what a side takes of a line
  const box = {
    left: Math.min(...all.map((n) => n.x - room(n))), right: Math.max(...all.map((n) => n.x + room(n))),
    top: Math.min(...all.map((n) => n.y - n.r)) - 10, bottom: Math.max(...all.map((n) => n.y + n.r)) + 28,
  };

  function path(link) {
    const { source: a, target: b } = link;
    const dx = b.x - a.x, dy = b.y - a.y;
    const far = Math.hypot(dx, dy) || 1;
    const many = pairs.get(link.pair);
    const sign = a.id < b.id ? 1 : -1;  // both directions of a pair bow the same way round
    const bow = many === 1 ? 14 : (link.nth - (many - 1) / 2) * 34 * sign;
    const cx = (a.x + b.x) / 2 - (dy / far) * bow, cy = (a.y + b.y) / 2 + (dx / far) * bow;
    const toward = Math.hypot(b.x - cx, b.y - cy) || 1, away = Math.hypot(a.x - cx, a.y - cy) || 1;
    const gap = MUTUAL.has(link.kind) ? b.r + 1 : b.r + 9;
    const x1 = a.x + ((cx - a.x) / away) * (a.r + 1), y1 = a.y + ((cy - a.y) / away) * (a.r + 1);
    const x2 = b.x - ((b.x - cx) / toward) * gap, y2 = b.y - ((b.y - cy) / toward) * gap;
    link.angle = (Math.atan2(b.y - cy, b.x - cx) * 180) / Math.PI;
    link.end = [x2, y2];
    return `M${x1.toFixed(1)} ${y1.toFixed(1)}Q${cx.toFixed(1)} ${cy.toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}`;
  }

  const svg = made("svg", { viewBox: [box.left, box.top, box.right - box.left, box.bottom - box.top].map(Math.round).join(" "), role: "group", "aria-label": figure.dataset.label });
  for (const link of links) {
    const words = `${link.source.name} – ${link.target.name}: ${link.row.cells[1].textContent.trim()}`;
    const a = made("a", { href: link.href, tabindex: "-1", "aria-label": words }, svg);
    made("title", {}, a).textContent = words;
    const d = path(link);
    made("path", { class: "hit", d }, a);
    made("path", { class: `tie t-${link.kind}`, d, "stroke-width": Math.min(5, 1.4 + Math.sqrt(link.sources) / 2.2).toFixed(1) }, a);
    if (!MUTUAL.has(link.kind)) {
      const [x, y] = link.end;
      const head = link.kind === "opposes" ? "M6 -7h3.4v14h-3.4z" : "M-1 -5.5L9 0L-1 5.5z";  // a bar blocks, an arrow goes
      made("path", { class: `head t-${link.kind}`, d: head, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${link.angle.toFixed(1)})` }, a);
    }
    link.element = a;
  }
  // What is read out begins with what is seen: the code in the circle, the label below it; then the whole name.
  const spoken = (n) => [...new Set([(n.code || "").slice(0, 4), label(n), n.name, n.code])].filter(Boolean).join(" ");
  for (const n of all) {
    const g = made("g", { class: "node", transform: `translate(${n.x.toFixed(1)} ${n.y.toFixed(1)})`, role: "button", tabindex: "0", "aria-pressed": "false", "aria-label": spoken(n) }, svg);
    made("circle", { r: n.r.toFixed(1) }, g);
    if (n.code) made("text", { class: "in", y: 4, "aria-hidden": "true" }, g).textContent = n.code.slice(0, 4);
    const text = made("text", { class: "out", y: (n.r + 15).toFixed(1), "aria-hidden": "true" }, g);
    text.textContent = label(n);
    n.element = g;
    g.addEventListener("click", () => choose(chosen === n.id ? null : n.id));
    g.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(chosen === n.id ? null : n.id);
    });
  }

  let chosen = null;
  const everything = document.getElementById("graph-all");
  function choose(id) {
    chosen = id;
    const near = new Set([id]);
    for (const link of links) {
      const on = id === null || link.source.id === id || link.target.id === id;
      link.element.classList.toggle("faded", !on);
      if (on) near.add(link.source.id).add(link.target.id);
    }
    for (const n of all) {
      n.element.setAttribute("aria-pressed", String(n.id === id));
      n.element.classList.toggle("faded", id !== null && !near.has(n.id));
    }
    for (const row of rows) row.hidden = id !== null && !row.ends.includes(id);
    everything.hidden = id === null;
  }
  everything.addEventListener("click", () => choose(null));
  figure.querySelector(".stage").append(svg);
  figure.hidden = false;
})();
