#!/usr/bin/env bash
# Tries the Windows installer under Wine, with a stand-in for the bundle: installs, updates, uninstalls, and looks at
# what it leaves. What Windows itself makes of it, and the bundle, are not tried. For Debian; installs what it needs.
# Usage: bash packaging/windows/try_setup.sh
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/../setup.sh"

tidy_environment
need_packages nsis wine64 xvfb xauth
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$project/retake_desktop/__init__.py")
scratch=$(mktemp -d)
export WINEPREFIX=$scratch/wine WINEDEBUG=-all HOME=$scratch/home WINEDLLOVERRIDES="mscoree=;mshtml=;winemenubuilder.exe="
mkdir -p "$HOME"
take_down() {
  /usr/lib/wine/wineserver64 -k || true
  rm -rf -- "$scratch"
}
wine=/usr/lib/wine/wine64
trap take_down EXIT

on_windows() { xvfb-run -a "$wine" "$@" </dev/null 2>/dev/null | tr -d '\r'; }
fail() {
  say "WRONG: $1"
  exit 1
}

bundle=$scratch/retake-desktop
mkdir -p "$bundle/_internal/vlc"
for name in retake-desktop.exe retake-desktop-cli.exe _internal/of-this-version _internal/vlc/plugin.dll; do
  echo stand-in >"$bundle/$name"
done
"$project/.venv/bin/python" "$project/packaging/icon.py" --ico "$scratch/icon.ico"
setup=$scratch/retake-desktop-$version-setup.exe
makensis -WX -V2 -DTARGET=amd64-unicode "-DVERSION=$version" "-DBUNDLE=$bundle" "-DICON=$scratch/icon.ico" "-DOUT=$setup" \
  "$project/packaging/windows/retake-desktop.nsi"

on_windows "$setup" /S
data=$(find "$WINEPREFIX/drive_c/users" -maxdepth 3 -path '*AppData/Local' -print -quit)
place=$data/Programs/"Retake Desktop"
[[ -f $place/retake-desktop.exe && -f $place/_internal/vlc/plugin.dll ]] || fail "the bundle is not where it belongs"
[[ -n $(find "$WINEPREFIX/drive_c/users" -name 'Retake Desktop.lnk' -path '*Start Menu*') ]] || fail "no start menu entry"
on_windows reg query 'HKCU\Software\Classes\.mp4\OpenWithProgids' | grep -q RetakeDesktop.Video || fail "no Open with"
on_windows reg query 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\RetakeDesktop' | grep -q "DisplayVersion.*$version" ||
  fail "the list of programs does not know it"

# An update takes away what the version before had, and nothing of the person's.
mkdir -p "$data/retake-desktop"
echo paid >"$data/retake-desktop/jobs.sqlite3"
echo "of the person" >"$place/notes.txt"
echo old >"$place/_internal/of-an-older-version"
on_windows "$setup" /S
[[ ! -e $place/_internal/of-an-older-version ]] || fail "an update leaves parts of the version before"

on_windows "$place/uninstall.exe" /S "_?=$(on_windows winepath -w "$place")"
[[ ! -e $place/retake-desktop.exe && ! -e $place/_internal ]] || fail "uninstalling leaves the bundle"
[[ -z $(find "$WINEPREFIX/drive_c/users" -name 'Retake Desktop.lnk') ]] || fail "uninstalling leaves the start menu entry"
if on_windows reg query 'HKCU\Software\Classes\.mp4\OpenWithProgids' | grep -q RetakeDesktop; then fail "still in Open with"; fi
if on_windows reg query 'HKCU\Software\RetakeDesktop' | grep -q Folder; then fail "uninstalling leaves its keys"; fi
[[ -f $data/retake-desktop/jobs.sqlite3 && -f $place/notes.txt ]] || fail "uninstalling takes what is the person's"
say "the installer installs, updates and uninstalls under Wine, and leaves the person's data"
