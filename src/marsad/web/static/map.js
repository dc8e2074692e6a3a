// The map: countries from a file of this desk, symbols by type, zoomed by mouse, touch and keyboard. No tiles, no network.
"use strict";
(() => {
  const home = document.getElementById("map");
  if (!home || !window.d3 || !window.topojson) return;
  const { made, digits, groups, shape, reach, rewound, shown, gathered, size, moves, ALLEGED } = window.marsadMap;
  const stage = home.querySelector(".stage");
  const note = document.getElementById("map-note");
  const own = home.dataset;
  const words = Object.fromEntries([...document.querySelectorAll("[data-type]")].map((e) => [e.dataset.type, e.dataset.name]));
  const WIDTH = Math.max(300, Math.round(stage.clientWidth)), HEIGHT = WIDTH < 600 ? 420 : 560;
  const NEAREST = 40, FARTHEST = 0.02, FAN = 14, NAMED = 14, FOCUSED = 40;

  const svg = made("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "sheet" });
  const world = made("g", { class: "world" }, svg);
  const names = made("g", { class: "names", "aria-hidden": "true" }, svg);
  const symbols = made("g", { class: "symbols" }, svg);
  const fan = made("g", { class: "fan" }, svg);
  const projection = d3.geoMercator();
  const path = d3.geoPath(projection).digits(2);
  const view = { k: 1, x: 0, y: 0 };
  let lands = [], drawn = [], labels = [], opened = null, gatheredAt = 0;

  // ------------------------------------------------------------ what is where

  function fit() {
    const spots = drawn.map((g) => [g.place.lon, g.place.lat]);
    if (!spots.length) {
      projection.fitExtent([[0, 0], [WIDTH, HEIGHT]], { type: "MultiPoint", coordinates: [[-120, -50], [160, 65]] });
      return;
    }
    const lon = spots.map((s) => s[0]), lat = spots.map((s) => s[1]);
    const wide = (values, least) => {
      const sorted = [...values].sort((a, b) => a - b);
      const cut = sorted.length > 60 ? Math.floor(sorted.length * 0.04) : 0;  // one place overseas does not shrink the rest
      const low = sorted[cut], high = sorted[sorted.length - 1 - cut];
      const more = Math.max(0, least - (high - low)) / 2;
      return [low - more, high + more];
    };
    const [west, east] = wide(lon, 3), [south, north] = wide(lat, 2);
    const pad = WIDTH < 600 ? 30 : 60;
    projection.fitExtent([[pad, pad], [WIDTH - pad, HEIGHT - pad]], {
      type: "MultiPoint", coordinates: [[west, Math.max(-80, south)], [east, Math.min(80, north)]],
    });
  }

  function drawWorld() {
    world.replaceChildren();
    for (const land of lands) made("path", { class: land.own ? "land own" : "land", d: path(land) || "" }, world);
    for (const g of drawn) {
      const circle = reach(g.place);
      if (circle) made("path", { class: `reach y-${g.type}`, d: path(circle) }, world);
    }
  }

  function drawSymbols() {
    symbols.replaceChildren();
    drawn.forEach((g, n) => {
      [g.px, g.py] = projection([g.place.lon, g.place.lat]);
      const e = made("g", { class: "at", role: "button", tabindex: n < FOCUSED ? "0" : "-1", "aria-expanded": "false" }, symbols);
      g.title = made("title", {}, e);
      g.body = made("g", {}, e);
      g.ring = made("circle", { class: "ring", r: (g.size + 3).toFixed(1) }, g.body);
      shape(g.body, g.type, g.size, g.alleged);
      g.count = made("text", { class: "count", y: "4", "aria-hidden": "true" }, e);
      g.element = e;
      e.addEventListener("click", () => enter(g));
      e.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        enter(g);
      });
    });
    gatheredAt = 0;
  }

  // Words, number and size of a symbol, for its place alone or for all that it stands for.
  function dress(g) {
    g.element.toggleAttribute("hidden", !g.members.length);
    g.element.classList.toggle("away", !g.members.length);
    if (!g.members.length) return;
    const points = g.members.flatMap((m) => m.points), types = {};
    for (const p of points) types[p.type] = (types[p.type] || 0) + 1;
    const comma = own.language === "ar" ? "، " : ", ";
    const told = Object.entries(types).sort((a, b) => b[1] - a[1]).map(([t, c]) => `${words[t] || t} ${digits(c, own.digits)}`).join(comma);
    const where = g.members.length > 6 ? `${g.members.slice(0, 6).map((m) => m.name).join(comma)}…` : g.members.map((m) => m.name).join(comma);
    g.title.textContent = `${where}: ${told}`;
    g.element.setAttribute("aria-label", g.title.textContent);
    g.count.textContent = points.length > 1 ? digits(points.length, own.digits) : "";
    g.across = size(points.length);
    g.body.setAttribute("transform", `scale(${(g.across / g.size).toFixed(3)})`);
    g.ring.toggleAttribute("hidden", Object.keys(types).length < 2 && g.members.length < 2);
    g.ring.classList.toggle("many", g.members.length > 1);
  }

  // A symbol that stands for several places leads nearer to them; one place opens.
  function enter(g) {
    if (g.members.length < 2 || view.k >= NEAREST) {
      open(g);
      return;
    }
    const far = Math.max(...g.members.map((m) => Math.hypot(m.px - g.px, m.py - g.py)));
    const [x, y] = [g.px * view.k + view.x, g.py * view.k + view.y];
    const by = Math.max(2, Math.min(8, far ? Math.min(WIDTH, HEIGHT) / 3 / (far * view.k) : NEAREST));
    zoom(by, x, y);
    pan(WIDTH / 2 - x, HEIGHT / 2 - y);
  }

  function label(land) {
    const known = land.known;
    if (!known) return null;
    const largest = land.geometry.type === "MultiPolygon"
      ? land.geometry.coordinates.reduce((a, b) => (d3.geoArea({ type: "Polygon", coordinates: a }) > d3.geoArea({ type: "Polygon", coordinates: b }) ? a : b))
      : land.geometry.coordinates;
    const polygon = { type: "Polygon", coordinates: largest };
    const [px, py] = path.centroid(polygon), [[x0], [x1]] = path.bounds(polygon);
    return { text: own.language === "ar" ? known[1] : known[2], px, py, wide: x1 - x0 };
  }

  // Names of countries where there is room, and of the places of most incidents.
  function nameThings() {
    names.replaceChildren();
    const taken = [];
    const put = (text, x, y, kind) => {
      const half = text.length * 3.4 + 4;
      if (x < half || x > WIDTH - half || y < 10 || y > HEIGHT - 4) return false;
      const box = [x - half, y - 12, x + half, y + 4];
      if (taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1])) return false;
      taken.push(box);
      made("text", { class: kind, x: x.toFixed(1), y: y.toFixed(1) }, names).textContent = text;
      return true;
    };
    const leads = drawn.filter((g) => g.members.length);
    for (const g of leads) {
      const x = g.px * view.k + view.x, y = g.py * view.k + view.y;
      taken.push([x - g.across, y - g.across, x + g.across, y + g.across]);
    }
    let left = NAMED * Math.max(1, Math.min(3, view.k));
    for (const g of leads) {
      if (left <= 0) break;
      const x = g.px * view.k + view.x, y = g.py * view.k + view.y + g.across + 16;
      if (put(g.name, x, y, "place")) left -= 1;
    }
    for (const l of labels) if (l.wide * view.k > l.text.length * 7) put(l.text, l.px * view.k + view.x, l.py * view.k + view.y, "country");
  }

  function apply() {
    world.setAttribute("transform", `translate(${view.x.toFixed(2)} ${view.y.toFixed(2)}) scale(${view.k.toFixed(5)})`);
    if (gatheredAt !== view.k) {
      gathered(drawn, view.k);
      drawn.forEach(dress);
      gatheredAt = view.k;
    }
    for (const g of drawn)
      g.element.setAttribute("transform", `translate(${(g.px * view.k + view.x).toFixed(1)} ${(g.py * view.k + view.y).toFixed(1)})`);
    if (opened) fan.setAttribute("transform", opened.element.getAttribute("transform"));
    nameThings();
  }

  // ------------------------------------------------------------ moving

  function zoom(by, cx = WIDTH / 2, cy = HEIGHT / 2) {
    const k = Math.max(FARTHEST, Math.min(NEAREST, view.k * by));
    view.x = cx - ((cx - view.x) * k) / view.k;
    view.y = cy - ((cy - view.y) * k) / view.k;
    view.k = k;
    later();
  }
  function pan(dx, dy) {
    view.x += dx;
    view.y += dy;
    later();
  }
  function refit() {
    Object.assign(view, { k: 1, x: 0, y: 0 });
    later();
  }
  let waiting = 0;
  function later() {
    if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; apply(); });
  }
  moves(stage, svg, WIDTH, { zoom, pan, refit });
  home.querySelector(".tools").addEventListener("click", (event) => {
    const what = event.target.closest("button")?.dataset.do;
    if (what) ({ in: () => zoom(1.6), out: () => zoom(1 / 1.6), fit: refit })[what]();
  });

  // ------------------------------------------------------------ a place opened

  const card = document.getElementById("card"), body = document.getElementById("card-body");

  async function open(g) {
    close(false);
    opened = g;
    g.element.setAttribute("aria-expanded", "true");
    if (g.points.length > 1) spread(g);
    const query = new URLSearchParams(location.search);
    query.delete("name");
    query.delete("country");
    for (const name of g.place.names) query.append("name", name);
    if (g.place.country) query.append("country", g.place.country);
    const answer = await fetch(`${own.place}?${query}`);
    if (!answer.ok || opened !== g) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("acts");
    body.replaceChildren(...(found ? [document.adoptNode(found)] : []));
    card.hidden = false;
    body.focus({ preventScroll: matchMedia("(width >= 62rem)").matches });
  }

  function spread(g) {
    const some = g.points.slice(0, FAN), out = g.across + 22 + some.length;
    some.forEach((point, n) => {
      const turn = (2 * Math.PI * n) / some.length - Math.PI / 2;
      const x = Math.cos(turn) * out, y = Math.sin(turn) * out;
      made("line", { x1: 0, y1: 0, x2: x.toFixed(1), y2: y.toFixed(1) }, fan);
      const a = made("a", { href: `/incidents/${encodeURIComponent(point.id)}`, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` }, fan);
      const label = `${words[point.type] || point.type} ${digits(point.day || "", own.digits)}`;
      a.setAttribute("aria-label", label);
      made("title", {}, a).textContent = label;
      shape(a, point.type, 9, ALLEGED.has(point.status));
    });
    fan.setAttribute("transform", g.element.getAttribute("transform"));
  }

  function close(back = true) {
    fan.replaceChildren();
    card.hidden = true;
    if (!opened) return;
    opened.element.setAttribute("aria-expanded", "false");
    if (back) opened.element.focus();
    opened = null;
  }
  document.getElementById("card-close").addEventListener("click", () => close());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened) close();
  });

  // ------------------------------------------------------------ loading

  async function json(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }

  async function geometry() {
    const [atlas, known, mine] = await Promise.all([
      json("/static/vendor/countries-50m.json"), json("/map/countries.json"),
      own.borders === "own" ? json("/map/borders.json") : { features: [] },
    ]);
    const replaced = new Set(mine.features.flatMap((f) => [f.id, f.properties.name]).filter(Boolean));
    const kept = topojson.feature(atlas, atlas.objects.countries).features
      .filter((f) => !replaced.has(f.id) && !replaced.has(f.properties.name));
    return [...kept, ...mine.features.map((f) => ({ ...rewound(f), own: true }))].map((f) => ({
      ...f, known: known[f.id] || (f.own && f.properties.name ? ["", shown(f.properties.name), shown(f.properties.name)] : null),
    }));
  }

  async function show() {
    const data = await json(`${own.json}${location.search}`);
    close(false);
    drawn = groups(data, own.language);
  }

  async function begin() {
    note.textContent = note.dataset.loading;
    [lands] = await Promise.all([geometry(), show()]);
    fit();
    drawWorld();
    drawSymbols();
    labels = lands.map(label).filter(Boolean).sort((a, b) => b.wide - a.wide);
    note.remove();
    stage.append(svg);
    home.querySelector(".tools").hidden = false;
    apply();
    home.dataset.ready = "true";
  }

  document.addEventListener("marsad:days", async () => {
    await show();
    drawWorld();
    drawSymbols();
    apply();
    home.dataset.ready = "again";
  });
  begin().catch((error) => {
    note.textContent = note.dataset.failed;
    console.error(error);
  });
})();
