"""A .docx as Word would give it back: words of its text replaced.  edited_docx.py IN OUT FROM TO [FROM TO …]"""

import sys
import zipfile

source, target, *pairs = sys.argv[1:]
with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
    for name in old.namelist():
        content = old.read(name)
        if name == "word/document.xml":
            text = content.decode("utf-8")
            for was, now in zip(pairs[::2], pairs[1::2]):
                if was not in text:
                    sys.exit(f"not in the document: {was}")
                text = text.replace(was, now)
            content = text.encode("utf-8")
        new.writestr(name, content)
