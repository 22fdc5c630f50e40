// The query page: Yasgui over this service's endpoint, with its examples, its names and views of our own.

import Yasgui from "@zazuko/yasgui";
import { completers } from "./completion.js";
import { mend } from "./mending.js";
import { VIEWS } from "./views.js";

const { Yasqe, Yasr } = Yasgui;
// How long the server may take to see that a client has gone, in milliseconds.
const SEEN = 1000;

// Ends on the server what is stopped on the page: those of this client's running queries that have the same text. The server
// ends a query itself when it sees that the client has gone, which it may not see behind a proxy.
async function cancel(running, query) {
  await new Promise((done) => setTimeout(done, SEEN));
  const active = await (await fetch(running)).json();
  const same = active.filter((each) => each.query.trim() === query.trim());
  await Promise.all(same.map(({ id }) => fetch(`${running}/${encodeURIComponent(id)}`, { method: "DELETE" })));
}

export function start(place) {
  const { endpoint, running, void: description } = place.dataset;
  const plain = document.getElementById("plain-query");
  const examples = JSON.parse(document.getElementById("examples").textContent);
  const address = new URL(endpoint, location.href).href;

  for (const name of Object.keys(Yasqe.Autocompleters)) Yasqe.Autocompleters[name] = undefined;
  Yasqe.defaults.autocompleters = [];
  for (const completer of completers(description)) Yasqe.registerAutocompleter(completer);
  for (const [name, View] of Object.entries(VIEWS)) Yasr.registerPlugin(name, View);
  Yasr.defaults.pluginOrder = ["table", "chart", "timeline", "map", "network", "response"];
  const prefixes = JSON.parse(document.getElementById("prefixes").textContent);

  plain.hidden = true;
  mend(place);
  const editor = new Yasgui(place, {
    requestConfig: {
      endpoint: address,
      method: "POST",
      acceptHeaderSelect: "application/sparql-results+json",
      acceptHeaderGraph: "text/turtle",
      headers: () => ({}),
    },
    endpointCatalogueOptions: { getData: () => [{ endpoint: address }], keys: [] },
    copyEndpointOnNewTab: true,
    populateFromUrl: true,
    yasqe: { value: plain.elements.query.value, prefixCcApi: "", createShortLink: undefined },
    yasr: { prefixes, getUsedPrefixes: () => prefixes, maxPersistentResponseSize: 100_000 },
  });
  // A query that the address gives gets a tab of its own beside those of the last visit.
  if (new URLSearchParams(location.search).has("edit")) show(plain.elements.query.value, "Query");
  editor.on("queryAbort", (_, tab) => cancel(running, tab.getQuery()));

  // A tab of an earlier visit may remember another address of this service.
  const own = (tab) => tab?.getEndpoint() !== address && tab?.setEndpoint(address);
  own(editor.getTab());
  editor.on("tabSelect", (_, id) => own(editor.getTab(id)));

  function show(query, name) {
    const tab = editor.addTab(true, { name });
    tab.setQuery(query);
    return tab;
  }
  for (const link of document.querySelectorAll("a[data-example]")) {
    link.addEventListener("click", (event) => {
      const found = examples.find(({ name }) => name === link.dataset.example);
      if (!found || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      show(found.query, found.name).query();
      place.scrollIntoView({ block: "start" });
    });
  }
}
