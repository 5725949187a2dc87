#!/usr/bin/env bash
# Checks what the finished packages tell of themselves, as Debian and the software centres see it, and the syntax of the
# recipes that only other systems can run. For Debian; installs what it needs. Silent tools have nothing to say.
# Usage, after packaging/build.sh: bash packaging/linux/check.sh DEB [RPM]
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../setup.sh"

deb=$(readlink -f -- "$1") rpm=${2:+$(readlink -f -- "$2")}
id=io.github.retake_desktop.RetakeDesktop
tidy_environment
need_packages desktop-file-utils appstream lintian rpm shellcheck python3-yaml
cd -- "$project/packaging"

say "desktop-file-validate:"
desktop-file-validate --warn-kde "linux/$id.desktop"
say "appstreamcli validate:"
appstreamcli validate --no-net --pedantic --explain "linux/$id.metainfo.xml"
say "lintian:"
lintian --allow-root --pedantic --display-info --fail-on error,warning,info,pedantic "$deb"
if [[ -n $rpm ]]; then
  say "rpm:"
  rpm --query --package --info --requires "$rpm"
fi
say "shellcheck:"
shellcheck --severity=warning --exclude=SC2154 ./*.sh ./*/*.sh
say "recipes for other systems:"
/usr/bin/python3 - <<'PYTHON'
import plistlib
import yaml
for name in ("ci/bundles.yml", "flatpak/io.github.retake_desktop.RetakeDesktop.yml", "linux/nfpm.yaml"):
    yaml.safe_load(open(name, encoding="utf-8"))
plistlib.load(open("macos/entitlements.plist", "rb"))
PYTHON
say "all is well"
