// What the map draws at a place: its symbol, how far it reaches, its words; and text of pages made safe to look at.
"use strict";
window.marsadMap = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const ALLEGED = new Set(["claimed", "denied"]);
  const REACH = { region: 45, sea: 120 };  // km, the size class of what is no point
  // The same characters as marked.py shows as marks.
  const UNSEEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u115f\u1160\u180e\u200b\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff]/gu;

  function made(name, attributes = {}, parent = null) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (parent) parent.append(element);
    return element;
  }

  function shown(text) {
    return String(text).replace(UNSEEN, (c) => `⟦U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟧`);
  }

  function digits(text, kind) {
    return kind === "arabic" ? String(text).replace(/\d/g, (d) => String.fromCharCode(0x660 + Number(d))) : String(text);
  }

  const size = (many) => 7 + 3.2 * Math.log2(many + 1);

  // Of places that would cover each other at this nearness one stands for all: `members` of the one, none of the others.
  function gathered(drawn, k) {
    const leads = [];
    for (const g of drawn) {
      const lead = leads.find((l) => Math.hypot(l.px - g.px, l.py - g.py) * k < (size(l.sum) + g.size) * 0.8);
      g.members = lead ? [] : [g];
      g.sum = g.points.length;
      if (lead) {
        lead.members.push(g);
        lead.sum += g.sum;
      } else leads.push(g);
    }
    return leads;
  }

  // Places that are drawn, with their points; small ones last, so that they lie on top.
  function groups(data, language) {
    const at = new Map();
    for (const point of data.points) {
      if (point.place === null || !data.places[point.place].drawn) continue;
      if (!at.has(point.place)) at.set(point.place, []);
      at.get(point.place).push(point);
    }
    return [...at].map(([n, points]) => {
      const place = data.places[n];
      const name = shown(language === "en" ? place.name_en || place.names[0] : place.names[0]);
      const type = Object.keys(place.types).sort((a, b) => place.types[b] - place.types[a])[0];
      const alleged = points.every((p) => ALLEGED.has(p.status));
      return { place, name, points, type, alleged, mixed: Object.keys(place.types).length > 1, size: size(points.length) };
    }).sort((a, b) => b.points.length - a.points.length);
  }

  function shape(parent, type, size, hollow, more = "") {
    return made("use", {
      class: `shape y-${type}${hollow ? " hollow" : ""}${more}`, href: `#y-${type}`,
      x: (-size).toFixed(1), y: (-size).toFixed(1), width: (2 * size).toFixed(1), height: (2 * size).toFixed(1),
    }, parent);
  }

  // A circle of so many kilometres around a place, in degrees.
  function reach(place) {
    const km = REACH[place.kind];
    return km ? d3.geoCircle().center([place.lon, place.lat]).radius(km / 111.2)() : null;
  }

  // d3 takes a ring that runs the other way round for the rest of the globe.
  function rewound(feature) {
    const { type, coordinates } = feature.geometry;
    const polygons = type === "Polygon" ? [coordinates] : coordinates;
    const turned = polygons.map((rings) =>
      d3.geoArea({ type: "Polygon", coordinates: rings }) > 2 * Math.PI ? rings.map((r) => [...r].reverse()) : rings);
    return { ...feature, geometry: { type: "MultiPolygon", coordinates: turned } };
  }

  return { made, shown, digits, groups, shape, reach, rewound, gathered, size, ALLEGED };
})();
