// Sends decisions of reviewers with the token that they give, which is kept for this tab only.

const KEY = "entente-token";

export function start(place) {
  const access = place.querySelector("form.access");
  const status = place.querySelector("[role=status]");
  access.hidden = false;
  access.elements.token.value = sessionStorage.getItem(KEY) ?? "";
  access.addEventListener("submit", (event) => {
    event.preventDefault();
    sessionStorage.setItem(KEY, access.elements.token.value);
    status.textContent = "The token is kept until this tab is closed.";
  });

  for (const form of place.querySelectorAll("form.decision")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const body = Object.fromEntries(new FormData(form, event.submitter));
      const response = await fetch(form.action, {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${access.elements.token.value}` },
        body: JSON.stringify({ ...body, by: access.elements.by.value }),
      });
      if (response.ok) {
        status.textContent = `Decided: ${body.verdict}.`;
        form.closest("li, tr").classList.add("decided");
        form.remove();
      } else {
        const problem = await response.json();
        status.textContent = [problem.detail, problem.hint].filter(Boolean).join("; ");
      }
    });
  }
}
