// What is asked of a page within the browser, beside its own scripts.
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
    console.error(`${violatedDirective} blocks ${blockedURI} ${sample}`));

globalThis.asked = {
    // Presses each button and waits until something is on the clipboard, and then for the status.
    copied: async ({ box, button, status, patience }) => {
        const until = async found => {
            for (const start = performance.now(); performance.now() - start < patience;) {
                const value = await found();
                if (value) return value;
                await new Promise(done => setTimeout(done, 2));
            }
            patience = 100;  // what broke one button breaks the others
            return null;
        };
        const boxes = [...document.querySelectorAll(box)];
        const buttons = boxes.flatMap(each => each.querySelector(button) ?? []);
        const texts = [];
        for (const each of buttons) {
            await navigator.clipboard.writeText("");
            each.click();
            texts.push(await until(() => navigator.clipboard.readText()));
        }
        const done = buttons.at(-1)?.dataset.done;
        return [texts, await until(() => document.querySelector(status)?.textContent === done)];
    },

    // The words that stick out of a window of this width, if anything does. Asked again for a while: the
    // dialog of the search needs a moment to close.
    widest: async width => {
        for (const start = performance.now(); performance.now() - start < 1000;) {
            if (document.documentElement.scrollWidth <= width) return null;
            await new Promise(requestAnimationFrame);
        }
        return [...document.querySelectorAll("article *")]
            .filter(e => e.getBoundingClientRect().right > width && e.textContent.trim())
            .at(-1)?.textContent ?? "";
    },

    // How each of the inks stands out from the paper in each scheme.
    contrasts: () => {
        const canvas = new OffscreenCanvas(1, 1).getContext("2d");
        const linear = part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4;
        const light = color => {
            canvas.fillStyle = color;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(part => linear(part / 255));
            return .05 + .2126 * r + .7152 * g + .0722 * b;
        };
        return ["default", "slate"].flatMap(scheme => {
            document.body.dataset.mdColorScheme = scheme;
            const color = name => getComputedStyle(document.body).getPropertyValue(name).trim();
            return ["--ink", "--ink-quiet", "--link"].map(name => {
                const lights = [light(color(name)), light(color("--paper"))];
                const isColor = CSS.supports("color", color(name));
                return [scheme, name, color(name), isColor && Math.max(...lights) / Math.min(...lights)];
            });
        });
    },
};
