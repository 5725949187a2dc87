#!/usr/bin/env bash
# Builds "Retake Desktop.app" and a disk image. NOT RUN YET: written for macOS 12 or newer with Xcode's command line
# tools, Python 3.11+ and VLC 3 in /Applications. Signing and notarisation happen when these are set:
#   RETAKE_CODESIGN_IDENTITY  "Developer ID Application: NAME (TEAM)"
#   RETAKE_NOTARY_PROFILE     a profile stored with `xcrun notarytool store-credentials`
set -euo pipefail

project=$(CDPATH='' cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
cd -- "$project"
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' retake_desktop/__init__.py)
app="dist/Retake Desktop.app"
image="dist/retake-desktop-$version-$(uname -m).dmg"

python3 -m venv build/venv
build/venv/bin/python -m pip install --quiet --require-hashes -r packaging/requirements-bundle.lock
export PYTHONPATH=$project PYTHONHASHSEED=1 RETAKE_NOTICES=$project/build/notices RETAKE_ICON=$project/build/retake-desktop.icns
rm -rf -- "$RETAKE_NOTICES" build/icons.iconset

mkdir -p build/icons.iconset
for size in 16 32 128 256 512; do
  build/venv/bin/python packaging/icon.py "$size" "build/icons.iconset/icon_${size}x${size}.png"
  build/venv/bin/python packaging/icon.py "$((size * 2))" "build/icons.iconset/icon_${size}x${size}@2x.png"
done
iconutil --convert icns --output "$RETAKE_ICON" build/icons.iconset

build/venv/bin/pyinstaller --noconfirm --distpath dist --workpath build/work packaging/pyinstaller/retake-desktop.spec

if [[ -n ${RETAKE_CODESIGN_IDENTITY:-} ]]; then
  # From the inside out: every library first, those of frameworks have no suffix; the app last.
  while IFS= read -r -d '' file; do
    if file -b "$file" | grep -q Mach-O; then
      codesign --force --timestamp --options runtime --sign "$RETAKE_CODESIGN_IDENTITY" "$file"
    fi
  done < <(find "$app" -type f -print0)
  codesign --force --timestamp --options runtime --entitlements packaging/macos/entitlements.plist \
    --sign "$RETAKE_CODESIGN_IDENTITY" "$app"
  codesign --verify --deep --strict "$app"
fi

staging=$(mktemp -d)
trap 'rm -rf -- "$staging"' EXIT
cp -R "$app" "$staging/"
ln -s /Applications "$staging/Applications"
hdiutil create -volname "Retake Desktop" -srcfolder "$staging" -format UDZO -ov "$image"

if [[ -n ${RETAKE_NOTARY_PROFILE:-} ]]; then
  xcrun notarytool submit "$image" --keychain-profile "$RETAKE_NOTARY_PROFILE" --wait
  xcrun stapler staple "$image"
fi
cp "$RETAKE_NOTICES/bill-of-materials.cdx.json" "${image%.dmg}.cdx.json"
(cd dist && shasum -a 256 "$(basename "$image")" >"$(basename "$image").sha256")
