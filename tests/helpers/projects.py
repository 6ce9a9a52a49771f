"""Copies of the project that a test may build, change and break."""

import importlib
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "macros/theme/assets"
SUB_PATH = "http://127.0.0.1:8000/manager-readme/"
# The site's own manager, and samples: one who inflects, one from right to left, one who uses
# whatever a page may hold.
MANAGERS = [ROOT / "docs", *sorted((ROOT / "tests/managers").iterdir())]
# Pages such as a manager may add, with everything that mkdocs.yml switches on.
SAMPLES = sorted((ROOT / "tests/pages").glob("*.md"))


def copy_project(target: Path, docs: Path = ROOT / "docs") -> Path:
    """What a build reads, so that it can be changed."""
    shutil.copytree(ROOT / "macros", target / "macros")
    shutil.copytree(docs, target / "docs")
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


def environment(**more: str) -> dict[str, str]:
    """The environment of one's own machine, even if this one is GitHub's."""
    return {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "GITHUB_ACTIONS": "",
        "SITE_URL": SUB_PATH,
        **more,
    }


def run(project: Path, *command: str, **more: str) -> subprocess.CompletedProcess:
    """Run a Python module in `project`."""
    return call(sys.executable, "-m", *command, cwd=project, env=environment(**more))


def call(*command: str | Path, **options: object) -> subprocess.CompletedProcess:
    """Run any command, whether it fails or not."""
    options = {"capture_output": True, "encoding": "utf-8", "timeout": 120, **options}
    return subprocess.run(command, check=False, **options)


# Builds are forks of a process that has loaded what every build loads.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.helpers.preload"])


def build(project: Path, **more: str) -> subprocess.CompletedProcess:
    """Build `project` into its folder `site`, as `make build` does."""
    with tempfile.TemporaryDirectory() as folder:
        outputs = [Path(folder, name) for name in ("stdout", "stderr")]
        arguments = project, environment(**more), outputs
        process = FORKS.Process(target=_build, args=arguments, daemon=True)
        process.start()
        process.join(120)
        texts = [output.read_text(encoding="utf-8") for output in outputs]
    assert process.exitcode is not None, texts
    return subprocess.CompletedProcess("mkdocs build", process.exitcode, *texts)


def _build(project: Path, variables: dict[str, str], outputs: list[Path]) -> None:
    for descriptor, output in enumerate(outputs, 1):
        os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT), descriptor)
    os.environ.update(variables)
    os.chdir(project)
    sys.path.insert(0, str(project))
    importlib.import_module("mkdocs.__main__").cli(["build"])


def built(project: Path, **environment: str) -> Path:
    result = build(project, **environment)
    assert result.returncode == 0, result.stderr
    return project / "site"


def yaml() -> YAML:
    """Reads and writes a file so that its order and comments stay, and no line is folded anew."""
    made = YAML()
    made.width = 4096
    made.representer.ignore_aliases = lambda _: True
    return made


def edit_yaml(path: Path, change) -> None:
    tree = yaml().load(path.read_text(encoding="utf-8"))
    change(tree)
    write_yaml(path, tree)


def write_yaml(path: Path, tree: dict) -> None:
    with path.open("w", encoding="utf-8") as file:
        yaml().dump(tree, file)


def make_targets() -> set[str]:
    """What `make` can be asked for."""
    return set(re.findall(r"(?m)^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))


def change(path: Path, old: str, new: str) -> int:
    """Replace the first `old` in a file; gives the number of its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} holds no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def write_files(folder: Path, files: Mapping[str, str | bytes | None]) -> None:
    """Write the files, each with its text, or remove those without one."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())


def command_path(folder: Path, name: str, script: str) -> str:
    """A PATH on which a command is this script."""
    write_files(folder, {name: script})
    (folder / name).chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def add_samples(project: Path) -> Path:
    """With these pages, and with a logo of one's own."""
    for sample in SAMPLES:
        shutil.copy(sample, project / "docs")
    write_files(project, {"docs/assets/logo.svg": (ASSETS / "logo.svg").read_bytes()})
    names = [sample.name for sample in SAMPLES]
    edit_yaml(project / "docs/modes.yml", lambda tree: tree["site"]["pages"].extend(names))
    return project


def switch_off(project: Path) -> Path:
    """Without the slimming: one line of mkdocs.yml is its switch."""
    change(project / "mkdocs.yml", "  - macros/publish/slim.py\n", "")
    return project


def multiplied(definition: dict, number: int) -> dict:
    """With copies of the last mode, until there are so many; pages may name any of the first."""
    last = {key: value for key, value in definition["modes"][-1].items() if key != "call_outs"}
    modes = [*definition["modes"]]
    for n in range(len(modes), number):
        names = {key: f"{last[key]} {n}" for key in ("name", "noun", "session")}
        modes.append({**last, **names, "id": f"{last['id']}-{n}"})
    return {**definition, "modes": modes}


def source_with(project: Path, text: str) -> Path:
    """The page of a project's docs/ in which a text stands."""
    pages = sorted((project / "docs").rglob("*.md"))
    return next(path for path in pages if text in path.read_text(encoding="utf-8"))


def web_path(file: str) -> str:
    """Where the browser finds a page: `phrases.md` and `phrases/index.html` at `phrases/`."""
    if file.endswith(".md"):
        file = re.sub(r"(?<!index)$", "/index", file.removesuffix(".md")) + ".html"
    return re.sub(r"(^|/)index\.html$", r"\1", file)
