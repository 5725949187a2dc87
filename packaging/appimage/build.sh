#!/usr/bin/env bash
# Makes an AppImage from a finished bundle. NOT RUN YET: `appimagetool` must be on PATH (github.com/AppImage/appimagetool).
# Usage, after packaging/build.sh: bash packaging/appimage/build.sh
set -euo pipefail

project=$(CDPATH='' cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
cd -- "$project"
id=io.github.retake_desktop.RetakeDesktop
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' retake_desktop/__init__.py)
folder=build/RetakeDesktop.AppDir

rm -rf -- "$folder"
mkdir -p "$folder"
cp -a build/tree/usr "$folder/usr"
cp "$folder/usr/share/applications/$id.desktop" "$folder/"
cp "$folder/usr/share/icons/hicolor/256x256/apps/$id.png" "$folder/"
ln -s usr/bin/retake-desktop "$folder/AppRun"
# appimagetool looks for this older name.
cp "$folder/usr/share/metainfo/$id.metainfo.xml" "$folder/usr/share/metainfo/$id.appdata.xml"
ARCH=$(uname -m) appimagetool "$folder" "dist/retake-desktop-$version-$(uname -m).AppImage"
