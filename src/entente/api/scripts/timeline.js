// Draws events on a line of time that can be dragged and zoomed.

import { DataSet } from "vis-data/peer/esm/vis-data.mjs";
import { Timeline } from "vis-timeline/peer";

// data: {items: [{label, begin, end, href, kind}]}, days as YYYY-MM-DD, end the last day.
export function draw(place, { items }) {
  const shown = items.filter(({ begin, end }) => begin || end);
  const entries = shown.map(({ label, begin, end, href, kind }, id) => {
    const link = document.createElement(href ? "a" : "span");
    link.textContent = label;
    if (href) link.href = href;
    const first = begin || end;
    const item = { id, content: link, start: `${first}T00:00:00`, className: kind || "", title: undefined };
    return end && end !== first ? { ...item, end: `${end}T23:59:59`, type: "range" } : { ...item, type: "point" };
  });
  new Timeline(place, new DataSet(entries), {
    maxHeight: 420,
    zoomMin: 86_400_000 * 7,
    zoomKey: "ctrlKey",
    horizontalScroll: true,
    verticalScroll: true,
    showCurrentTime: false,
    selectable: false,
    // The labels are elements that this module makes, never text that is read as HTML.
    xss: { disabled: true },
  });
}
