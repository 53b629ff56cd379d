# Sourced by the scripts beside it: what a machine with only the .NET SDK, git and a package manager lacks.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# Nothing that the build starts may outlive it: it would keep the build's lock.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

say() { printf '%s\n' "$*" >&2; }

# A prerequisite is missing and cannot be installed here.
lack() { say "$1"; exit 3; }

# NuGet and dotnet want a home that they can write to.
prepare_home() {
    if [ -z "${HOME:-}" ]; then
        HOME=$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6) || true
    fi
    if [ ! -d "${HOME:-}" ] || [ ! -w "$HOME" ]; then
        HOME=$1/artifacts/home
        mkdir -p "$HOME" || lack "There is no home folder that user $(id -un) can write to: set HOME."
    fi
    export HOME
}

require_sdk() {
    command -v dotnet >/dev/null || lack "The .NET SDK 10 is missing: install the package dotnet-sdk-10.0."
}

has_postgres() {
    local bin
    for bin in "${PIPELINECRM_POSTGRES_BIN:-}" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin \
        /usr/local/opt/postgresql@*/bin /home/linuxbrew/.linuxbrew/opt/postgresql@*/bin; do
        [ -x "$bin/initdb" ] && return 0
    done
    command -v initdb >/dev/null
}

has_postgres_client() {
    local bin
    for bin in "${PIPELINECRM_POSTGRES_BIN:-}" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin \
        /usr/local/opt/postgresql@*/bin /home/linuxbrew/.linuxbrew/opt/postgresql@*/bin; do
        [ -x "$bin/pg_restore" ] && return 0
    done
    command -v pg_restore >/dev/null
}

has_time_zones() { [ -e /usr/share/zoneinfo/Europe/Berlin ] || [ -n "${TZDIR:-}" ]; }

has_certificates() { [ "$(uname)" = Darwin ] || [ -e /etc/ssl/certs/ca-certificates.crt ] || [ -e /etc/pki/tls/certs/ca-bundle.crt ]; }

has_chromium() { command -v "${PIPELINECRM_CHROMIUM:-/usr/bin/chromium-headless-shell}" >/dev/null; }

has_chinese_font() { command -v fc-list >/dev/null && fc-list :lang=zh-cn | grep -q .; }

has_flock() { command -v flock >/dev/null; }

# require CHECK=PACKAGE…: installs the packages whose check fails, or says in one sentence which they are.
require() {
    local wanted missing=()
    for wanted in "$@"; do
        "${wanted%%=*}" || missing+=("${wanted#*=}")
    done
    [ ${#missing[@]} -eq 0 ] && return
    local names="${missing[*]}"
    is_debian || lack "These packages are missing and cannot be installed by this script on this system: $names."
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || lack "These packages are missing and user $(id -un) may not install them: $names (as root: apt-get install $names)."
        as_root=(sudo -n)
    fi
    say "Installing $names ..."
    # One entry may name several packages.
    # shellcheck disable=SC2086
    install_debian $names >&2 || lack "These packages could not be installed: $names."
    for wanted in "$@"; do
        "${wanted%%=*}" || lack "The package ${wanted#*=} was installed and does not give what is needed."
    done
}

is_debian() {
    [ -r /etc/os-release ] && command -v apt-get >/dev/null && (. /etc/os-release && [[ " $ID ${ID_LIKE:-} " == *" debian "* ]])
}

# Uses as_root of its caller. A system-wide PostgreSQL server is nobody's wish here: only its programs are wanted.
install_debian() {
    local no_cluster=/etc/postgresql-common/createcluster.d/pipelinecrm.conf status=0
    "${as_root[@]}" mkdir -p "${no_cluster%/*}"
    printf 'create_main_cluster = false\n' | "${as_root[@]}" tee "$no_cluster" >/dev/null
    apt_install "$@" || { apt_get update && apt_install "$@"; } || status=$?
    "${as_root[@]}" rm -f "$no_cluster"
    return $status
}

apt_install() { apt_get install -y --no-install-recommends "$@"; }

apt_get() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@" </dev/null; }
