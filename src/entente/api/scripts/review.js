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

  async function send(form, method, body) {
    const headers = { Authorization: `Bearer ${access.elements.token.value}` };
    if (body) headers["Content-Type"] = "application/json";
    const response = await fetch(form.action, { method, headers, body: body && JSON.stringify(body) });
    const said = response.status === 204 ? {} : await response.json();
    if (!response.ok) status.textContent = [said.detail, said.hint].filter(Boolean).join("; ");
    return response.ok ? said : null;
  }

  function done(form, text) {
    status.textContent = text;
    form.closest("li, tr").classList.add("decided");
    form.remove();
  }

  for (const form of place.querySelectorAll("form.decision")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const body = Object.fromEntries(new FormData(form, event.submitter));
      if (await send(form, "POST", { ...body, by: access.elements.by.value })) done(form, `Decided: ${body.verdict}.`);
    });
  }

  for (const form of place.querySelectorAll("form.held")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      status.textContent = "One moment.";
      const said = await send(form, event.submitter.value);
      if (said?.outcome === "refused") status.textContent = `Refused again: ${said.reasons.join("; ")}`;
      else if (said) done(form, said.outcome ? `Added: ${said.name}.` : "Dropped.");
    });
  }
}
