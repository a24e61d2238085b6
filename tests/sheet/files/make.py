#!/usr/bin/env python3
"""Makes the workbooks beside it with LibreOffice, another program's idea of the formats:
python3 make.py. They are committed; tests only read them. What they hold is checked in
tests/sheet/office_files_test.cpp, so change both together."""
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
                      ("number", "datastyle"))) + ' xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'

STYLES = """<office:automatic-styles>
<number:date-style style:name="d"><number:year number:style="long"/><number:text>-</number:text>
<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>
<number:percentage-style style:name="p"><number:number number:decimal-places="1" number:min-decimal-places="1"
 number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="d"/>
<style:style style:name="percent" style:family="table-cell" style:data-style-name="p"/>
<style:style style:name="shown" style:family="table" ><style:table-properties table:display="true"/></style:style>
<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>"""


def text(value, more=""):
    return f'<table:table-cell {more} office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def number(value, kind="float", style=""):
    style = f'table:style-name="{style}"' if style else ""
    return f'<table:table-cell {style} office:value-type="{kind}" office:value="{value}"/>'


def day(value):
    return f'<table:table-cell table:style-name="day" office:value-type="date" office:date-value="{value}"/>'


def formula(code):
    return f'<table:table-cell table:formula="of:={code}" office:value-type="float" office:value="0"/>'


def row(*cells, hidden=False):
    return f'<table:table-row {"table:visibility=" + chr(34) + "collapse" + chr(34) if hidden else ""}>{"".join(cells)}</table:table-row>'


COVERED = "<table:covered-table-cell/>"


def sheet(name, rows, columns="", style="shown"):
    return f'<table:table table:name="{name}" table:style-name="{style}">{columns}{"".join(rows)}</table:table>'


def book(sheets, first_day=""):
    settings = (f'<table:calculation-settings><table:null-date table:date-value="{first_day}"/></table:calculation-settings>'
                if first_day else "")
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.3" '
            f'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">{STYLES}<office:body>'
            f'<office:spreadsheet>{settings}{"".join(sheets)}</office:spreadsheet></office:body></office:document>')


def layout(first_day=""):
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/><table:table-column/>'
    return book([
        sheet("花名册", [
            row(text("村名", 'table:number-rows-spanned="2"'), text("补贴", 'table:number-columns-spanned="3"'), COVERED, COVERED),
            row(COVERED, text("金额(元)"), text("批次"), text("发放日")),
            row(text("甲村"), number(1200.5), number(1), day("2023-04-12")),
            row(text("乙村"), formula("1/0"), number(2), day("2024-02-29")),
            row(text("丙村"), formula("NA()"), number(3), day("1999-12-31"), hidden=True),
            row(text("丁村"), number(0.125, "percentage", "percent"), number(-7), text("😀𠀀")),
            row(text("戊村"), formula('[.B3]*2'), formula('&quot;第&quot;&amp;[.C3]&amp;&quot;批&quot;'), formula("[.B3]&gt;1")),
        ], columns),
        sheet("底稿", [row(text("隐藏的表"))], style="gone"),
    ], first_day)


def long_text(n):
    """As LongText() of the test: every third is Chinese, lengths grow, one is longer than two records."""
    length = 12000 if n == 17 else 40 + n * 13 % 700
    alphabet = "镇村户亩吨" if n % 3 == 0 else "abcdefghij"
    return f"{n}:" + "".join(alphabet[(n + i) % len(alphabet)] for i in range(length))


def convert(folder, source, name, kind):
    path = folder / f"{pathlib.Path(name).stem}.fods"
    path.write_text(source, encoding="utf-8")
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
                    "--outdir", str(HERE), str(path)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


BASIC = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Seal
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden" : how(0).Value = True
  book = StarDesktop.loadComponentFromURL("file://FOLDER/locked.fods", "_blank", 0, how())
  Dim save(1) As New com.sun.star.beans.PropertyValue
  save(0).Name = "FilterName" : save(1).Name = "Password" : save(1).Value = "zhenwu"
  save(0).Value = "MS Excel 97"
  book.storeToURL("file://HERE/encrypted.xls", save())
  Dim key(1) As New com.sun.star.beans.NamedValue
  key(0).Name = "CryptoType" : key(0).Value = "Standard"
  key(1).Name = "OOXPassword" : key(1).Value = "zhenwu"
  save(0).Value = "Calc MS Excel 2007 XML"
  save(1).Name = "EncryptionData" : save(1).Value = key()
  book.storeToURL("file://HERE/encrypted.xlsx", save())
  book.close(True)
End Sub
</script:module>"""


def encrypt(folder):
    (folder / "locked.fods").write_text(book([sheet("一", [row(text("密"))])]), encoding="utf-8")
    basic = folder / "profile/user/basic/Standard"
    basic.mkdir(parents=True, exist_ok=True)
    (basic / "Module1.xba").write_text(BASIC.replace("FOLDER", str(folder)).replace("HERE", str(HERE)), encoding="utf-8")
    (basic / "script.xlb").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument '
        '1.0//EN" "library.dtd"><library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
        'library:readonly="false" library:passwordprotected="false"><library:element library:name="Module1"/></library:library>')
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                    "macro:///Standard.Module1.Seal"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        convert(folder, layout(), "layout.xls", "xls")
        convert(folder, layout(), "layout.xlsx", "xlsx")
        convert(folder, layout("1904-01-01"), "from_1904.xls", "xls")
        convert(folder, layout("1904-01-01"), "from_1904.xlsx", "xlsx")
        convert(folder, book([sheet("长", [row(text(long_text(n))) for n in range(120)])]), "strings.xls", "xls")
        encrypt(folder)


if __name__ == "__main__":
    sys.exit(main())
