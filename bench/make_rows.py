#!/usr/bin/env python3
"""Writes a town's settings and a greenhouse ledger of many rows, as .csv and .xlsx, to measure the importer.

    python3 bench/make_rows.py 10000 /tmp/rows && python3 bench/make_rows.py 100000 /tmp/rows
    build/release/zhenwu init /tmp/rows/town --from /tmp/rows/settings.json
    /usr/bin/time -v build/release/zhenwu import /tmp/rows/town /tmp/rows/100000.xlsx --yes

"Maximum resident set size" may grow by at most 32 MB from 10,000 to 100,000 rows, for either kind of file (each into a town
of its own: `rm -rf` and `init` again). doc/decisions/0020-import.md says what was measured.
"""

import json
import sys
import zipfile
from pathlib import Path

VILLAGES = 18
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
HEADINGS = ("序号", "村名", "组别", "户主姓名", "身份证号", "设施类型", "占地面积(亩)", "使用面积(亩)", "建成时间", "使用状态", "备注")


def id_number(n):
    """GB 11643-1999: each n gives another number with a right check digit."""
    day = n // 999
    body = f"621098{1950 + day // 336 % 50}{day // 28 % 12 + 1:02}{day % 28 + 1:02}{n % 999 + 1:03}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS)) % 11]


def rows(count):
    for n in range(count):
        kind = ("钢架大棚", "日光温室")[n % 2]
        area = f"{1 + n % 7 * 0.1:.1f}"
        yield (str(n + 1), f"第{n % VILLAGES + 1}村", f"{n % 5 + 1}组", f"户主{n}", id_number(n), kind, area, "0.8",
               f"20{10 + n % 13}-0{n % 9 + 1}-15", "在用", "")


def write_csv(path, count):
    with open(path, "w", encoding="utf-8-sig", newline="\r\n") as out:
        print(",".join(HEADINGS), file=out)
        for row in rows(count):
            print(",".join(row), file=out)


def cell(column, row, text):
    where = f'r="{chr(65 + column)}{row}"'
    if column in (0, 6, 7) and row > 1:
        return f"<c {where}><v>{text}</v></c>"
    return f'<c {where} t="inlineStr"><is><t>{text}</t></is></c>' if text else ""


def write_xlsx(path, count):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml",
                      f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
                      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                      f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
                      f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>')
        book.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                                     f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
                                         '<sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                                                    f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{main}"><sheetData>'.encode())
            for number, row in enumerate(chain(count), 1):
                cells = "".join(cell(column, number, text) for column, text in enumerate(row))
                sheet.write(f'<row r="{number}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")


def chain(count):
    yield HEADINGS
    yield from rows(count)


def main():
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    villages = [{"code": f"6210981022{n:02}", "name": f"第{n + 1}村", "aliases": [], "groups": 5} for n in range(VILLAGES)]
    settings = {"town": {"name": "量测镇", "code": "621098102000"}, "villages": villages}
    (folder / "settings.json").write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")
    write_csv(folder / f"{count}.csv", count)
    write_xlsx(folder / f"{count}.xlsx", count)


if __name__ == "__main__":
    main()
