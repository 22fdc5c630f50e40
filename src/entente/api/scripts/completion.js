// Completes names of classes, properties and prefixes from the dataset's own description (VoID), fetched once.

let known;

function load(address) {
  known ??= fetch(address, { headers: { accept: "application/ld+json" } })
    .then((response) => response.json())
    .then((data) => {
      const nodes = Array.isArray(data) ? data : (data["@graph"] ?? [data]);
      const found = { class: new Set(), property: new Set(), prefix: new Map() };
      const VOID = "http://rdfs.org/ns/void#";
      const SH = "http://www.w3.org/ns/shacl#";
      const value = (node, name) => [node[name] ?? []].flat().map((each) => each["@id"] ?? each["@value"] ?? each)[0];
      for (const node of nodes) {
        for (const kind of ["class", "property"]) {
          const name = value(node, VOID + kind) ?? value(node, `void:${kind}`);
          if (name) found[kind].add(name);
        }
        const prefix = value(node, `${SH}prefix`) ?? value(node, "sh:prefix");
        if (prefix) found.prefix.set(prefix, value(node, `${SH}namespace`) ?? value(node, "sh:namespace"));
      }
      return found;
    });
  return known;
}

function matching(names, typed) {
  const wanted = typed.toLowerCase();
  return [...names].filter((name) => name.toLowerCase().includes(wanted)).sort();
}

// The token as a whole IRI, and how to write an IRI where the token stands.
function preprocess(yasqe, token) {
  const prefixes = yasqe.getPrefixesFromQuery();
  const [prefix, rest] = token.string.split(/:(.*)/s);
  const short = rest !== undefined && prefixes[prefix] !== undefined && !token.string.startsWith("<");
  const typed = short ? prefixes[prefix] + rest : token.string.replace(/^</, "").replace(/>$/, "");
  return { ...token, autocompletionString: typed, tokenPrefix: short ? `${prefix}:` : undefined, tokenPrefixUri: short ? prefixes[prefix] : undefined };
}

function postprocess(_, token, suggested) {
  return token.tokenPrefixUri && suggested.startsWith(token.tokenPrefixUri)
    ? token.tokenPrefix + suggested.slice(token.tokenPrefixUri.length)
    : `<${suggested}>`;
}

export function completers(address) {
  const name = (kind, fits) => ({
    name: kind,
    bulk: false,
    autoShow: false,
    persistenceId: null,
    isValidCompletionPosition: (yasqe) => fits(yasqe, yasqe.getCompleteToken()),
    get: async (_, token) => matching((await load(address))[kind], token?.autocompletionString ?? ""),
    preProcessToken: preprocess,
    postProcessSuggestion: postprocess,
  });
  const before = (yasqe, token) => yasqe.getPreviousNonWsToken(yasqe.getDoc().getCursor().line, token).string;
  const variable = (token) => /^[?$]/.test(token.string);
  const typed = (yasqe, token) => ["a", "rdf:type"].includes(before(yasqe, token));
  return [
    name("class", (yasqe, token) => !variable(token) && typed(yasqe, token)),
    name("property", (yasqe, token) => !variable(token) && !typed(yasqe, token) && (token.state?.possibleCurrent ?? []).includes("a")),
    {
      name: "prefix",
      bulk: false,
      autoShow: true,
      persistenceId: null,
      isValidCompletionPosition: (yasqe) => {
        const { line, ch } = yasqe.getDoc().getCursor();
        return /^\s*PREFIX\s+[\w-]*$/i.test(yasqe.getDoc().getLine(line).slice(0, ch));
      },
      get: async (_, token) => {
        const { prefix } = await load(address);
        const wanted = token?.string?.trim() ?? "";
        return [...prefix].filter(([short]) => short.startsWith(wanted)).map(([short, iri]) => `${short}: <${iri}>`).sort();
      },
    },
  ];
}
