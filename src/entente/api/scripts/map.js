// Draws places over the outlines of the world's countries, which come with the page's server.

import { feature } from "topojson-client";
import { palette } from "./colours.js";
import * as L from "leaflet/dist/leaflet-src.esm.js";

// A ring that crosses the 180th meridian goes on beyond it, where its longitudes would jump from one edge to the other.
function unwrapped(ring) {
  let turns = 0;
  return ring.map(([longitude, latitude], place) => {
    const step = place ? longitude - ring[place - 1][0] : 0;
    if (step > 180) turns -= 360;
    if (step < -180) turns += 360;
    return [longitude + turns, latitude];
  });
}

async function countries() {
  const world = await (await fetch(new URL("./countries-110m.json", import.meta.url))).json();
  const found = feature(world, world.objects.countries);
  for (const { geometry } of found.features) {
    const unwrap = (polygon) => polygon.map(unwrapped);
    geometry.coordinates = geometry.type === "Polygon" ? unwrap(geometry.coordinates) : geometry.coordinates.map(unwrap);
  }
  // Antarctica goes round the pole, which the map's projection cannot show.
  found.features = found.features.filter(({ id }) => id !== "010");
  return found;
}

function text(label, href) {
  const element = document.createElement(href ? "a" : "span");
  element.textContent = label;
  if (href) element.href = href;
  return element;
}

// data: {points: [{label, href, west, south, east, north}], states: [ISO 3166-1 numeric code]}
export async function draw(place, { points, states = [] }) {
  const colour = palette(place);
  const map = L.map(place, { zoomControl: true, minZoom: 1, maxZoom: 9, worldCopyJump: true });
  map.attributionControl.setPrefix(false);
  // Leaflet draws outlines only on a map that shows something.
  map.fitWorld();
  const named = new Set(states);
  const outlines = L.geoJSON(await countries(), {
    interactive: false,
    style: ({ id }) => ({
      color: colour("line"),
      weight: 0.7,
      fillColor: colour(named.has(id) ? "state" : "land"),
      fillOpacity: named.has(id) ? 0.45 : 1,
    }),
  }).addTo(map);
  const bounds = L.latLngBounds([]);
  for (const { label, href, west, south, east, north } of points) {
    const box = L.latLngBounds([south, west], [north, east < west ? east + 360 : east]);
    bounds.extend(box);
    const wide = box.getNorth() - box.getSouth() > 1 || box.getEast() - box.getWest() > 1;
    const shape = wide
      ? L.rectangle(box, { color: colour("bad"), weight: 1.5, fillOpacity: 0.15 })
      : L.circleMarker(box.getCenter(), { radius: 7, color: colour("bad"), weight: 2, fillOpacity: 0.6 });
    shape.bindTooltip(label).bindPopup(text(label, href)).addTo(map);
  }
  if (bounds.isValid()) map.fitBounds(bounds.pad(0.6), { maxZoom: 5 });
  else {
    outlines.eachLayer((layer) => named.has(layer.feature.id) && bounds.extend(layer.getBounds()));
    if (bounds.isValid()) map.fitBounds(bounds);
  }
}
