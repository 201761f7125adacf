# What the scripts share. To be sourced, from any directory; changes to the repository's root.

cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The oldest Swift that reads Package.swift.
readonly swift_oldest=6.2

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$0: $*"
    exit 1
}

# quietly COMMAND...: runs it and shows its output only if it fails.
quietly() {
    local log
    log=$(mktemp)
    if "$@" >"$log" 2>&1; then
        rm -f "$log"
    else
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
}

# step NAME COMMAND...: runs it and tells how long it took. Ends the script if it fails.
#
# The command does not run as a condition, which would switch errexit off inside of it.
step() {
    local name=$1 began=$SECONDS
    shift
    say "==> $name"
    trap 'say "==> $step_name failed"' EXIT
    step_name=$name
    "$@"
    trap - EXIT
    say "==> $name: $((SECONDS - began)) s"
}

require_swift() {
    local found
    command -v swift >/dev/null \
        || fail "no swift on PATH; install Swift $swift_oldest or later: https://www.swift.org/install/linux/"
    found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
    [[ $(printf '%s\n' "$swift_oldest" "$found" | sort -V | head -n 1) == "$swift_oldest" ]] \
        || fail "Swift ${found:-of unknown version} is too old; install $swift_oldest or later: https://www.swift.org/install/linux/"
}

# Prints the Debian packages, of those the build needs, that are not there. Judged by what they bring, so that a system
# that has it from elsewhere is left alone.
missing_for_build() {
    local pair
    if ! command -v pkg-config >/dev/null; then
        printf '%s\n' pkg-config libcurl4-openssl-dev libssl-dev zlib1g-dev libsqlite3-dev
        return
    fi
    for pair in libcurl:libcurl4-openssl-dev openssl:libssl-dev zlib:zlib1g-dev sqlite3:libsqlite3-dev; do
        pkg-config --exists "${pair%%:*}" || printf '%s\n' "${pair##*:}"
    done
}

# The same for what the tests need on top.
missing_for_tests() {
    python3 -c 'import ensurepip, venv' 2>/dev/null || printf '%s\n' python3-venv
}

# install_packages NAME...: installs Debian packages, or says which ones to install. Does nothing without names.
install_packages() {
    local as_root=()
    (($# > 0)) || return 0
    command -v apt-get >/dev/null || fail "please install what Debian calls: $*"
    if ((EUID != 0)); then
        command -v sudo >/dev/null || fail "please install, as root: apt-get install $*"
        as_root=(sudo)
    fi
    say "installing $*"
    quietly "${as_root[@]}" apt-get update || fail "apt-get update failed; please install: $*"
    quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" \
        || fail "apt-get could not install: $*"
}

# A Python with moto, boto3 and the AWS command line of known versions, for this clone alone.
prepare_python() {
    local made_for=.venv/requirements.txt
    if cmp -s scripts/requirements.txt "$made_for" && .venv/bin/python -c 'import awscli, boto3, moto' 2>/dev/null; then
        return
    fi
    rm -rf .venv
    quietly python3 -m venv .venv || fail "python3 cannot make .venv"
    quietly .venv/bin/python -m pip install --disable-pip-version-check -r scripts/requirements.txt \
        || fail "pip could not install scripts/requirements.txt"
    cp scripts/requirements.txt "$made_for"
}
