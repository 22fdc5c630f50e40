// Brings a page to life: draws its figures when they come into view, and loads what only one kind of page needs.

const VISUALS = {
  timeline: () => import("./timeline.js"),
  chart: () => import("./chart.js"),
  graph: () => import("./graph.js"),
  map: () => import("./map.js"),
};
const PARTS = {
  query: () => import("./query.js"),
  claims: () => import("./claims.js"),
  validate: () => import("./validate.js"),
  review: () => import("./review.js"),
};

// A figure's data stands in it as JSON; the table below the figure says the same to those who do not see it.
async function draw(figure) {
  const data = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  const place = figure.querySelector(".drawing");
  const { draw } = await VISUALS[figure.dataset.visual]();
  place.hidden = false;
  await draw(place, data);
}

const seen = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      draw(target);
    }
  },
  { rootMargin: "200px" },
);

for (const figure of document.querySelectorAll("figure[data-visual]")) seen.observe(figure);
for (const part of document.querySelectorAll("[data-part]")) PARTS[part.dataset.part]().then(({ start }) => start(part));
