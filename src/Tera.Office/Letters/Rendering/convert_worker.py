"""One LibreOffice that converts one document after the other.

Speaks lines of JSON on stdin and stdout: {"in": path, "out": path} -> {"ok": true} or {"ok": false, "error": text}.
Ends when stdin ends, and LibreOffice ends with it: the kernel kills it when this process dies, however it dies.
"""
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException
from com.sun.star.uno import Exception as UnoException

PR_SET_PDEATHSIG = 1
START_SECONDS = 60
RESTART_CODES = (79, 81)  # with a new profile LibreOffice asks once to be started again


def prepare_child():
    """In LibreOffice's process before it starts: dies with us, and a document cannot fill the memory or the disk."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    resource.setrlimit(resource.RLIMIT_FSIZE, (256 << 20, 256 << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def properties(values):
    result = []
    for name, value in values.items():
        item = PropertyValue()
        item.Name = name
        item.Value = value
        result.append(item)
    return tuple(result)


def start(office, profile, pipe, pid_file):
    child = subprocess.Popen(
        [office, "-env:UserInstallation=" + uno.systemPathToFileUrl(profile), "--headless", "--invisible", "--norestore", "--nologo",
         "--nodefault", "--nolockcheck", "--nofirststartwizard", "--accept=pipe,name=" + pipe + ";urp;"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=prepare_child,
        env={"PATH": "/usr/bin:/bin", "HOME": profile, "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp",
             # Nothing in a letter may be fetched; should a link slip through, this proxy answers nothing.
             "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"})
    with open(pid_file, "w", encoding="ascii") as file:
        file.write(str(child.pid))
    return child


class AskedForRestart(Exception):
    pass


def connect(child, pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            context = resolver.resolve("uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            if child.poll() in RESTART_CODES:
                raise AskedForRestart()
            if child.poll() is not None:
                raise RuntimeError("LibreOffice ended with code %s while starting" % child.returncode)
            if time.monotonic() > deadline:
                raise RuntimeError("LibreOffice did not answer within %d seconds" % START_SECONDS)
            time.sleep(0.1)


def convert(desktop, source, target):
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, properties({
        "Hidden": True,
        "ReadOnly": True,
        "FilterName": "MS Word 2007 XML",
        "MacroExecutionMode": 0,  # com.sun.star.document.MacroExecMode.NEVER_EXECUTE
        "UpdateDocMode": 0,  # com.sun.star.document.UpdateDocMode.NO_UPDATE
    }))
    if document is None:
        raise RuntimeError("LibreOffice could not open the document")
    try:
        data = properties({
            "SelectPdfVersion": 2,  # PDF/A-2b
            "UseTaggedPDF": True,
            "ExportFormFields": False,  # a content control of the draft must not become a field beside the signature's
            "ExportNotes": False,
            "ExportBookmarks": False,
            "UseLosslessCompression": True,  # the QR keeps its edges
            "ReduceImageResolution": True,
            "MaxImageResolution": 300,
        })
        document.storeToURL(uno.systemPathToFileUrl(target), properties({
            "FilterName": "writer_pdf_Export",
            "FilterData": uno.Any("[]com.sun.star.beans.PropertyValue", data),
        }))
    finally:
        document.close(True)


def answer(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main():
    office, profile, pipe, pid_file = sys.argv[1:5]
    child = start(office, profile, pipe, pid_file)
    try:
        try:
            desktop = connect(child, pipe)
        except AskedForRestart:
            child = start(office, profile, pipe, pid_file)
            desktop = connect(child, pipe)
        answer({"ok": True, "pid": child.pid})
        for line in sys.stdin:
            job = json.loads(line)
            try:
                convert(desktop, job["in"], job["out"])
                answer({"ok": True})
            except DisposedException:
                # The bridge is gone: LibreOffice crashed or was killed, though the kernel may not have told us yet.
                answer({"ok": False, "error": "LibreOffice ended", "fatal": True})
                return 1
            except UnoException as exception:
                answer({"ok": False, "error": str(exception.Message)[:500], "fatal": child.poll() is not None})
                if child.poll() is not None:
                    return 1
            except RuntimeError as exception:
                answer({"ok": False, "error": str(exception)[:500], "fatal": child.poll() is not None})
        return 0
    finally:
        child.kill()
        child.wait()


if __name__ == "__main__":
    sys.exit(main())
