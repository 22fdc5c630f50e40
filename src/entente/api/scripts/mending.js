// Tells assistive technology what the parts of Yasgui are that it leaves without a name.

const NAMES = [
  [".CodeMirror textarea", "aria-label", "Text of the query"],
  [".CodeMirror-scroll", "tabindex", "0"],
  [".yasqe_sharePopup input", "aria-label", "Address that shares the query"],
  [".tableSizer", "aria-label", "Rows on a page"],
  [".tableFilter", "aria-label", "Words that rows must have"],
  [".tabsList input", "aria-label", "Name of the tab"],
  // What stands in a list of tabs must be one: this opens a new one.
  [".addTab", "role", "tab"],
  [".addTab", "aria-selected", "false"],
];

// Yasgui makes its parts again and again, so that they are named whenever some have been added.
export function mend(place) {
  const name = () => {
    for (const [selector, attribute, value] of NAMES)
      for (const element of place.querySelectorAll(selector))
        if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
  };
  new MutationObserver(name).observe(place, { childList: true, subtree: true });
  name();
}
