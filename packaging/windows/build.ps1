# Builds the Windows bundle and its installer. NOT RUN YET: written for Windows 11 with Python 3.11+, VLC 3 (64-bit)
# and NSIS 3 installed. Usage, in the folder of the project: powershell -File packaging\windows\build.ps1
$ErrorActionPreference = "Stop"
$project = (Resolve-Path "$PSScriptRoot\..\..").Path
Set-Location $project
$version = (Select-String -Path retake_desktop\__init__.py -Pattern '__version__ = "(.*)"').Matches[0].Groups[1].Value

py -m venv build\venv
build\venv\Scripts\python -m pip install --quiet --require-hashes -r packaging\requirements-bundle.lock
$env:PYTHONPATH = $project
$env:PYTHONHASHSEED = "1"
$env:RETAKE_NOTICES = "$project\build\notices"
$env:RETAKE_ICON = "$project\build\retake-desktop.ico"
if (Test-Path $env:RETAKE_NOTICES) { Remove-Item -Recurse $env:RETAKE_NOTICES }
build\venv\Scripts\python packaging\notices.py requirements.lock $version $env:RETAKE_NOTICES
build\venv\Scripts\python packaging\icon.py --ico $env:RETAKE_ICON
build\venv\Scripts\pyinstaller --noconfirm --distpath dist --workpath build\work packaging\pyinstaller\retake-desktop.spec
if ($env:RETAKE_SIGN) { & signtool sign /fd SHA256 /tr http://timestamp.digicert.com /td SHA256 /n $env:RETAKE_SIGN dist\retake-desktop\retake-desktop.exe }
& "${env:ProgramFiles(x86)}\NSIS\makensis.exe" /DVERSION=$version /DBUNDLE=$project\dist\retake-desktop /DICON=$env:RETAKE_ICON `
  /DOUT=$project\dist\retake-desktop-$version-setup.exe packaging\windows\retake-desktop.nsi
if ($env:RETAKE_SIGN) { & signtool sign /fd SHA256 /tr http://timestamp.digicert.com /td SHA256 /n $env:RETAKE_SIGN "dist\retake-desktop-$version-setup.exe" }
Get-FileHash "dist\retake-desktop-$version-setup.exe" -Algorithm SHA256 | Format-List
