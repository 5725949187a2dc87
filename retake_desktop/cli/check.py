"""`retake-desktop check`: what was found, and whether a retake can run."""

import argparse

from retake_desktop.cli.exit_codes import Exit
from retake_desktop.cli.report import Reporter
from retake_desktop.services.folders import Folders
from retake_desktop.services.pipeline.checkup import Finding, looked_at
from retake_desktop.services.secrets import TokenStore


async def check(_options: argparse.Namespace, folders: Folders, reporter: Reporter) -> int:
    """Prints every finding; 0 when a retake can run on the real service, otherwise the nearest code."""

    def tell(finding: Finding) -> None:
        told = {"check": finding.name, "ok": finding.is_fine, "needed": finding.is_needed}
        reporter.event({**told, "message": f"{finding.text} {finding.remedy}".strip(), "remedy": finding.remedy})
        mark = "ok     " if finding.is_fine else "MISSING" if finding.is_needed else "note   "
        reporter.line(f"{mark} {finding.name}: {finding.text} {finding.remedy}".rstrip())

    findings = await looked_at(folders, TokenStore(), tell)
    missing = [finding for finding in findings if finding.is_needed and not finding.is_fine]
    if not missing:
        return Exit.READY
    return Exit.ACCOUNT if any(finding.name == "token" for finding in missing) else Exit.REFUSED
