# Sourced by the scripts: makes .venv hold exactly what a lock file says, and entente itself. Safe to repeat.

# usage: environment LOCKFILE
environment() {
    local lock=$1 python=${PYTHON:-python3} stamp
    if ! command -v "$python" >/dev/null; then
        echo "error: python3 is missing; install it with: apt-get install python3 python3-venv" >&2
        return 2
    fi
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        echo "error: $("$python" --version) is too old, 3.11 is the least; install one with: apt-get install python3.11" \
            "python3.11-venv, then set PYTHON=python3.11" >&2
        return 2
    fi
    if [ ! -x .venv/bin/python ] && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "error: Python's venv module is missing; install it with: apt-get install python3-venv" >&2
        return 2
    fi
    # The editable install bundles the scripts of the pages too.
    stamp=$(cat "$lock" pyproject.toml scripts/bundle.py scripts/hook.py src/entente/api/scripts/*.* | sha256sum | cut -d' ' -f1)
    if [ "$(cat ".venv/.$lock.stamp" 2>/dev/null)" = "$stamp" ] && .venv/bin/python -c 'import entente' 2>/dev/null; then
        return 0
    fi
    echo "Setting up .venv ..." >&2
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    echo "$stamp" >".venv/.$lock.stamp"
}
