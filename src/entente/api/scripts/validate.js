// Lets a file be dropped on the form that validates RDF.

export function start(form) {
  const file = form.querySelector('input[type="file"]');
  const text = form.querySelector("textarea");

  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length === 0) return;
    file.files = event.dataTransfer.files;
    text.value = "";
  });
}
