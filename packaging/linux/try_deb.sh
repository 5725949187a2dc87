#!/usr/bin/env bash
# Tries a .deb where nothing else is: a bare Debian 12 in a folder. Installs it, starts it by its desktop entry with a
# video, retakes on the demo service through the window, takes a screenshot, uninstalls, and looks at what is left.
# Usage, as root: bash packaging/linux/try_deb.sh DEB [PNG]      Installs debootstrap; takes some minutes the first time.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../setup.sh"

deb=$(readlink -f -- "$1") picture=${2:-}
tidy_environment
need_packages debootstrap
mkdir -p "$project/build"
bare=$project/build/debian-12 root=$project/build/try-deb
driving=(xvfb xauth dbus at-spi2-core python3-pyatspi python3 ffmpeg libglib2.0-bin)

take_down() {
  local mounted
  for mounted in dev/shm dev proc; do
    if mountpoint -q "$root/$mounted"; then umount "$root/$mounted"; fi
  done
}
trap take_down EXIT

inside() { env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" "$@"; }
apt() { inside apt-get -qq -o Dpkg::Use-Pty=0 "$@" >/dev/null; }

[[ -d $bare ]] || debootstrap --variant=minbase bookworm "$bare" >"$project/build/debootstrap.log"
take_down
rm -rf --one-file-system -- "$root"
cp -a "$bare" "$root"
cp /etc/resolv.conf /etc/hosts "$root/etc/"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/dev/shm"
apt update

cp "$deb" "$root/tmp/retake-desktop.deb"
inside dpkg-query -W -f '${Package}\n' | sort >"$project/build/packages.before"
apt install --yes --no-install-recommends /tmp/retake-desktop.deb
echo "installed with: $(inside dpkg-query -W -f '${Package}\n' | sort | comm -13 "$project/build/packages.before" - | tr '\n' ' ')"
inside retake-desktop --version

inside test -x /usr/lib/retake-desktop/retake-desktop
# Nothing that the bundle brings may come from the system: it is not there.
for absent in python3 ffmpeg vlc; do
  if inside sh -c "command -v $absent"; then echo "$absent is there before it should be"; exit 1; fi
done

# Only now what drives the window, so that the package's own dependencies were enough to start it.
apt install --yes --no-install-recommends "${driving[@]}"
mkdir -p "$root/srv/project"
cp -a "$project/packaging" "$project/tests" "$root/srv/project/"
cp "$project/resources/sample/sample.mp4" "$root/srv/A wedding.mp4"
inside xvfb-run -a -s "-screen 0 1280x800x24" python3 /srv/project/packaging/smoke.py /usr/lib/retake-desktop \
  --desktop-entry /usr/share/applications/io.github.retake_desktop.RetakeDesktop.desktop --video "/srv/A wedding.mp4" \
  --picture /srv/review.png
if [[ -n $picture ]]; then cp "$root/srv/review.png" "$picture"; fi

mkdir -p "$root/root/.local/share/retake-desktop"
echo kept >"$root/root/.local/share/retake-desktop/of-the-person"
apt purge --yes retake-desktop
left=$(inside find / -xdev -path /proc -prune -o -path /srv -prune -o \( -iname '*retake*desktop*' -o -iname '*retakedesktop*' \) -print | grep -v '^/tmp\|^/root' || true)
[[ -z $left ]] || { echo "left behind: $left"; exit 1; }
[[ -f $root/root/.local/share/retake-desktop/of-the-person ]] || { echo "the person's data is gone"; exit 1; }
if [[ -n $(inside dpkg-query -W -f '${db:Status-Status}' retake-desktop 2>/dev/null) ]]; then echo "still known to dpkg"; exit 1; fi
echo "uninstalled: nothing of the package is left, and the person's data is still there"
