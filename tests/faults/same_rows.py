"""A back-up's database against the town's own, later: it must hold what the log's entries up to its last one wrote, row by row, and
nothing else. Each table is compared by what its rows say of their time; a table that nobody has classed is an error."""

import sqlite3

OPEN = (1 << 63) - 1
# A row is written once, in the entry `seq`; what may change later is left out or cut back to that moment.
WRITTEN = {"log": (), "vouched": (), "figure_entry": (), "report_check": (), "report_paragraph": ("stands", "position"), "batch": ()}
CUT_BACK = {"undone_by": "case when undone_seq <= :seq then undone_by end",
            "undone_seq": "case when undone_seq <= :seq then undone_seq end"}
STANDING = ("definition_file", "definition_tree", "definition_tree_file", "field_number", "record_number", "place", "account",
            "account_line", "account_place", "report_form", "report_filing", "town_format", "returned_set", "login_failure")
# Rows that are there are so later too; those of an edition that was sealed by then are all there.
OF_AN_EDITION = ("report_slot", "report_span")
LATER_TOO = {"receipt": (), "web_session": ("used_at", "ended_at")}
KEPT_SUMS = ("cell", "cell_set", "returned_rows")  # `check --cells` adds them up anew


class Compared:
    def __init__(self, backup, live):
        self.file = sqlite3.connect(f"file:{backup}?mode=ro", uri=True)
        self.file.text_factory = lambda text: text.decode(errors="surrogateescape")  # a template of definitions is no text
        self.file.execute("attach ? as live", (f"file:{live}?mode=ro",))
        self.words = {"seq": self.file.execute("select max(seq) from main.log").fetchone()[0], "open": OPEN}
        self.wrong, self.looked = [], 0

    def columns(self, table):
        return [column[1] for column in self.file.execute(f"pragma main.table_info({table})")]

    def same(self, table, mine, theirs):
        """Two statements that must give the same rows."""
        found = [set(self.file.execute(sql, self.words)) for sql in (mine, theirs)]
        self.looked += len(found[0])
        self.wrong += [f"{table}: only in the back-up: {row}" for row in sorted(found[0] - found[1], key=repr)[:3]]
        self.wrong += [f"{table}: not in the back-up: {row}" for row in sorted(found[1] - found[0], key=repr)[:3]]

    def written(self, table):
        names = [name for name in self.columns(table) if name not in WRITTEN[table]]
        cut = ", ".join(CUT_BACK.get(name, name) for name in names) if table == "batch" else ", ".join(names)
        self.same(table, f"select {', '.join(names)} from main.{table}", f"select {cut} from live.{table} where seq <= :seq")

    def lived(self, table):
        names = self.columns(table)
        cut = ", ".join("case when seq_to > :seq then :open else seq_to end" if name == "seq_to" else name for name in names)
        self.same(table, f"select {', '.join(names)} from main.{table}", f"select {cut} from live.{table} where seq_from <= :seq")

    def stood(self, table):
        """The rows as they stand, against the live town's versions of then."""
        names = ", ".join(self.columns(table))
        self.same(table, f"select {names} from main.{table}",
                  f"select {names} from live.v_{table[2:]} where seq_from <= :seq and seq_to > :seq and op <> 'delete'")

    def editions(self):
        born = "edition, created_at, from_edition, report, period, created_by, sealed_seq"
        cut = born.replace("sealed_seq", "case when sealed_seq <= :seq then sealed_seq else 0 end")
        self.same("report_edition", f"select {born} from main.report_edition",
                  f"select {cut} from live.report_edition where edition in (select edition from main.report_edition) "
                  "or (sealed = 1 and sealed_seq <= :seq)")
        names = ", ".join(self.columns("report_edition"))
        self.same("report_edition", f"select {names} from main.report_edition where sealed = 1",
                  f"select {names} from live.report_edition where sealed = 1 and sealed_seq <= :seq")
        for table in OF_AN_EDITION:
            names = ", ".join(self.columns(table))
            self.same(table, f"select {names} from main.{table}", f"select {names} from live.{table} where edition in "
                      "(select edition from live.report_edition where sealed = 1 and sealed_seq <= :seq)")

    def later_too(self, table):
        names = ", ".join(name for name in self.columns(table) if name not in LATER_TOO[table])
        gone = self.file.execute(f"select {names} from main.{table} except select {names} from live.{table}").fetchall()
        self.wrong += [f"{table}: only in the back-up: {row}" for row in gone[:3]]

    def all(self):
        for table, in self.file.execute("select name from main.sqlite_schema where type = 'table' order by name").fetchall():
            if table[:2] in ("v_", "r_") or table == "hand_return":
                (self.stood if table[:2] == "r_" else self.lived)(table)
            elif table in WRITTEN:
                self.written(table)
            elif table in STANDING:
                self.same(table, f"select * from main.{table}", f"select * from live.{table}")
            elif table in LATER_TOO:
                self.later_too(table)
            elif table == "report_edition":
                self.editions()
            elif table not in OF_AN_EDITION + KEPT_SUMS:
                self.wrong.append(f"{table}: nobody has said how its rows are compared")
        self.file.close()
        return self.wrong
