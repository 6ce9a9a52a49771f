// What a page needs of the theme's script where nothing else asks for it. All words come from the page.
{
  const options = [...document.querySelectorAll(".md-header .md-option")];
  const show = (current) => options.forEach(({ nextElementSibling: label }, index) => { label.hidden = index !== current; });
  const { index: kept } = __md_get("__palette") || { index: options.findIndex(({ dataset }) => matchMedia(dataset.mdColorMedia).matches) };
  document.documentElement.classList.replace("no-js", "js");
  show(Math.max(0, kept));

  options.forEach((option, index) => {
    option.addEventListener("change", () => {
      const color = {};
      for (const key of ["media", "scheme", "primary", "accent"]) {
        color[key] = option.getAttribute(`data-md-color-${key}`);
        document.body.setAttribute(`data-md-color-${key}`, color[key]);
      }
      __md_set("__palette", { index, color });
      show(index);
    });
    option.addEventListener("keydown", ({ key }) => {
      if (key !== "Enter") return;
      const next = option.checked ? options[(index + 1) % options.length] : option; // a screen reader reaches either
      next.click();
      next.focus();
    });
  });

  // The search comes once the page is painted: nothing of the first view waits for it.
  const { search: src } = document.currentScript.dataset;
  const fetch = () => document.body.append(Object.assign(document.createElement("script"), { src }));
  if (src) addEventListener("load", () => requestAnimationFrame(() => setTimeout(fetch, 200)));
  addEventListener("submit", (event) => event.preventDefault());
}
