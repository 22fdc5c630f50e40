// Draws events on a line of time that can be dragged and zoomed.

import { DataSet } from "vis-data/peer/esm/vis-data.mjs";
import { Timeline } from "vis-timeline/peer";

// data: {items: [{label, begin, end, href, kind}]}, days as YYYY-MM-DD, end the last day.
export function draw(place, { items }) {
  const shown = items.filter(({ begin, end }) => begin || end);
  const entries = shown.map(({ label, begin, end, href, kind }, id) => {
    // An element, so that a label is never read as HTML.
    const link = document.createElement(href ? "a" : "span");
    link.textContent = label;
    if (href) link.href = href;
    const first = begin || end;
    const item = { id, content: link, start: `${first}T00:00:00`, className: kind || "" };
    return end && end !== first ? { ...item, end: `${end}T23:59:59`, type: "range" } : { ...item, type: "point" };
  });
  const days = shown.flatMap(({ begin, end }) => [begin, end]).filter(Boolean).map((day) => Date.parse(day));
  const room = Math.max((Math.max(...days) - Math.min(...days)) * 0.12, 86_400_000 * 20);
  new Timeline(place, new DataSet(entries), {
    start: Math.min(...days) - room / 2,
    end: Math.max(...days) + room,
    maxHeight: 420,
    zoomMin: 86_400_000 * 7,
    zoomKey: "ctrlKey",
    horizontalScroll: true,
    verticalScroll: true,
    showCurrentTime: false,
    selectable: false,
  });
}
