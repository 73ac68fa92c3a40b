"""The composed dossier as HTML, for a renderer of HTML that is measured beside ours."""

import html
from collections.abc import Callable, Mapping
from typing import Any

from safeconduct.dossier.report_values import Parts, Row
from safeconduct.dossier.typeset.values import (
    Block,
    Dossier,
    Drawing,
    Entry,
    Facts,
    Found,
    Heading,
    Item,
    Paragraph,
    Points,
    Table,
    Told,
)
from safeconduct.drawing.text import font_files

STYLE = """
@font-face { font-family: Own; src: url(%s); }
@font-face { font-family: Own; src: url(%s); font-weight: bold; }
@page { size: A4; margin: 28mm 25mm 26mm; @top-left { content: "Draft, not sealed"; }
  @bottom-right { content: counter(page) " / " counter(pages); } }
body { font: 9pt/1.4 Own; color: #1e2427; }
h1, h2, a { color: #1d5164; } h3 { font-size: 10pt; }
.small { font-size: 7.75pt; color: #535d63; } .finding { border-top: 0.5pt solid; }
svg { width: 100%%; height: auto; } dt { float: left; width: 30%%; } dd { margin-left: 32%%; }
"""


def as_html(document: Dossier) -> str:
    """The composed content as HTML: the same words, links, lists, tables and drawings."""
    style = STYLE % tuple(file.as_uri() for file in font_files())
    body = [f"<h1>{_escaped(document.title)}</h1><p>{_run(document.subtitle)}</p>"]
    body += [f"<h2>{_escaped(document.in_brief)}</h2>", *map(_block, document.summary)]
    for number, section in enumerate(document.sections, start=1):
        body += [f"<h2>{number}. {_escaped(section.heading)}</h2>", *map(_block, section.blocks)]
    title = f"<title>{_escaped(document.title)}</title>"
    return (
        f'<!doctype html><html lang="{document.lang}"><head><meta charset="utf-8">{title}'
        f"<style>{style}</style></head><body>{''.join(body)}</body></html>"
    )


def _block(block: Block) -> str:
    return _WRITERS[type(block)](block)


def _points(block: Points) -> str:
    return f"<ul>{''.join(f'<li>{_run(one)}</li>' for one in block.items)}</ul>"


def _facts(block: Facts) -> str:
    rows = (f"<dt>{_escaped(one.label)}</dt><dd>{_run(one.parts)}</dd>" for one in block.rows)
    return f"<dl>{''.join(rows)}</dl>"


def _table(block: Table) -> str:
    head = "".join(f'<th scope="col">{_escaped(one)}</th>' for one in block.head)
    rows = (
        f"<tr><td>{_escaped(one.label)}</td><td>{_run(one.parts)}</td></tr>" for one in block.rows
    )
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


def _item(block: Item) -> str:
    return f'<p id="{block.id}">{block.id} <b>{_run(block.title)}</b></p>{_small(block.rows)}'


def _told(block: Told) -> str:
    words = f"<blockquote>{_run((*block.words, *block.translation))}</blockquote>"
    head = f'<p id="{block.id}">{block.id} <b>{_run(block.text)}</b></p>'
    return f"{head}{words}{_small(block.rows)}<p>{_escaped(block.marks)}</p>"


def _found(block: Found) -> str:
    claims = "".join(f"<p>{one.label} {_run(one.parts)}</p>" for one in block.claims)
    return (
        f'<div class="finding"><p><b>{_run(block.statement)}</b></p>'
        f"<p>{_run(block.question)}</p>{claims}{_small(block.rows)}<p>{block.id}</p></div>"
    )


def _drawing(block: Drawing) -> str:
    return f"<figure>{block.svg}<figcaption>{_escaped(block.caption)}</figcaption></figure>"


def _small(rows: tuple[Row, ...]) -> str:
    told = " · ".join(f"{_escaped(row.label)}: {_run(row.parts)}" for row in rows)
    return f'<p class="small">{told}</p>'


def _run(parts: Parts) -> str:
    return "".join(
        f'<a href="#{part.to}">{_escaped(part.text)}</a>' if part.to else _escaped(part.text)
        for part in parts
    )


def _escaped(text: str) -> str:
    return html.escape(text)


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    Heading: lambda block: f"<h3>{_escaped(block.text)}</h3>",
    Paragraph: lambda block: f"<p>{_run(block.parts)}</p>",
    Points: _points,
    Facts: _facts,
    Table: _table,
    Entry: lambda block: f"<p>{_run(block.title)}</p>{_small(block.rows)}",
    Item: _item,
    Told: _told,
    Found: _found,
    Drawing: _drawing,
}
