"""Set up .venv, as the Makefile asks: `python3 tests/setup.py site`, or check, tools, tests.

Any Python from 3.8 on runs it, with the standard library. In whatever state .venv is, running it
again mends it, or says in one line what a person has to do.
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
PYTHON, UNFINISHED = VENV / "bin/python", VENV / "unfinished"
ALL = "tests/requirements.txt"
# Each level holds those before it; two have a browser after their packages.
LOCKS = {"site": "requirements.txt", "check": "tests/requirements-check.txt", "tools": ALL}
WITH_BROWSER = {"check": "check", "tests": "tools"}
VERSION = ".".join(map(str, sys.version_info[:2]))
# What an installer says, and what a person can do about it.
CURES = {
    "No space left|os error 28": "the disk is full: make room",
    "ensurepip": "this Python lacks a working ensurepip; on Debian: sudo apt install "
    f"python{VERSION}-venv",
    "Read-only|Permission denied": "this folder cannot be written to: change that, or copy it",
    "contains the PATH separator": "this folder has a colon in its path: rename it",
    "name resolution|unreachable|No matching distribution|connect": "no answer from the package "
    "index: go online, or tell pip of a proxy",
}
# Somebody's own settings of pip could install outside of .venv.
ENVIRONMENT = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def main(level, port=""):
    wait_for_others()
    if port:
        ask_for_port(int(port))
    try:
        if UNFINISHED.exists() or call(PYTHON, "-c", "import pip"):
            make_venv()
        install(WITH_BROWSER.get(level, level))
        if level in WITH_BROWSER and not (VENV / "browser").exists():
            if subprocess.run([PYTHON, "tests/browser.py"], check=False).returncode:
                sys.exit(1)  # it has said why
            (VENV / "browser").touch()
    except OSError as error:
        give_up_if(str(error))


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
        if tried.connect_ex(("127.0.0.1", port)) == 0:
            sys.exit(f"Port {port} is taken, perhaps by a preview: make serve PORT={port + 1}")


def make_venv():
    if sys.version_info < (3, 11, 5):
        found = ".".join(map(str, sys.version_info[:3]))
        give_up_if(f"Python {found} is too old: name one from 3.11.5 on, such as PYTHON=python3.12")
    say("Setting up .venv, about a minute …")
    remove(PART)
    try:
        give_up_if(call(sys.executable, "-m", "venv", PART))
        for file in (PART / "pyvenv.cfg", *(PART / "bin").iterdir()):
            if not file.is_symlink():  # scripts name the folder that they are in
                file.write_bytes(file.read_bytes().replace(b".venv.part", b".venv"))
        remove(VENV)
        PART.rename(VENV)
    finally:
        remove(PART)


def install(name):
    names = list(LOCKS)[: list(LOCKS).index(name) + 1]
    digests = {
        VENV / name: hashlib.sha256(Path(LOCKS[name]).read_bytes()).digest() for name in names
    }
    if (VENV / name).is_file() and (VENV / name).read_bytes() == digests[VENV / name]:
        return
    say(f"Installing what {LOCKS[name]} lists …")
    UNFINISHED.touch()
    # uv installs in seconds what takes pip a minute. Where uv cannot be had, or does not reach
    # what pip's own settings reach, pip installs. uv itself is no part of a site, and goes again.
    uv = re.search(r"(?ms)^uv==.*?[^\\]$", Path(ALL).read_text(encoding="utf-8"))
    pin, tool = VENV / "uv.txt", VENV / "uv"
    if uv:
        pin.write_text(uv[0], encoding="utf-8")
    pip, hashed = (PYTHON, "-I", "-m", "pip", "install", "--quiet"), ("--require-hashes", "-r")
    by_uv = (tool / "bin/uv", "pip", "install", "--quiet", "--python", PYTHON, *hashed)
    if not uv or call(*pip, "--target", tool, *hashed, pin) or call(*by_uv, LOCKS[name]):
        give_up_if(call(*pip, *hashed, LOCKS[name]))
    remove(tool)
    for stamp, digest in digests.items():
        stamp.write_bytes(digest)
    UNFINISHED.unlink()


def call(*command):
    """What a command says if it fails or cannot be run, else nothing."""
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "close_fds": False}
    try:
        done = subprocess.run(command, check=False, env=ENVIRONMENT, errors="replace", **both)
    except OSError as error:
        return str(error)
    return done.returncode and (done.stdout.strip() or "nothing was said")


def give_up_if(said):
    if said:
        if shutil.disk_usage(".").free < 10_000_000:  # ensurepip keeps the reason to itself
            said = "No space left"
        reason = next((CURES[signs] for signs in CURES if re.search(signs, said)), None)
        reason = reason or said.splitlines()[-1]
        sys.exit(f".venv is not set up: {reason}. Then run the same command again.")


def remove(path):
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def say(text):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("Stopped. The same command goes on from here.")
