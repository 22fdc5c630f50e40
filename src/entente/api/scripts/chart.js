// Draws cooperation above and conflict below a line, or the columns of a table as bars.

import * as Plot from "@observablehq/plot";
import { palette } from "./colours.js";

// Names the whole drawing only: Plot names its groups too, which are nothing that can have a name.
function plot(options) {
  const drawing = Plot.plot(options);
  for (const group of drawing.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
  return drawing;
}

// data: {rows: [{time, cooperation, conflict}]}, time as YYYY or YYYY-MM, scores both positive.
export function draw(place, { rows }) {
  const colour = palette(place);
  const yearly = rows.every(({ time }) => time.length === 4);
  const bars = rows.flatMap(({ time, cooperation, conflict }) => {
    const date = new Date(yearly ? `${time}-01-01` : `${time}-01`);
    return [
      { date, side: "cooperation", score: cooperation },
      { date, side: "conflict", score: -conflict },
    ];
  });
  place.replaceChildren(
    plot({
      width: place.clientWidth || 640,
      height: 240,
      marginLeft: 48,
      className: "plot",
      ariaLabel: "Cooperation and conflict over time",
      x: { type: "utc" },
      y: { label: "PLOVER score", grid: true },
      color: { domain: ["cooperation", "conflict"], range: [colour("good"), colour("bad")] },
      marks: [
        Plot.ruleY([0]),
        Plot.rectY(bars, {
          x: "date",
          interval: yearly ? "year" : "month",
          y: "score",
          fill: "side",
          title: ({ date, side, score }) => `${date.toISOString().slice(0, yearly ? 4 : 7)}: ${side} ${Math.abs(score)}`,
        }),
      ],
    }),
  );
}

// Draws numbers by names: bars that lie, or points on a line where the names are days or numbers.
export function drawBars(place, { label, value, rows }) {
  const colour = palette(place);
  const dated = rows.every(({ name }) => /^-?\d{4}(-\d\d){0,2}/.test(name));
  const marks = dated
    ? [Plot.ruleY([0]), Plot.lineY(rows, { x: ({ name }) => new Date(name), y: "value", marker: true, stroke: colour("link") })]
    : [Plot.ruleX([0]), Plot.barX(rows, { y: "name", x: "value", fill: colour("link"), sort: { y: "x", reverse: true } })];
  place.replaceChildren(
    plot({
      className: "plot",
      width: place.clientWidth || 640,
      marginLeft: dated ? 56 : 200,
      ariaLabel: `${value} by ${label}`,
      x: { label: dated ? label : value, type: dated ? "utc" : "linear" },
      y: { label: dated ? value : null, grid: dated },
      marks,
    }),
  );
}
