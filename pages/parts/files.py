"""The addresses of files: a table of a screen as CSV or as a workbook, made when it is asked for, by the visitor's role."""

import logging
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data.access import Forbidden
from data.incidents import incident
from data.places import places
from data.problems import NoSuchWeek, SealAltered, StoreProblem
from data.readers.slug import slug
from pages.exports.table import Table
from pages.parts import address, brief_preview, tables, takeaway
from pages.parts.source import Source, open_source
from pages.texts import t, use

LOG = logging.getLogger("levier")


def routes() -> list[Route]:
    """What the application answers besides its screens."""
    return [
        Route(brief_preview.ADDRESS, _preview, methods=["GET"]),
        Route(f"/{tables.FOLDER}/{{name}}.{{form}}", _answer, methods=["GET"]),
    ]


async def _preview(request: Request) -> Response:
    return await run_in_threadpool(brief_preview.answer, dict(request.query_params))


async def _answer(request: Request) -> Response:
    params = dict(request.query_params)
    name, form = request.path_params["name"], request.path_params["form"]
    return await run_in_threadpool(answer, name, form, params)


def answer(name: str, form: str, params: dict[str, str]) -> Response:
    """The file of a table at an address's state; 404 for what is not there, 403 for what the role may not see."""
    state = address.parse(params)
    use(state.lang)
    try:
        source = open_source(state)
        if takeaway.is_known(name, form) and not source.is_scope_unknown:
            return _document(source, name, form)
        asked = {key: value for key, value in params.items() if key not in address.STATE}
        made = (
            tables.make(source, name, asked) if form in tables.KINDS and not source.is_scope_unknown else None
        )
        if made is None:
            return PlainTextResponse(t("Ce fichier n’existe pas."), 404)
        return _file(source, replace(made, name=filename(source, name, made.name)), form)
    except Forbidden:
        return PlainTextResponse(t("Votre rôle ne permet pas cela."), 403)
    except (NoSuchWeek, SealAltered) as problem:
        return PlainTextResponse(problem.text.get(state.lang), 404)
    except StoreProblem as problem:
        return PlainTextResponse(problem.text.get(state.lang), 503)
    except Exception as error:
        reference = incident(places(), error)
        LOG.error("incident %s: %s", reference, type(error).__name__)
        return PlainTextResponse(t("Le fichier n’a pas pu être fait : incident {id}.", id=reference), 500)


def filename(source: Source, name: str, about: str) -> str:
    """What a file is called, without its extension: table, what it is about, scope, date: ``fiche-serie-active-files-dadi-2015-06-30``."""
    parts = (
        name,
        *(slug(words).replace("_", "-") for words in (about, source.scope)),
        str(source.as_of or ""),
        source.week,
    )
    return "-".join(part for part in parts if part)


def _document(source: Source, name: str, form: str) -> Response:
    """A document of the source's date and scope; the role is checked on the way."""
    made = takeaway.content(source, name, form)
    if made is None:
        return PlainTextResponse(t("Ce fichier n’existe pas."), 404)
    disposition = f'attachment; filename="{filename(source, name, "")}.{form}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(made[0], media_type=made[1], headers=headers)


def _file(source: Source, made: Table, form: str) -> Response:
    imports = source.store.history(source.actor)
    last = (t("Dernier import"), imports[-1].import_id) if imports else None
    if last:
        keys = (*made.fact_keys, "last_import") if made.fact_keys else ()
        made = replace(made, facts=(*made.facts, last), fact_keys=keys)
    content = tables.written(made, form, source.lang)
    headers = {
        "Content-Disposition": f'attachment; filename="{made.name}.{form}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=tables.KINDS[form], headers=headers)
