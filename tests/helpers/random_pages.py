"""Random pages of what a manager writes on GitHub: the same page for the same source of chance."""

from random import Random

GAPS = 0.8
WORDS = (
    "tea, rest. week plan (maybe) 3 2026 a_b & co ¿qué? ждать 会议 – it’s “so” #1 3.5 C++ x*y < 6"
)
FORMS = (
    "**{}** *{}* _{}_ `{}` ~~{}~~ [{}](x.md) \\*{}\\* {}\\\nmore {}␣␣\nmore https://example.org/{} "
    "**{}:**␣so ***{}*** <kbd>{}</kbd> 1\\.␣{} 2026.␣{} ![{}](x.png) <me@example.org> {}␣|␣so"
)


def inline(r: Random) -> str:
    form = r.choice(["{}"] * 12 + FORMS.replace("␣", "\0").split())
    words = [word for word in WORDS.split() if "*" not in word or "**" not in form]
    words = " ".join(r.choices(words, k=r.randint(1, 4)))
    return form.replace("\0", " ").format(words)


def paragraph(r: Random) -> list[str]:
    return "\n".join(inline(r) for _ in range(r.randint(1, 3))).split("\n")


def heading(r: Random) -> list[str]:
    if r.random() < 0.3:
        return [*paragraph(r), r.choice(["===", "---", "-"])]
    text = inline(r).split("\n")[0]
    return [
        r.choice(["", "", " ", "   "])
        + "#" * r.randint(1, 7)
        + r.choice([" ", " ", ""])
        + text.replace("https:", "so:")
    ]


def fenced(r: Random) -> list[str]:
    sign, indent = r.choice(["```", "~~~", "````"]), r.choice(["", "", "", "  "])
    code = r.choices(["x = 1", "", "  y", "- no list", "# no heading", "> no quote", "<b>"], k=3)
    end = r.choice([sign] * 14 + [sign + sign, ""])
    info = r.choice(["", "python", " text", "js {1,3}"])
    return [indent + line if line else "" for line in [sign + info, *code, end]]


def table(r: Random) -> list[str]:
    rows = [
        [inline(r).split("\n")[0].replace("|", "-") for _ in "ab"] for _ in range(r.randint(2, 3))
    ]
    lines = [f"| {left} | {right} |" for left, right in rows]
    return [lines[0], r.choice(["|---|---|", "| :-- | --: |"]), *lines[1:]]


def entries(r: Random, depth: int) -> list[str]:
    number, is_loose = r.choice([None, None, 1, 1, 3, 0]), r.random() < 0.3
    sign, lines = r.choice("-*+" if number is None else ".)"), []
    indent, gap = r.choice(["", "", "", " ", "   "]), r.choice([" ", " ", "  ", "   "])
    for place in range(r.randint(1, 4)):
        mark = indent + (sign if number is None else f"{number + place}{sign}") + gap
        own = several(r, depth + 1)
        mark = mark.rstrip() + " " if own[0].startswith(" ") else mark
        if r.random() < 0.2 and own[0][:1].isalpha():
            own[0] = r.choice(["[ ] ", "[x] "]) + own[0]
        further = " " * (len(mark) + r.choice([0, 0, 0, 0, 1]))
        lines += [mark + own[0], *(further + line if line else "" for line in own[1:])]
        lines += [""] * is_loose
    return lines


def quote(r: Random, depth: int) -> list[str]:
    lines = several(r, depth + 1)
    if kind := r.choice(["", "", "[!NOTE]", "[!warning]", "[!OTHER]"]):
        lines = [kind, "so", "", *lines]
    return [f"> {line}" if line else ">" for line in lines]


def details(r: Random, depth: int) -> list[str]:
    return ["<details>", "<summary>More</summary>", "", *several(r, 3), "", "</details>", "", "so"]


def several(r: Random, depth: int = 0) -> list[str]:
    lines = []
    for _ in range(r.randint(1, 2 if depth else 4)):
        kinds = [paragraph] * 4 + [
            heading,
            fenced,
            table,
            lambda _: ["---"],
            *[lambda _: ["    code"]] * (not depth),
        ]
        if depth < 3:
            kinds += [entries] * (3 - depth) + [quote] * (depth < 2) + [details] * (not depth)
        kind = r.choice(kinds)
        lines += kind(r, depth) if kind in (entries, quote, details) else kind(r)
        lines += [""] * (r.random() < GAPS)
    while lines and not lines[-1]:
        lines.pop()
    return lines or ["x"]


def page(r: Random) -> str:
    return "\n".join(several(r))
