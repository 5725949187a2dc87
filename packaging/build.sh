#!/usr/bin/env bash
# Builds everything that a Linux user can install, into dist/: the bundle's folder, a tarball, a .deb, an .rpm, the
# licences of all that is inside, a bill of materials and the checksums. Two builds of one commit agree.
# Usage: bash packaging/build.sh [--bundle-only]
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

build=$project/build dist=$project/dist
tools=$build/venv

tidy_environment
need_packages "${app_packages[@]}" binutils xz-utils
cd -- "$project"
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' retake_desktop/__init__.py)
# One moment for everything inside, so that building again gives the same bytes.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || stat -c %Y pyproject.toml)
export SOURCE_DATE_EPOCH PYTHONHASHSEED=1 TZ=UTC LC_ALL=C.UTF-8
export RETAKE_NOTICES=$build/notices XZ_OPT="-6 -T2"

make_tools() {
  local stamp=$tools/lock python
  if cmp -s "$stamp" packaging/requirements-bundle.lock; then return 0; fi
  # The system's own, which gets its security updates, and not one that a person has put before it.
  PATH=/usr/bin:/bin:$PATH choose_python
  # PyInstaller takes Python along as a library, which Debian keeps in a package of its own.
  if [[ $("$python" -I -c 'import sys; print(sys.prefix)') == /usr ]]; then
    need_packages "$("$python" -I -c 'import sys; print("libpython%d.%d" % sys.version_info[:2])')"
  fi
  say "Setting up the build tools in build/venv ..."
  rm -rf -- "$tools"
  "$python" -m venv "$tools" </dev/null
  "$tools/bin/python" -m pip install --quiet --require-hashes -r packaging/requirements-bundle.lock </dev/null
  cp packaging/requirements-bundle.lock "$stamp"
}

freeze() {
  rm -rf -- "$RETAKE_NOTICES" "$build/work" "$build/frozen"
  PYTHONPATH=$project "$tools/bin/pyinstaller" --noconfirm --log-level ERROR --distpath "$build/frozen" \
    --workpath "$build/work" packaging/pyinstaller/retake-desktop.spec </dev/null
  rm -rf -- "$dist"
  mkdir -p "$dist"
  mv "$build/frozen/retake-desktop" "$dist/retake-desktop"
  # Symbols that only a debugger reads; wheels bring 30 MB of them. The program itself carries its modules behind its
  # end, and is left as it is.
  find "$dist/retake-desktop" -type f -name '*.so*' -exec strip --strip-unneeded --remove-section=.comment {} +
  find "$dist/retake-desktop" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
  # A library that the bundle lacks shows on other machines only, so it is looked for here.
  PYTHONPATH=$project/packaging "$tools/bin/python" packaging/linux/needs.py "$dist/retake-desktop" packaging/linux/nfpm.yaml
}

package() {
  local tree=$build/tree name=retake-desktop-$version arch
  arch=$(dpkg --print-architecture 2>/dev/null || echo amd64)
  rm -rf -- "$tree"
  PYTHONPATH=$project:$project/packaging "$tools/bin/python" packaging/linux/tree.py "$dist/retake-desktop" "$tree" "$RETAKE_NOTICES"
  find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
  tar --create --xz --file "$dist/$name-linux-$(uname -m).tar.xz" --directory "$dist" --sort=name --owner=0 --group=0 \
    --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --transform "s,^retake-desktop,$name," retake-desktop
  export RETAKE_VERSION=$version RETAKE_TREE=$tree RETAKE_ARCH=$arch
  for kind in deb rpm; do
    "$tools/bin/nfpm" package --config packaging/linux/nfpm.yaml --packager "$kind" --target "$dist/" >/dev/null
  done
  cp "$RETAKE_NOTICES/bill-of-materials.cdx.json" "$dist/$name.cdx.json"
  (cd -- "$dist" && sha256sum -- *.tar.xz *.deb *.rpm *.cdx.json >SHA256SUMS)
}

make_tools
freeze
[[ ${1:-} == --bundle-only ]] || package
du -sh --apparent-size "$dist"/* | sed "s,$dist/,,"
