// Draws things and their relations as a network.

import cytoscape from "cytoscape";
import { palette } from "./colours.js";

// data: {nodes: [{id, label, kind, href}], edges: [{source, target, label}]}
export function draw(place, { nodes, edges }) {
  const colour = palette(place);
  const known = new Set(nodes.map(({ id }) => id));
  const network = cytoscape({
    container: place,
    elements: [
      ...nodes.map((data) => ({ data })),
      ...edges.filter(({ source, target }) => known.has(source) && known.has(target)).map((data) => ({ data })),
    ],
    style: [
      {
        selector: "node",
        style: {
          label: "data(label)",
          color: colour("text"),
          "background-color": colour("link"),
          "font-size": 15,
          "text-wrap": "wrap",
          "text-max-width": 150,
          "text-valign": "bottom",
          "text-margin-y": 3,
          width: 18,
          height: 18,
        },
      },
      { selector: 'node[kind = "state"]', style: { "background-color": colour("state"), width: 28, height: 28 } },
      { selector: 'node[kind = "claim"]', style: { "background-color": colour("mark"), shape: "round-rectangle" } },
      { selector: 'node[kind = "agreement"]', style: { "background-color": colour("good"), shape: "diamond" } },
      {
        selector: "edge",
        style: {
          label: "data(label)",
          color: colour("quiet"),
          "font-size": 11,
          // In a large network the labels come with zooming in.
          "min-zoomed-font-size": 7,
          "text-rotation": "autorotate",
          "text-background-color": colour("ground"),
          "text-background-opacity": 0.8,
          "line-color": colour("line"),
          "target-arrow-color": colour("line"),
          "target-arrow-shape": "triangle",
          "arrow-scale": 0.8,
          "curve-style": "bezier",
          width: 1.5,
        },
      },
    ],
    layout: {
      name: "cose",
      animate: false,
      padding: 24,
      nodeRepulsion: () => 20_000,
      idealEdgeLength: () => 80,
      nodeOverlap: 24,
      nodeDimensionsIncludeLabels: true,
      randomize: false,
    },
    minZoom: 0.2,
    maxZoom: 3,
  });
  network.on("tap", "node[href]", ({ target }) => {
    location.href = target.data("href");
  });
}
