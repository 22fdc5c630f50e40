// Links the claims beside an article's text with the words that make them: pointing at one shows the other.

export function start(article) {
  const of = (element) => (element.dataset.claims ?? "").split(" ").filter(Boolean);
  const parts = [...article.querySelectorAll("[data-claims]")];

  function light(names) {
    for (const part of parts) part.classList.toggle("lit", of(part).some((name) => names.includes(name)));
  }
  for (const part of parts) {
    part.addEventListener("mouseenter", () => light(of(part)));
    part.addEventListener("focusin", () => light(of(part)));
    part.addEventListener("mouseleave", () => light(chosen()));
    part.addEventListener("focusout", () => light(chosen()));
  }
  // The claim that the address names, such as #claim-3, stays lit.
  const chosen = () => [location.hash.slice(1)];
  addEventListener("hashchange", () => light(chosen()));
  light(chosen());
}
