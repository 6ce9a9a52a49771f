// Copies a phrase up to its open slot. All words come from the page.
(() => {
  const status = document.querySelector("[role=status]");
  const timers = new WeakMap();

  const say = (text, visible) => {
    status.classList.toggle("visible", visible);
    // A live region speaks when it changes: empty first, so that the same words are said again.
    status.textContent = "";
    setTimeout(() => { status.textContent = text; }, 50);
  };

  const rangeOf = (phrase) => {
    const range = document.createRange();
    range.selectNodeContents(phrase);
    const slot = phrase.querySelector(".slot");
    if (slot && !slot.nextSibling) range.setEndBefore(slot);
    return range;
  };

  const confirm = (button) => {
    button.classList.add("done");
    clearTimeout(timers.get(button));
    timers.set(button, setTimeout(() => button.classList.remove("done"), 3000));
    say(button.dataset.done, false);
  };

  const select = (range) => {
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    const { refused, refusedOnTouch } = status.dataset;
    say(matchMedia("(pointer: coarse)").matches ? refusedOnTouch : refused, true);
  };

  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const range = rangeOf(button.parentElement.querySelector(".phrase"));
      try {
        await navigator.clipboard.writeText(range.toString());
        confirm(button);
      } catch {
        select(range);
      }
    });
  }
})();
