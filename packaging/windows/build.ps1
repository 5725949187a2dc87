# Builds the Windows bundle and its installer. NOT RUN YET: written for Windows 11 with Python 3.11+, VLC 3 (64-bit)
# and NSIS 3 installed. Usage, in the folder of the project: powershell -File packaging\windows\build.ps1
$ErrorActionPreference = "Stop"
$project = (Resolve-Path "$PSScriptRoot\..\..").Path
Set-Location $project
$version = (Select-String -Path retake_desktop\__init__.py -Pattern '^__version__ = "(.*)"$').Matches[0].Groups[1].Value
$setup = "$project\dist\retake-desktop-$version-setup.exe"

# A program that fails does not stop a script by itself.
function Invoke-Step([scriptblock] $step) {
  & $step
  if ($LASTEXITCODE -ne 0) { throw "ended with ${LASTEXITCODE}: $step" }
}

function Add-Signature([string] $file) {
  if ($env:RETAKE_SIGN) {
    Invoke-Step { signtool sign /fd SHA256 /tr http://timestamp.digicert.com /td SHA256 /n $env:RETAKE_SIGN $file }
  }
}

Invoke-Step { py -m venv build\venv }
Invoke-Step { build\venv\Scripts\python -m pip install --quiet --require-hashes -r packaging\requirements-bundle.lock }
$env:PYTHONPATH = $project
$env:PYTHONHASHSEED = "1"
$env:RETAKE_NOTICES = "$project\build\notices"
$env:RETAKE_ICON = "$project\build\retake-desktop.ico"
if (Test-Path $env:RETAKE_NOTICES) { Remove-Item -Recurse $env:RETAKE_NOTICES }
Invoke-Step { build\venv\Scripts\python packaging\icon.py --ico $env:RETAKE_ICON }
Invoke-Step {
  build\venv\Scripts\pyinstaller --noconfirm --distpath dist --workpath build\work packaging\pyinstaller\retake-desktop.spec
}
Add-Signature dist\retake-desktop\retake-desktop.exe
Add-Signature dist\retake-desktop\retake-desktop-cli.exe
Invoke-Step {
  & "${env:ProgramFiles(x86)}\NSIS\makensis.exe" /DVERSION=$version /DBUNDLE=$project\dist\retake-desktop `
    /DICON=$env:RETAKE_ICON /DOUT=$setup packaging\windows\retake-desktop.nsi
}
Add-Signature $setup
Copy-Item "$env:RETAKE_NOTICES\bill-of-materials.cdx.json" "dist\retake-desktop-$version-windows.cdx.json"
$sum = (Get-FileHash $setup -Algorithm SHA256).Hash.ToLower()
"$sum  $(Split-Path -Leaf $setup)" | Set-Content -Encoding ascii "$setup.sha256"
