// Views of query results beside Yasgui's own table: a chart, a timeline, a map and a network.

const DAY = /^-?\d{4}-\d\d(-\d\d)?/;
const POINT = /POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)/i;
const MOST_NODES = 300;

const short = (value) => decodeURIComponent(value.replace(/[/#]$/, "").replace(/^.*[/#]/, ""));
const shown = (term) => (term ? (term.type === "uri" ? short(term.value) : term.value) : "");
const day = (value) => (DAY.test(value) ? value.slice(0, 10).padEnd(10, "-01") : "");

// The names of the columns in which every value that is there passes a test.
function columns(yasr, test) {
  const variables = yasr.results?.getVariables() ?? [];
  const rows = yasr.results?.getBindings() ?? [];
  return variables.filter((name) => {
    const values = rows.map((row) => row[name]).filter(Boolean);
    return values.length > 0 && values.every(test);
  });
}

const isDay = ({ type, value }) => type !== "uri" && DAY.test(value);
const isNumber = ({ type, value }) => type !== "uri" && value.trim() !== "" && !DAY.test(value) && Number.isFinite(Number(value));
const isPoint = ({ value }) => POINT.test(value);
const isLink = ({ type }) => type === "uri" || type === "bnode";

// What all views share: the place they draw in, the rows, and a name that is not among the columns that are drawn.
class View {
  priority = 1;
  options = {};

  constructor(yasr) {
    this.yasr = yasr;
  }

  get rows() {
    return this.yasr.results?.getBindings() ?? [];
  }

  labelled(except) {
    const names = (this.yasr.results?.getVariables() ?? []).filter((name) => !except.includes(name));
    return names.find((name) => /label|name|title/i.test(name)) ?? names[0];
  }

  getIcon() {
    return undefined;
  }

  async draw() {
    const place = document.createElement("div");
    place.className = `drawing ${this.label.toLowerCase()}`;
    this.yasr.resultsEl.replaceChildren(place);
    await this.fill(place);
  }
}

class Chart extends View {
  label = "Chart";

  canHandleResults() {
    return columns(this.yasr, isNumber).length > 0 && this.rows.length > 1;
  }

  async fill(place) {
    const { drawBars } = await import("./chart.js");
    const numbers = columns(this.yasr, isNumber);
    const variables = this.yasr.results.getVariables();
    const name = variables.find((each) => !numbers.includes(each)) ?? numbers[0];
    const value = numbers.find((each) => each !== name) ?? numbers[0];
    const rows = this.rows.map((row) => ({ name: shown(row[name]), value: Number(row[value]?.value ?? 0) }));
    drawBars(place, { label: name, value, rows });
  }
}

class TimelineView extends View {
  label = "Timeline";

  canHandleResults() {
    return columns(this.yasr, isDay).length > 0;
  }

  async fill(place) {
    const { draw } = await import("./timeline.js");
    const days = columns(this.yasr, isDay);
    const [begin, end] = days;
    const label = this.labelled(days);
    const link = columns(this.yasr, isLink)[0];
    const items = this.rows.map((row) => ({
      label: shown(row[label]) || shown(row[link]),
      begin: day(row[begin]?.value ?? ""),
      end: day(row[end]?.value ?? ""),
      href: row[link]?.type === "uri" && /^https?:/.test(row[link].value) ? row[link].value : undefined,
    }));
    draw(place, { items });
  }
}

class MapView extends View {
  label = "Map";

  canHandleResults() {
    return columns(this.yasr, isPoint).length > 0 || this.bounds() !== undefined;
  }

  bounds() {
    const names = columns(this.yasr, isNumber);
    const of = (pattern) => names.find((name) => pattern.test(name));
    const found = { west: of(/^(west|lon)/i), south: of(/^(south|lat)/i), east: of(/^(east|lon)/i), north: of(/^(north|lat)/i) };
    return Object.values(found).every(Boolean) ? found : undefined;
  }

  async fill(place) {
    const { draw } = await import("./map.js");
    const [point] = columns(this.yasr, isPoint);
    const bounds = point ? undefined : this.bounds();
    const label = this.labelled(point ? [point] : Object.values(bounds));
    const points = this.rows.flatMap((row) => {
      const found = point && POINT.exec(row[point]?.value ?? "");
      const [lon, lat] = found ? [Number(found[1]), Number(found[2])] : [];
      const box = found
        ? { west: lon, east: lon, south: lat, north: lat }
        : Object.fromEntries(Object.entries(bounds ?? {}).map(([side, name]) => [side, Number(row[name]?.value ?? NaN)]));
      return Object.values(box).length && Object.values(box).every(Number.isFinite) ? [{ label: shown(row[label]), ...box }] : [];
    });
    await draw(place, { points });
  }
}

class Network extends View {
  label = "Network";

  canHandleResults() {
    return columns(this.yasr, isLink).length > 1;
  }

  async fill(place) {
    const { draw } = await import("./graph.js");
    const links = columns(this.yasr, isLink);
    // Of a graph, subjects are joined with objects by predicates; of a table, the first column with the second.
    const graph = links.includes("subject") && links.includes("object");
    const [from, to] = graph ? ["subject", "object"] : links;
    const nodes = new Map();
    const edges = [];
    for (const row of this.rows) {
      if (!row[from] || !row[to]) continue;
      for (const { value } of [row[from], row[to]]) {
        if (!nodes.has(value) && nodes.size < MOST_NODES) {
          nodes.set(value, { id: value, label: short(value), kind: /\/id\/(\w+)\//.exec(value)?.[1] ?? "" });
        }
      }
      edges.push({ source: row[from].value, target: row[to].value, label: graph ? shown(row.predicate) : "" });
    }
    draw(place, { nodes: [...nodes.values()], edges });
  }
}

export const VIEWS = { chart: Chart, timeline: TimelineView, map: MapView, network: Network };
