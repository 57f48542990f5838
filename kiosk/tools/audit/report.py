"""The report to look at: steps down, languages and modes across; plain pages without a script."""

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from kiosk.tools.audit.examine import Result, Shown
from kiosk.tools.audit.found import Breach

COLUMNS = 12  # of one page

_STYLE = """
body{font:16px/1.4 sans-serif;color:#111;background:#fff;margin:1.5rem}
a{color:#0645ad}table{border-collapse:collapse}caption{text-align:left;padding:.5rem 0}
th,td{border:1px solid #777;padding:.4rem;vertical-align:top;text-align:left}
thead th{position:sticky;top:0;background:#eee}tbody th{position:sticky;left:0;background:#f6f6f6}
img{display:block;border:1px solid #777;margin-bottom:.3rem}ol{margin:.3rem 0;padding-left:1.4rem;
max-width:18rem}li{overflow-wrap:anywhere}.bad{background:#ffe9e9}nav a{margin-right:1rem}
.wide{overflow-x:auto}
"""


def write(out: Path, results: Sequence[Result]) -> None:
    """Write index.html and the pages below `out`."""
    out.mkdir(parents=True, exist_ok=True)
    sheets = list(_sheets(results))
    names = [f"page-{number:03}.html" for number in range(1, len(sheets) + 1)]
    for number, sheet in enumerate(sheets):
        links = _links(names, number)
        (out / names[number]).write_text(_page(_title(sheet), links, _grid(sheet)), "utf-8")
    index = _summary(results) + _contents(sheets, names)
    (out / "index.html").write_text(_page("Accessibility audit", "", index), "utf-8")


def _sheets(results: Sequence[Result]) -> Iterator[Sequence[Result]]:
    """Yield the columns of each page: one profile, a language not torn where it fits."""
    groups: dict[tuple[str, str], list[Result]] = {}
    for one in results:
        groups.setdefault((one.where.profile, one.where.language), []).append(one)
    sheet: list[Result] = []
    for group in groups.values():
        other = sheet and sheet[0].where.profile != group[0].where.profile
        if other or len(sheet) + len(group) > COLUMNS:
            if sheet:
                yield sheet
            sheet = []
        sheet = [*sheet, *group]
    yield sheet


def _title(sheet: Sequence[Result]) -> str:
    languages = dict.fromkeys(one.where.language for one in sheet)
    return f"{sheet[0].where.profile}: {', '.join(languages)}"


def _page(title: str, links: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><main>{links}<h1>{escape(title)}</h1>"
        f"{body}</main></body></html>\n"
    )


def _links(names: Sequence[str], number: int) -> str:
    links = ['<a href="index.html">Summary</a>']
    if number:
        links.append(f'<a rel="prev" href="{names[number - 1]}">Previous page</a>')
    if number + 1 < len(names):
        links.append(f'<a rel="next" href="{names[number + 1]}">Next page</a>')
    return f'<nav aria-label="Pages">{"".join(links)}</nav>'


def _grid(sheet: Sequence[Result]) -> str:
    heads = "".join(
        f'<th scope="col">{escape(one.where.language)}<br>{escape(one.where.mode)}</th>'
        for one in sheet
    )
    steps = dict.fromkeys(shown.name for one in sheet for shown in one.screens)
    columns = [{shown.name: shown for shown in one.screens} for one in sheet]
    rows = "".join(
        f'<tr><th scope="row">{escape(step)}</th>'
        + "".join(_cell(result, by.get(step)) for result, by in zip(sheet, columns, strict=True))
        + "</tr>"
        for step in steps
    )
    caption = "Each picture opens large. Red boxes are numbered as the lists are."
    return (
        '<div class="wide" role="region" aria-label="Pictures" tabindex="0">'
        f"<table><caption>{caption}</caption>"
        f'<thead><tr><th scope="col">Step</th>{heads}</tr></thead><tbody>{rows}</tbody>'
        "</table></div>"
    )


def _cell(result: Result, shown: Shown | None) -> str:
    if shown is None:
        return "<td>not in this language</td>"
    pictures = "".join(
        f'<a href="{escape(shot.large)}"><img src="{escape(shot.small)}" loading="lazy" '
        f'width="{shot.size[0]}" height="{shot.size[1]}" '
        f'alt="{escape(_alt(result, shown, at))}"></a>'
        for at, shot in enumerate(shown.shots)
    )
    mark = ' class="bad"' if shown.breaches else ""
    return f"<td{mark}>{pictures}{_list(shown.breaches)}</td>"


def _alt(result: Result, shown: Shown, page: int) -> str:
    count = sum(one.page == page for one in shown.breaches)
    of = f", page {page + 1} of {len(shown.shots)}" if len(shown.shots) > 1 else ""
    return f"{shown.name}{of}, in {result.where}: {count} violations"


def _list(breaches: Sequence[Breach]) -> str:
    if not breaches:
        return "<p>Nothing found.</p>"
    items = (f"<li><strong>{escape(b.rule)}</strong> {escape(b.said)}</li>" for b in breaches)
    return f"<ol>{''.join(items)}</ol>"


def _summary(results: Sequence[Result]) -> str:
    found = [b for result in results for shown in result.screens for b in shown.breaches]
    counts = Counter((one.rule, one.check) for one in found)
    rows = "".join(
        f'<tr><th scope="row">{escape(rule)}</th><td>{escape(check)}</td><td>{times}</td></tr>'
        for (rule, check), times in sorted(counts.items())
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Rule", "Check", "Times"))
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    said = f"{len(found)} violations in {len(results)} combinations."
    return f"<p>{said}</p>{table}<h2>Pictures</h2>"


def _contents(sheets: Sequence[Sequence[Result]], names: Sequence[str]) -> str:
    items = (
        f'<li><a href="{name}">{escape(_title(sheet))}</a>: {_count(sheet)} violations</li>'
        for name, sheet in zip(names, sheets, strict=True)
    )
    return f"<ul>{''.join(items)}</ul>"


def _count(sheet: Sequence[Result]) -> int:
    return sum(len(shown.breaches) for one in sheet for shown in one.screens)
