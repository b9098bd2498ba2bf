"""A digest as one page of HTML for mail clients: tables for layout, styles on each element, no script, nothing fetched."""

from html import escape

from pages.exports.digest import Chapter, Digest, Item, foot, tone_word
from pages.texts import t

INK, GREY, RULE, ACCENT, PAPER = "#16202B", "#515B66", "#DADDE0", "#1F3F8F", "#FCFCFA"
SHAPES = {"bad": ("◆", "#80102F"), "good": ("●", "#0B7A5E")}  # a shape before a colour, beside a word
SANS = "font-family:'Source Sans 3',Helvetica,Arial,sans-serif"
SERIF = "font-family:'Source Serif 4',Georgia,serif"
WIDEST = 640  # pixels


def html(found: Digest) -> str:
    """Return the whole document; every datum in it is escaped."""
    rows = [_head(found), *map(_chapter, found.chapters)]
    if not found.chapters:
        rows.append(_row(t("Aucune règle n’a rien à signaler.")))
    rows.append(_foot(found))
    table = (
        f'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" '
        f'style="max-width:{WIDEST}px;margin:0 auto;border-collapse:collapse">{"".join(rows)}</table>'
    )
    return (
        f'<!DOCTYPE html><html lang="{found.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="color-scheme" content="light"><title>{escape(found.subject)}</title></head>'
        f'<body style="margin:0;padding:16px;background:{PAPER};color:{INK};{SANS};font-size:16px;line-height:1.45">'
        f"{table}</body></html>"
    )


def _row(content: str, style: str = "") -> str:
    return f'<tr><td style="padding:0 0 12px;{style}">{content}</td></tr>'


def _head(found: Digest) -> str:
    title = f'<h1 style="margin:0 0 4px;{SERIF};font-size:24px;line-height:1.2">{escape(found.subject)}</h1>'
    when = f'<p style="margin:0;color:{GREY}">{escape(found.period)}</p>'
    lead = f'<p style="margin:12px 0 0;{SERIF};font-size:18px">{_lines(found.lead)}</p>' if found.lead else ""
    return _row(title + when + lead, f"border-bottom:2px solid {INK}")


def _chapter(chapter: Chapter) -> str:
    title = f'<h2 style="margin:20px 0 0;{SERIF};font-size:18px;line-height:1.3">{escape(chapter.label)}</h2>'
    return _row(title, f"border-bottom:1px solid {INK};padding-bottom:6px") + "".join(
        map(_item, chapter.items)
    )


def _item(one: Item) -> str:
    shape, colour = SHAPES.get(one.tone, ("○", GREY))
    mark = f'<span aria-hidden="true" style="color:{colour}">{shape}</span>'
    title = escape(one.title)
    if one.href:
        title = f'<a href="{escape(one.href, quote=True)}" style="color:{ACCENT}">{title}</a>'
    word = f'<span style="color:{GREY};font-size:14px">{escape(tone_word(one.tone))}</span>'
    said = f'<p style="margin:2px 0 0">{escape(one.sentence)}</p>'
    note = _lines(t("Note : {words}", words=one.comment)) if one.comment else ""
    note = (
        f'<p style="margin:4px 0 0;padding-left:10px;border-left:3px solid {RULE};color:{GREY}">{note}</p>'
        if note
        else ""
    )
    head = f'<p style="margin:0"><strong>{mark} {title}</strong> {word}</p>'
    style = f"padding:10px 0;border-bottom:1px solid {RULE};word-break:break-word"
    return f'<tr><td style="{style}">{head}{said}{note}</td></tr>'


def _lines(words: str) -> str:
    return "<br>".join(escape(line) for line in words.splitlines())


def _foot(found: Digest) -> str:
    words = f'<p style="margin:16px 0 0;color:{GREY};font-size:14px">{escape(foot(found))}</p>'
    if found.href:
        label = escape(t("Toutes les alertes"))
        words = f'<p style="margin:16px 0 0"><a href="{escape(found.href, quote=True)}" style="color:{ACCENT}">{label}</a></p>{words}'
    return _row(words)
