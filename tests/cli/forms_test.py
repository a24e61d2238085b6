#!/usr/bin/env python3
"""Forms of others in .xlsx by the program's own verbs: forms_test.py PROGRAM SHARED.

A small form written here, and sheets 22 and 25 of a county's real yearbook form
(SHARED/data/forms/农村统计年报_2016.xls, emptied of its numbers): bound, filled, opened again in
LibreOffice. What needs SHARED or LibreOffice is skipped, with a word, where it is missing.
"""
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import unittest
import zipfile

import verbs_test
from verbs_test import Town, VEGETABLES, run

SHARED = None
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# A1:C1 a title; B2 last year's 9, C2 a sum that stores 9; rows 4 and 5 for a list.
SHEET = f"""<worksheet xmlns="{MAIN}"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>大棚情况</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>合计</t></is></c><c r="B2"><v>9</v></c><c r="C2"><f>B2*2</f><v>18</v></c></row>
<row r="4"><c r="A4" t="inlineStr"><is><t>去年的户</t></is></c></row>
</sheetData><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells></worksheet>"""


def write_form(path):
    with zipfile.ZipFile(path, "w") as form:
        form.writestr("[Content_Types].xml", f"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/></Types>""")
        form.writestr("_rels/.rels", f"""<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>""")
        form.writestr("xl/workbook.xml", f"""<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>""")
        form.writestr("xl/_rels/workbook.xml.rels", f"""<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""")
        form.writestr("xl/worksheets/sheet1.xml", SHEET)
    return path


def sheet_xml(path, number):
    return zipfile.ZipFile(path).read(f"xl/worksheets/sheet{number}.xml").decode()


def cell(xml, name):
    """What stands in a cell: the number, the words, or None."""
    found = re.search(rf'<c r="{name}"[^>]*?(?:/>|>(.*?)</c>)', xml, re.S)
    inside = found.group(1) if found and found.group(1) else ""
    value = re.search(r"<v>(.*?)</v>|<t[^>]*>(.*?)</t>", inside)
    return (value.group(1) or value.group(2)) if value else None


def merges(xml):
    return sorted(re.findall(r'<mergeCell ref="([^"]+)"', xml))


class Forms(Town):
    def setUp(self):
        super().setUp()
        self.bring()
        self.form = write_form(self.root / "大棚表.xlsx")
        self.json(0, "form", "add", self.town, self.form)
        self.out = self.root / "out.xlsx"

    def bind(self, cell_name, slot, *more, code=0):
        return self.expect(code, "form", "bind", self.town, "大棚表", "表", cell_name, slot, *more)

    def fill(self, code, *more):
        return self.json(code, "form", "fill", self.town, "大棚表", "--period", "2023", "--out",
                         self.out, *more)

    def test_a_bound_cell_gets_the_figure_and_the_sum_is_computed_anew(self):
        self.bind("B2", "steel_greenhouses_existing@东沟村")
        self.bind("A1", "{{name:town}}{{period}}大棚情况", "--kind", "text")
        filled = self.fill(0)
        self.assertEqual([(c["cell"], c["value"], c["state"]) for c in filled["cells"]],
                         [("B2", "2", "filled"), ("A1", "试验镇2023年大棚情况", "filled")])
        xml = sheet_xml(self.out, 1)
        self.assertEqual(cell(xml, "B2"), "2")
        self.assertIsNone(cell(xml, "C2"))  # its stored 18 is gone, the formula is not
        self.assertIn("<f>B2*2</f>", xml)
        self.assertEqual(merges(xml), ["A1:C1"])
        self.assertIn('fullCalcOnLoad="1"', zipfile.ZipFile(self.out).read("xl/workbook.xml").decode())
        self.assertEqual(self.json(0, "form", "list", self.town)[0]["bindings"], 2)

    def test_what_lacks_data_is_left_empty_and_told(self):
        self.expect(0, "import", self.town, self.write("蔬菜种植情况统计表.csv", VEGETABLES), "--yes")
        self.bind("B2", "openfield_vegetable_sown_mu@南坪村")
        self.bind("B3", "openfield_vegetable_sown_mu")
        filled = self.fill(1)
        lacking, partial = filled["cells"]
        self.assertEqual((lacking["value"], lacking["state"]), ("", "missing"))
        self.assertTrue(lacking["why"])
        self.assertTrue(lacking["ledgers"])
        self.assertEqual((partial["value"], partial["state"]), ("300", "partial 2/3"))
        self.assertIn("缺1村", partial["why"])
        self.assertEqual(filled["lacking"], 2)
        xml = sheet_xml(self.out, 1)
        self.assertIsNone(cell(xml, "B2"))  # last year's 9 does not stand for this year
        self.assertEqual(cell(xml, "B3"), "300")

    def test_a_list_fills_its_rows_and_says_what_has_no_room(self):
        words = ["--kind", "list", "--fields", "place,holder,occupied", "--filter", "kind = '钢架大棚'"]
        self.bind("A4", "greenhouse", *words, "--room", "2")
        told = self.fill(1)["cells"][0]
        self.assertEqual((told["rows"], told["state"]), (2, "too_many"))
        self.assertIn("还有1条没有填入", told["why"])
        xml = sheet_xml(self.out, 1)
        self.assertEqual(cell(xml, "A4"), "东沟村")
        self.assertIsNone(cell(xml, "A6"))
        self.bind("A4", "greenhouse", *words, "--room", "9")
        self.assertEqual(self.fill(0)["cells"][0]["rows"], 3)

    def test_what_cannot_be_bound_is_refused_with_the_reason(self):
        for where, slot, word in (
                ("C2", "steel_greenhouses_existing", "公式"),
                ("B1", "steel_greenhouses_existing", "A1"),
                ("ZZZZ1", "steel_greenhouses_existing", "不是单元格"),
                ("B2", "no_such_indicator", "no_such_indicator"),
                ("B2", "steel_greenhouses_existing@北沟村", "北沟村"),
                ("B2", "steel_greenhouses_existing|吨", "吨"),
                ("B2", "steel_greenhouses_existing|约", "原数")):
            self.assertIn(word, self.bind(where, slot, code=1).stderr, slot)
        done = self.expect(1, "form", "add", self.town, self.root / "settings.json")
        self.assertTrue(done.stderr)
        self.expect(1, "form", "fill", self.town, "小棚表", "--period", "2023", "--out", self.out)

    def test_what_was_kept_comes_back_byte_for_byte_and_a_changed_one_is_named(self):
        self.bind("B2", "steel_greenhouses_existing")
        self.expect(1, "form", "fill", self.town, "大棚表", "--period", "2023", "--out", self.out,
                    "--keep")  # no reason
        kept = self.fill(0, "--keep", "--reason", "报县农业农村局")["filing"]
        more = verbs_test.GREENHOUSES.splitlines()[0] + (
            f"\n南坪村,孙七,{verbs_test.HOLDERS[4]},钢架大棚,1,1,2022-01-01,在用\n")
        self.expect(0, "import", self.town, self.write("设施农业台账补.csv", more), "--yes")
        again = self.root / "again.xlsx"
        self.expect(0, "form", "filings", self.town, "大棚表", kept["id"], "--out", again)
        self.assertEqual(again.read_bytes(), self.out.read_bytes())
        self.assertEqual(cell(sheet_xml(again, 1), "B2"), "3")
        self.fill(0)
        self.assertEqual(cell(sheet_xml(self.out, 1), "B2"), "4")
        self.expect(0, "audit", "verify", self.town)
        with sqlite3.connect(self.town / "town.sqlite") as store:
            store.execute("update report_filing set period = '2022'")
        store.close()
        done = run("audit", "verify", self.town)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("留存报表", done.stdout + done.stderr)


class RealForms(Town):
    """Sheets 22 (设施农业生产情况) and 25 (畜禽规模养殖情况): 33 and 27 merges."""

    SHEETS = ((22, "设施农业生产情况"), (25, "畜禽规模养殖情况"))

    def office(self, source, folder):
        folder.mkdir()
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{self.root}/office", "--headless",
             "--convert-to", "xlsx", "--outdir", folder, source],
            check=True, capture_output=True, timeout=300)
        return folder / (source.stem + ".xlsx")

    def empty(self, source):
        """The form without its numbers below the headings; formulas stay."""
        path = self.root / "年报.xlsx"
        numbers = [number for number, _ in self.SHEETS]
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.namelist():
                content = old.read(part)
                if part in [f"xl/worksheets/sheet{n}.xml" for n in numbers]:
                    content = re.sub(
                        r'(<c r="[A-Z]+(?:8|1[1-9]|2\d)"[^>]*?)( t="n")><v>[^<]*</v></c>',
                        r"\1/>", content.decode()).encode()
                new.writestr(part, content)
        return path

    def test_filled_and_opened_in_libreoffice(self):
        source = pathlib.Path(SHARED or "") / "data/forms/农村统计年报_2016.xls"
        if not SHARED or not source.exists() or not shutil.which("soffice"):
            self.skipTest("no real form or no LibreOffice here")
        self.bring()
        form = self.empty(self.office(source, self.root / "blank"))
        self.assertEqual(len(merges(sheet_xml(form, 22))), 33)
        self.assertEqual(len(merges(sheet_xml(form, 25))), 27)
        self.assertIsNone(cell(sheet_xml(form, 22), "D12"))
        self.expect(0, "form", "add", self.town, form)
        slots = {"D11": "steel_greenhouses_existing@东沟村", "D12": "steel_greenhouses_existing@西沟村",
                 "D8": "steel_greenhouses_existing:上年"}
        for _, name in self.SHEETS:
            for where, slot in slots.items():
                self.expect(0, "form", "bind", self.town, "年报", name, where, slot)
        out = self.root / "filled.xlsx"
        self.json(0, "form", "fill", self.town, "年报", "--period", "2023", "--out", out)
        opened = self.office(out, self.root / "opened")
        for number, _ in self.SHEETS:
            before, after = sheet_xml(form, number), sheet_xml(opened, number)
            self.assertEqual(merges(after), merges(before))
            self.assertEqual(merges(sheet_xml(out, number)), merges(before))
            # By hand from GREENHOUSES: 2 and 1 stand, 2 a year before; the form's own sums follow:
            # 合计 3, 增减 1, 增减% 50.
            self.assertEqual([cell(after, name) for name in ("D11", "D12", "D8", "D7", "D9", "D10")],
                             ["2", "1", "2", "3", "1", "50"])
            self.assertEqual(after.count("<f"), before.count("<f"))


if __name__ == "__main__":
    verbs_test.PROGRAM = sys.argv.pop(1)
    SHARED = sys.argv.pop(1) if len(sys.argv) > 1 else None
    unittest.main(argv=[sys.argv[0], "-v", *sys.argv[1:]])
