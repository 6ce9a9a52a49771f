// Copies a phrase up to its open slot, and lets the keyboard reach the theme's menu. All words come from the page.

const status = document.querySelector(".status");
let selected; // the phrase that could not be copied, while the help for it is shown

const say = (text, phrase) => {
  selected = phrase;
  status.classList.toggle("visible", !!phrase);
  // A screen reader leaves out what it has just said: a no-break space behind makes it another text.
  status.textContent = status.textContent === text ? `${text}\u00a0` : text;
};
const stopHelping = () => { if (selected) say("", null); };

document.addEventListener("copy", stopHelping);
document.addEventListener("keydown", ({ key }) => { if (key === "Escape") stopHelping(); });
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (selected && (selection.isCollapsed || !selection.containsNode(selected, true))) stopHelping();
});

for (const button of document.querySelectorAll("button.copy")) {
  let timer;

  button.addEventListener("click", async () => {
    const phrase = button.parentElement.querySelector(".phrase");
    const slot = phrase.querySelector(".slot");
    const range = document.createRange();
    range.selectNodeContents(phrase);
    if (slot && !slot.nextSibling) range.setEndBefore(slot);
    try {
      await navigator.clipboard.writeText(range.toString());
      button.classList.add("done");
      clearTimeout(timer);
      timer = setTimeout(() => button.classList.remove("done"), 3000);
      say(button.dataset.done, null);
    } catch {
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      const { refused, refusedOnTouch } = status.dataset;
      say(matchMedia("(pointer: coarse)").matches ? refusedOnTouch : refused, phrase);
    }
  });
  button.hidden = false;
}

// The browser's own bar takes the color of the page, whichever scheme is chosen.
const paint = () => {
  const { backgroundColor } = getComputedStyle(document.body);
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.content = backgroundColor;
};
new MutationObserver(paint).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
paint();

// The theme opens its menu, where there is one, by a label, which takes no focus: make it a button.
const label = document.querySelector(".md-header__button[for=__drawer]");
if (label) {
  const toggle = document.getElementById("__drawer");
  const menu = document.querySelector(".md-nav--primary");
  const button = document.createElement("button");
  button.className = label.className;
  button.setAttribute("for", "__drawer"); // the theme's styles ask for it
  // Set as attributes, since not every browser knows them as properties.
  button.setAttribute("aria-label", menu.getAttribute("aria-label"));
  button.setAttribute("aria-expanded", toggle.checked);
  button.append(...label.childNodes);
  button.addEventListener("click", () => toggle.click());
  label.replaceWith(button);
  toggle.addEventListener("change", () => {
    button.setAttribute("aria-expanded", toggle.checked);
    if (toggle.checked) menu.querySelector("a").focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (toggle.checked && relatedTarget && !menu.contains(relatedTarget)) toggle.click();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !toggle.checked) return;
    toggle.click();
    button.focus();
  });
}

// At Tab the theme lets go of its search field, and WebKit would begin anew at the top of the page.
const search = document.getElementById("__search");
document.querySelector(".md-search__input")?.addEventListener("keydown", (event) => {
  if (event.key === "Tab" && search.checked) search.click();
});

// A page that comes back from memory shows the scheme of before, whatever was chosen on another since.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) document.querySelectorAll(".md-option")[__md_get("__palette")?.index]?.click();
});
