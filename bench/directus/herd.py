"""The ledger that Directus is given: herd_quarter of worklines/industry/livestock, as a Directus collection."""

COLLECTION = "herd_quarter"
KEY = ("place", "farm", "kind", "quarter")
TEXTS = (*KEY, "note")
NUMBERS = ("opening", "born", "bought", "out", "dead", "sold", "closing")
REQUIRED = (*KEY, "closing")
COLUMNS = (*KEY, *NUMBERS, "note")

PLACES = tuple(f"第{n}村" for n in range(1, 19))
KINDS = ("肉牛", "生猪", "黑山羊", "绵羊", "山羊", "鸡")
QUARTERS = tuple(f"{year}Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4))


def rows(count):
    """Each farm keeps one kind and reports eight quarters, which balance."""
    for n in range(count):
        farm = n // len(QUARTERS)
        place, kind = PLACES[farm % len(PLACES)], KINDS[farm // len(PLACES) % len(KINDS)]
        opening, born, bought, out, dead, sold = 10 + farm % 90, n % 7, n % 3, n % 5, n % 2, n % 4
        closing = opening + born + bought - out - dead - sold
        yield (place, f"养殖户{farm}", kind, QUARTERS[n % len(QUARTERS)],
               opening, born, bought, out, dead, sold, closing, "" if n % 10 else "季末核对过")


def collection():
    """What POST /collections takes. "accountability: all" is Directus's own default: who did what, and each version."""
    columns = [{"field": "id", "type": "integer", "schema": {"is_primary_key": True, "has_auto_increment": True}}]
    for names, kind in ((TEXTS, "string"), (NUMBERS, "integer")):
        columns += [{"field": name, "type": kind, "meta": {"required": name in REQUIRED},
                     "schema": {"is_nullable": name not in REQUIRED}} for name in names]
    return {"collection": COLLECTION, "meta": {"accountability": "all"}, "schema": {}, "fields": columns}
