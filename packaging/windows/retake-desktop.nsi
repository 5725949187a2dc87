; The Windows installer, per user, without administrator rights. NOT RUN ON WINDOWS YET: on Linux, try_setup.sh makes it
; with a stand-in for the bundle and runs it under Wine; the bundle itself must come from a build on Windows.
; Usage: makensis /DVERSION=0.1.0 /DBUNDLE=dist\retake-desktop /DICON=build\retake-desktop.ico /DOUT=dist\setup.exe retake-desktop.nsi
Unicode true
; The official NSIS makes 32-bit installers only, which is fine; Debian's can make one that runs where nothing else does.
!ifdef TARGET
  Target ${TARGET}
!endif
ManifestDPIAware true
SetCompressor /SOLID lzma
RequestExecutionLevel user

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!define APP "Retake Desktop"
!define EXE "retake-desktop.exe"
!define PROGID "RetakeDesktop.Video"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\RetakeDesktop"

Name "${APP}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Retake Desktop"
InstallDirRegKey HKCU "Software\RetakeDesktop" "Folder"
BrandingText "${APP} ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${APP}"
VIAddVersionKey "FileDescription" "${APP} installer"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "GPL-3.0-or-later"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!define MUI_FINISHPAGE_RUN_TEXT "Start ${APP}"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "../../LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

!macro OPENS SUFFIX
  ; "Open with" lists the app; whatever opens these files by default stays as it is.
  WriteRegStr HKCU "Software\Classes\${SUFFIX}\OpenWithProgids" "${PROGID}" ""
  WriteRegStr HKCU "Software\RetakeDesktop\Capabilities\FileAssociations" "${SUFFIX}" "${PROGID}"
!macroend

!macro FORGETS SUFFIX
  DeleteRegValue HKCU "Software\Classes\${SUFFIX}\OpenWithProgids" "${PROGID}"
!macroend

!ifdef NSIS_WIN32_MAKENSIS
  !define EVERYTHING "${BUNDLE}\*"
!else
  !define EVERYTHING "${BUNDLE}/*"
!endif

; A file of a program that runs cannot be written: half an update must not happen.
!macro NOT_WHILE_IT_RUNS
  ${Do}
    ClearErrors
    ${IfNot} ${FileExists} "$INSTDIR\${EXE}"
      ${ExitDo}
    ${EndIf}
    FileOpen $0 "$INSTDIR\${EXE}" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${APP} is still open. Close it, then try again." /SD IDCANCEL IDRETRY +2
    Abort
  ${Loop}
!macroend

!macro TELL_THE_DESKTOP
  ; SHCNE_ASSOCCHANGED: what opens which file has changed.
  System::Call "shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)"
!macroend

Section "Install"
  SetOutPath "$INSTDIR"
  !insertmacro NOT_WHILE_IT_RUNS
  ; What an earlier version left must not be mixed with the new one.
  RMDir /r "$INSTDIR\_internal"
  File /r "${EVERYTHING}"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\${EXE}"

  WriteRegStr HKCU "Software\RetakeDesktop" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\${PROGID}" "" "Video"
  WriteRegStr HKCU "Software\Classes\${PROGID}\DefaultIcon" "" "$INSTDIR\${EXE},0"
  WriteRegStr HKCU "Software\Classes\${PROGID}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  WriteRegStr HKCU "Software\Classes\Applications\${EXE}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  WriteRegStr HKCU "Software\RetakeDesktop\Capabilities" "ApplicationName" "${APP}"
  WriteRegStr HKCU "Software\RetakeDesktop\Capabilities" "ApplicationDescription" "Redo one bad moment of a video"
  WriteRegStr HKCU "Software\RegisteredApplications" "RetakeDesktop" "Software\RetakeDesktop\Capabilities"
  !insertmacro OPENS ".mp4"
  !insertmacro OPENS ".m4v"
  !insertmacro OPENS ".mov"
  !insertmacro OPENS ".mkv"
  !insertmacro OPENS ".webm"
  !insertmacro OPENS ".avi"
  !insertmacro OPENS ".ts"
  !insertmacro OPENS ".mts"
  !insertmacro OPENS ".m2ts"
  !insertmacro OPENS ".mpg"
  !insertmacro OPENS ".mpeg"
  !insertmacro OPENS ".wmv"
  !insertmacro OPENS ".3gp"
  !insertmacro OPENS ".flv"
  !insertmacro OPENS ".mxf"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${EXE}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The makers of Retake Desktop"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
  !insertmacro TELL_THE_DESKTOP
SectionEnd

; Results, settings and the record of paid jobs are the person's and stay.
Section "Uninstall"
  !insertmacro NOT_WHILE_IT_RUNS
  Delete "$SMPROGRAMS\${APP}.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${EXE}"
  Delete "$INSTDIR\retake-desktop-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  !insertmacro FORGETS ".mp4"
  !insertmacro FORGETS ".m4v"
  !insertmacro FORGETS ".mov"
  !insertmacro FORGETS ".mkv"
  !insertmacro FORGETS ".webm"
  !insertmacro FORGETS ".avi"
  !insertmacro FORGETS ".ts"
  !insertmacro FORGETS ".mts"
  !insertmacro FORGETS ".m2ts"
  !insertmacro FORGETS ".mpg"
  !insertmacro FORGETS ".mpeg"
  !insertmacro FORGETS ".wmv"
  !insertmacro FORGETS ".3gp"
  !insertmacro FORGETS ".flv"
  !insertmacro FORGETS ".mxf"
  DeleteRegKey HKCU "Software\Classes\${PROGID}"
  DeleteRegKey HKCU "Software\Classes\Applications\${EXE}"
  DeleteRegValue HKCU "Software\RegisteredApplications" "RetakeDesktop"
  DeleteRegKey HKCU "Software\RetakeDesktop"
  DeleteRegKey HKCU "${UNINSTALL}"
  !insertmacro TELL_THE_DESKTOP
SectionEnd
