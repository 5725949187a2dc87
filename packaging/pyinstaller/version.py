"""Windows' version resource, made from the one version of the project."""


def version_resource(version: str) -> object:
    """What PyInstaller's EXE takes as `version`, for "1.2.3"."""
    from PyInstaller.utils.win32 import versioninfo as win

    numbers = (*(int(part) for part in version.split(".")[:3]), 0)
    words = [
        win.StringStruct("FileDescription", "Retake Desktop"),
        win.StringStruct("FileVersion", version),
        win.StringStruct("InternalName", "retake-desktop"),
        win.StringStruct("LegalCopyright", "GPL-3.0-or-later"),
        win.StringStruct("OriginalFilename", "retake-desktop.exe"),
        win.StringStruct("ProductName", "Retake Desktop"),
        win.StringStruct("ProductVersion", version),
    ]
    return win.VSVersionInfo(
        ffi=win.FixedFileInfo(filevers=numbers, prodvers=numbers, mask=0x3F, flags=0, OS=0x40004, fileType=1),
        kids=[
            win.StringFileInfo([win.StringTable("040904B0", words)]),
            win.VarFileInfo([win.VarStruct("Translation", [1033, 1200])]),
        ],
    )
