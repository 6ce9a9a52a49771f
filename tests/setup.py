"""Set up .venv, as the Makefile asks: `python3 tests/setup.py site`, or check, tools, tests.

Any Python runs it, with the standard library alone. Whatever state .venv is in, running it again
mends it, or it says in one line what a person has to do.
"""

import fcntl
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

VENV, PART = Path(".venv"), Path(".venv.part")
PYTHON = VENV / "bin/python"
UNFINISHED = VENV / "unfinished"
ALL = "tests/requirements.txt"
# Each level holds those before it; the browser comes after its packages.
LOCKS = {"site": "requirements.txt", "check": "tests/requirements-check.txt", "tools": ALL}
WITH_BROWSER = {"check": "check", "tests": "tools"}
NEEDED = (3, 11, 5)
# What an installer says, and what a person can do about it.
CURES = {
    "ensurepip": "this Python lacks ensurepip; on Debian: sudo apt install python{0}.{1}-venv",
    "No space left|os error 28": "the disk is full: make room",
    "Read-only|Permission denied": "this folder cannot be written to: change that, or copy it",
    "contains the PATH separator": "this folder has a colon in its path: rename it",
    "name resolution|unreachable|No matching distribution|connect": "no answer from the package "
    "index: go online, or tell pip of a proxy",
}
# Somebody's own settings of pip that would install outside of .venv.
ENVIRONMENT = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def main(level, port=""):
    wait_for_others()
    if port:
        ask_for_port(int(port))
    try:
        if UNFINISHED.exists() or not runs(PYTHON, "-c", "import pip"):
            make_venv()
        name = WITH_BROWSER.get(level, level)
        install(name)
        if level in WITH_BROWSER and not (VENV / "browser").exists():
            if subprocess.run([PYTHON, "tests/browser.py"], check=False).returncode:
                sys.exit(1)  # it has said why
            (VENV / "browser").touch()
    except OSError as error:
        give_up(str(error))


def wait_for_others():
    """Hold a lock on the folder until this and all that it starts have ended."""
    folder = os.open(".", os.O_RDONLY)
    os.set_inheritable(folder, True)  # an installer may outlive us
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Waiting for another make, which sets up .venv …")
        fcntl.flock(folder, fcntl.LOCK_EX)
    except OSError:  # a file system without locks
        return


def ask_for_port(port):
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(
                f"Port {port} is taken, perhaps by another preview: make serve PORT={port + 1}"
            )


def make_venv():
    if sys.version_info < NEEDED:
        found, needed = (".".join(map(str, it)) for it in (sys.version_info[:3], NEEDED))
        give_up(f"Python {found} is too old: name one from {needed} on, such as PYTHON=python3.12")
    say("Setting up .venv, about a minute …")
    remove(PART)
    try:
        call(sys.executable, "-m", "venv", PART)
        for file in (PART / "pyvenv.cfg", *(PART / "bin").iterdir()):
            if not file.is_symlink():  # scripts, which name the folder that they are in
                file.write_bytes(file.read_bytes().replace(PART.name.encode(), VENV.name.encode()))
        remove(VENV)
        PART.rename(VENV)
    finally:
        remove(PART)


def install(name):
    lock = Path(LOCKS[name])
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if read(VENV / name) == wanted:
        return
    say(f"Installing what {lock} lists …")
    UNFINISHED.touch()
    # uv installs in seconds what takes pip a minute. Where uv cannot be had, or does not reach
    # what pip's own settings reach, pip installs. uv itself is no part of a site, and goes again.
    uv = re.search(r"(?ms)^uv==.*?[^\\]$", Path(ALL).read_text(encoding="utf-8"))
    pin, tool = VENV / "uv.txt", VENV / "uv"
    pin.write_text(uv[0] if uv else "", encoding="utf-8")
    pip, hashed = (PYTHON, "-I", "-m", "pip", "install", "--quiet"), ("--require-hashes", "-r")
    by_uv = (tool / "bin/uv", "pip", "install", "--quiet", "--python", PYTHON, *hashed, lock)
    if not (runs(*pip, "--target", tool, *hashed, pin) and runs(*by_uv)):
        call(*pip, *hashed, lock)
    remove(pin)
    remove(tool)
    for below in list(LOCKS)[: list(LOCKS).index(name) + 1]:
        (VENV / below).write_text(hashlib.sha256(Path(LOCKS[below]).read_bytes()).hexdigest())
    UNFINISHED.unlink()


def read(file):
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""


def runs(*command):
    """Whether a command can be run and succeeds; what it says is nobody's concern."""
    try:
        return not subprocess.run(
            command, check=False, env=ENVIRONMENT, close_fds=False, capture_output=True
        ).returncode
    except OSError:
        return False


def call(*command):
    """Run a command; if it fails, end with what it said."""
    result = subprocess.run(
        command,
        check=False,
        env=ENVIRONMENT,
        close_fds=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if result.returncode:
        give_up(result.stdout)


def give_up(said):
    cures = (cure for signs, cure in CURES.items() if re.search(signs, said))
    last = (line for line in reversed(said.splitlines()) if line.strip())
    reason = next(cures, next(last, "the installer said nothing")).format(*sys.version_info)
    sys.exit(f".venv is not set up: {reason}. Then run the same command again.")


def remove(path):
    if path.is_symlink() or path.is_file():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=not path.exists())


def say(text):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("Stopped. The same command goes on from here.")
