// Stands in for the theme's script until the first user interaction, then puts the theme back. All words come from the page.
{
  const theme = document.currentScript.previousElementSibling;
  const search = document.querySelector("[data-md-toggle=search]");
  const query = document.querySelector("[data-md-component=search-query]");
  const options = [...document.querySelectorAll(".md-header .md-option")];
  const early = new AbortController();
  const missed = [];
  let parsed = false, missing = 0;
  addEventListener("DOMContentLoaded", () => { parsed = true; });

  const on = (type, react) => addEventListener(type, react, { capture: true, signal: early.signal });

  const load = () => {
    if (!theme.isConnected) return;
    theme.remove();
    const tags = theme.content.cloneNode(true);
    const styles = [...tags.querySelectorAll("link")];
    missing = styles.length;
    for (const link of styles) {
      link.media = "not all"; // applied one by one, they would move what is being pressed
      link.fetchPriority = "high";
      for (const end of ["load", "error"]) // what did not come must not keep the others waiting
        link.addEventListener(end, () => { if (--missing === 0) for (const each of styles) each.media = "all"; });
    }
    tags.querySelector("script").addEventListener("load", () => {
      early.abort();
      if (parsed) document$.next(document); // it waits for an event that is over
      // Where the signal above is unknown, what is sent again is noted again.
      for (const event of missed.splice(0)) event.target.dispatchEvent(new KeyboardEvent(event.type, event));
    });
    document.body.append(tags);
  };

  const show = (current) => options.forEach(({ nextElementSibling: label }, index) => { label.hidden = index !== current; });

  document.documentElement.classList.replace("no-js", "js");
  show(__md_get("__palette")?.index ?? options.findIndex(({ dataset }) => matchMedia(dataset.mdColorMedia).matches));

  for (const sign of ["pointerdown", "click", "keydown", "focusin", "scroll"]) on(sign, load);
  on("pointermove", ({ movementX, movementY }) => { if (movementX || movementY) load(); }); // a page moves below a mouse, too

  on("focusin", ({ target }) => { if (target === query && !search.checked) search.click(); });

  on("change", ({ target }) => {
    if (target === search && search.checked) query?.focus();
    const index = options.indexOf(target);
    if (index < 0) return;
    // What the theme does, so that it finds the choice in place.
    const color = Object.fromEntries(["media", "scheme", "primary", "accent"].map((key) => [key, target.getAttribute(`data-md-color-${key}`)]));
    for (const key in color) document.body.setAttribute(`data-md-color-${key}`, color[key]);
    __md_set("__palette", { index, color });
    show(index);
  });

  on("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.key === "Tab") return;
    if (["/", "f", "s"].includes(event.key) && !document.activeElement.matches("input:not([type=radio]), select, textarea, [contenteditable]")) {
      event.preventDefault(); // what is typed next goes into the field
      query?.focus();
    } else missed.push(event);
  });

  on("submit", (event) => event.preventDefault());

  // A page that is left while the theme is on its way comes back from memory without it.
  const results = document.querySelector(".md-search-result__meta");
  const unready = results?.textContent;
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && !theme.isConnected && (missing || results?.textContent === unready)) location.reload();
  });

  // What the theme would change without being asked.
  if (location.search || document.querySelector("article table:not([class]), article details, article [data-tabs], article .annotate")) load();
}
