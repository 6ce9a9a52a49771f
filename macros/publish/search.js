// The site's own search: answers each letter from the theme's index, in the theme's dialog. All words come from the page.

// Finds the sections of an index in which each word of a query stands, the best first.
const searcher = (docs) => {
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ" }; // no accent can be taken off these
  const SIGNS = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };
  const MEETING = /\b(?:1|one) ?(?:(?:on|to) )?(?:1|one)(?!\d)/; // 1-on-1, 1:1, one to one
  const fold = (text) => ` ${text.normalize("NFKD").replace(/[\p{M}'’‘ʼ]/gu, "").toLowerCase()
    .replace(/[ßæœøłđıς]/g, (letter) => LETTERS[letter]).replace(/[^\p{L}\p{N}]+/gu, " ").trim()}`;
  const plain = (html) => html.replace(/<[^>]*>/g, "").replace(/&(lt|gt|quot|amp);/g, (sign) => SIGNS[sign]);
  const sum = (list, weigh) => list.reduce((total, each) => total + weigh(each), 0);
  const pages = {}, sections = docs.map(({ location, title: html, text }) => {
    const [path, anchor] = location.split("#"), title = plain(html), name = fold(title);
    const sentences = plain(text.replace(/(\s*<\/?(p|li|ul|ol|pre)>\s*)+/g, "\n")).match(/[^\n.!?。]{1,120}[^\s.!?。]*[.!?。]*/g) || [""];
    const folded = sentences.map(fold), words = name + folded.join("");
    if (!anchor) pages[path] = title;
    return { location, title, name, sentences, folded, page: anchor && pages[path], words: words + (MEETING.test(words) ? " 1on1" : "") };
  });
  const vocabulary = [...new Set(sections.flatMap(({ words }) => words.split(" ")))].join(" ");
  // A word that stands nowhere counts by its longest part that does: "mentorship" by "mentor", 健二さん by 健二.
  const known = (word) => {
    const least = /\p{Script=Han}/u.test(word) ? 2 : Math.max(4, word.length * 0.6);
    const parts = [...word].flatMap((_, cut) => [word.slice(0, word.length - cut), word.slice(cut)]);
    return parts.find((part) => part.length >= least && vocabulary.includes(part)) || word;
  };
  const find = (query) => {
    const phrase = fold(query.slice(0, 100)).replace(MEETING, "1on1");
    const words = [...new Set(phrase.split(" ").filter(Boolean).map(known))];
    const pairs = words.slice(1).map((word, at) => ` ${words[at]} ${word}`);
    const found = sections.filter((section) => words.length && words.every((word) => section.words.includes(word)));
    const weights = new Map(found.map((section) => [section, (section.name === phrase ? 100 : 0) + (section.page ? 20 : 0)
      + sum(words, (word) => (word.length > 2 && section.name.includes(word) ? 6 : 0) + (section.words.includes(` ${word}`) ? 2 : 0))
      + sum(pairs, (pair) => (section.words.includes(pair) ? 4 : 0))]));
    return { words, found: found.sort((one, other) => weights.get(other) - weights.get(one)) };
  };
  // A text in pieces: the signs of each, and whether it was asked for.
  const marked = (text, words) => text.split(/(\p{Script=Han}+|[\p{L}\p{M}\p{N}'’‘ʼ]+)/u).map((piece) => {
    const folded = fold(piece).trim();
    return [piece, words.some((word) => word === folded || (word.length > 2 && folded.includes(word)))];
  });
  const excerpt = ({ sentences, folded }, words) => {
    const weights = folded.map((text) => sum(words, (word) => (text.includes(word) ? word.length : 0)));
    return marked(sentences[weights.indexOf(Math.max(...weights))], words);
  };
  return { find, marked, excerpt };
};

{
  const { base, translations } = JSON.parse(document.getElementById("__config").textContent);
  const file = new URL("search/search_index.json", new URL(base, location));
  const [dialog, toggle] = [".md-search", "#__search"].map((part) => document.querySelector(part));
  const [form, input, meta, list] = ["form", "input", ".md-search-result__meta", "ol"].map((part) => dialog.querySelector(part));
  // Whoever finds nothing may find help where the phrase of somebody who is not sure stands.
  const [help] = meta.dataset.help.split(/\{[^}]*\}/).sort((one, other) => other.length - one.length);
  let index, opener;
  const read = (answer) => answer.json().then(({ docs }) => searcher(docs));
  const load = () => (index = index || fetch(file).then(read).catch(() => { index = null; })); // the next letter asks again
  const make = (tag, children, names) => {
    const element = Object.assign(document.createElement(tag), names);
    element.append(...children);
    return element;
  };
  const marks = (pieces) => pieces.map(([text, isAsked]) => (isAsked ? make("mark", [text]) : text));
  const search = async () => {
    if (!toggle.checked) return toggle.click(); // which asks again
    const site = await load();
    if (!site) return 0;
    const { words, found } = site.find(input.value);
    const kind = !words.length ? "placeholder" : found.length > 1 ? "other" : found.length ? "one" : "none";
    meta.textContent = translations[`search.result.${kind}`].replace("#", found.length);
    list.textContent = "";
    for (const section of kind === "none" ? site.find(help).found.slice(0, 2) : found.slice(0, 50)) {
      const head = make("h2", [...marks(site.marked(section.title, words)), " ", make("small", [section.page || ""])]);
      const text = [head, make("p", marks(site.excerpt(section, words)))];
      const result = make("div", text, { className: "md-search-result__article md-typeset" }); // an article would leave the link without a name in Firefox
      const link = { className: "md-search-result__link", href: new URL(`../${section.location}`, file), tabIndex: -1 };
      list.append(make("li", [make("a", [result], link)], { className: "md-search-result__item" }));
    }
    return found.length;
  };
  const keys = { // of the open dialog
    Escape: () => { toggle.click(); if (opener) opener.focus(); },
    Tab: () => { input.focus(); toggle.checked = false; }, // the browser goes on from there
    ArrowDown: (links) => { links[(links.indexOf(document.activeElement) + 1) % links.length].focus(); },
    ArrowUp: (links) => keys.ArrowDown(links.reverse()),
  };
  addEventListener("keydown", (event) => {
    const isTyping = document.activeElement.matches("input:not([type=radio]), select, textarea, [contenteditable]");
    if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return;
    if (toggle.checked && event.key in keys) keys[event.key]([input, ...list.querySelectorAll("a")]);
    else if (!toggle.checked && !isTyping && ["/", "f", "s"].includes(event.key)) toggle.click();
    else return;
    if (event.key !== "Tab") event.preventDefault();
  }, true);
  // WebKitGTK tells no key for Shift and Tab.
  dialog.addEventListener("focusout", ({ relatedTarget: to }) => { if (to && !dialog.contains(to)) toggle.checked = false; });
  toggle.addEventListener("change", () => { if (toggle.checked) { input.focus(); search(); } else input.blur(); });
  input.addEventListener("focus", ({ relatedTarget: from }) => { if (!dialog.contains(from)) opener = from; });
  // Where the field is seen, the focus alone opens nothing: a screen reader that passes by sets it, too.
  input.addEventListener("focus", () => (matchMedia("(min-width: 60em)").matches ? load : search)());
  for (const type of ["click", "input"]) input.addEventListener(type, search);
  list.addEventListener("click", () => toggle.click());
  form.addEventListener("reset", () => setTimeout(search));
  form.addEventListener("submit", (event) => event.preventDefault() || search().then((count) => count && list.querySelector("a").click()));
  // The script comes late: whoever was quicker is answered now, and so is who asks by the address.
  input.value = input.value || new URLSearchParams(location.search).get("q");
  if (input.value || toggle.checked || document.activeElement === input) { input.focus(); search(); }
  else if (dialog.dataset.index === "ahead" && !(navigator.connection || {}).saveData) load();
}
