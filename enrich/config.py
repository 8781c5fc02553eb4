"""Reading the configuration: `enrich.toml` or `config.toml`, then `ENRICH_TABLE__KEY` over it, checked as a whole."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Final, get_args, get_origin, get_type_hints

from enrich.errors import ConfigError
from enrich.knob import FIELDS, Check, Wrong, accept, are_fields, from_text
from enrich.settings import Config

__all__ = ["Config", "Setting", "default_file", "load", "overridden", "settings", "standing"]

# Hugo and Zola have a `config.toml` of their own, so ours may be called otherwise.
_OTHER_NAME: Final = "enrich.toml"
_NAME: Final = "config.toml"
_PREFIX: Final = "ENRICH_"
_Known = Mapping[tuple[str, str], "Setting"]
_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of one table: its type, the check its values must pass, its default, and whether it is a secret."""

    table: str
    key: str
    kind: object
    check: Check | None
    default: object
    is_secret: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that overrides it."""
        return f"{_PREFIX}{self.table}__{self.key}".upper()


@dataclass(frozen=True, slots=True)
class _Given:
    """One value as somebody gave it: `where` says who, for a message."""

    table: str
    key: str
    value: object
    where: str


def settings() -> tuple[Setting, ...]:
    """Return every setting there is, in the order of the tables."""
    tables = [(name, kind) for name, kind in get_type_hints(Config).items() if name != "site"]
    return tuple(one for name, kind in tables for one in _table(name, kind))


def load(path: Path | None, env: Mapping[str, str], folder: Path = Path()) -> Config:
    """Return the configuration of the site, every value checked and every path absolute.

    Without `path` it is the `default_file` of `folder`, which may be absent. Raises `ConfigError` with one
    line for each problem.
    """
    file = path or default_file(folder)
    text = _text(file, needed=path is not None)
    site = file.absolute().parent.resolve()
    known = {(one.table, one.key): one for one in settings()}
    problems: list[str] = []
    values = {at: one.default for at, one in known.items()}
    places: dict[tuple[str, str], str] = {}
    for given in (*_from_file(file, text, known), *_from_environment(env, known)):
        if isinstance(given, str):
            problems.append(given)
            continue
        at = given.table, given.key
        value = accept(known[at].kind, known[at].check, given.value)
        if isinstance(value, Wrong):
            problems.append(f"{given.where}: {value.sentence}")
        else:
            values[at], places[at] = value, given.where
    config = _with_fields(_built(site, values), places, problems)
    if problems:
        raise ConfigError(*problems)
    return config


def default_file(folder: Path) -> Path:
    """Return the file of `folder` that is read where none is named: an `enrich.toml` goes before a `config.toml`."""
    return folder / (_OTHER_NAME if os.path.lexists(folder / _OTHER_NAME) else _NAME)


def standing(folder: Path) -> Path | None:
    """Return the `default_file` of `folder` where it is there and ours: it holds our tables, and only tables.

    An `enrich.toml` is ours by its name. Raises `ConfigError` where a `config.toml` is no TOML.
    """
    file = default_file(folder)
    data = _data(file, _text(file, needed=False)) if file.name == _NAME else {}
    is_ours = not {one.table for one in settings()}.isdisjoint(data) and all(
        isinstance(content, dict) for content in data.values()
    )
    return file if is_ours or file.name == _OTHER_NAME else None


def _data(file: Path, text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        number = line[1] if line else text.count("\n") + 1
        raise ConfigError(f"{file}:{number}: is no TOML: {error}") from error


def overridden(config: Config, table: str, key: str, value: str, where: str) -> Config:
    """Return `config` with a setting that an option gives as text. ConfigError, which names `where`, if it is wrong."""
    setting = next(one for one in settings() if (one.table, one.key) == (table, key))
    accepted = accept(setting.kind, setting.check, from_text(setting.kind, value))
    if isinstance(accepted, Wrong):
        raise ConfigError(f"{where}: {accepted.sentence}")
    return replace(config, **{table: replace(getattr(config, table), **{key: accepted})})


def _with_fields(config: Config, places: Mapping[tuple[str, str], str], problems: list[str]) -> Config:
    output = config.output
    fields = output.fields or FIELDS[output.profile]
    if fault := are_fields(fields, output.profile):
        problems.append(f"{places['output', 'fields']}: {fault}")
    return replace(config, output=replace(output, fields=fields))


def _placed(site: Path, value: object) -> object:
    if not isinstance(value, Path):
        return value
    # Path.expanduser raises where there is no such home; here "~" then stays a name like any other.
    return Path(os.path.normpath(site / os.path.expanduser(value)))  # noqa: PTH111


def _built(site: Path, values: Mapping[tuple[str, str], object]) -> Config:
    config = Config(site)
    for (table, key), value in values.items():
        config = replace(config, **{table: replace(getattr(config, table), **{key: _placed(site, value)})})
    return config


def _table(name: str, kind: type) -> Iterator[Setting]:
    hints = get_type_hints(kind, include_extras=True)
    for one in fields(kind):
        hint = hints[one.name]
        base, check = get_args(hint) if get_origin(hint) is Annotated else (hint, None)
        yield Setting(name, one.name, base, check, one.default, bool(one.metadata.get("secret")))


def _text(file: Path, *, needed: bool) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        if needed:
            raise ConfigError(
                f"{file}: no such file; name an existing one with -c, or leave -c out"
            ) from None
        return ""
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read ({error.strerror})") from error


def _from_file(file: Path, text: str, known: _Known) -> Iterator[_Given | str]:
    try:
        data = _data(file, text)
    except ConfigError as error:
        yield from error.problems
        return
    lines = _lines(text)
    tables = {table for table, _ in known}
    if data and not tables & data.keys():
        yield (
            f"{file}: holds no table of ours; if it is another program's, name ours with -c, "
            "or let `enrich init` write an enrich.toml"
        )
    for table, content in data.items():
        place = f"{file}:{lines.get((table,), 1)}"
        if table not in tables or not isinstance(content, dict):
            yield f"{place}: {_unknown_table(table, content, known)}"
            continue
        for key, value in content.items():
            place = f"{file}:{lines.get((table, key), 1)}: [{table}] {key}"
            if (table, key) not in known:
                yield f"{place}: unknown key; {_nearest(table, key, known)}"
            elif known[table, key].is_secret:
                variable = known[table, key].variable
                yield f"{place}: is a secret, which no file beside pages should hold; set {variable} instead"
            else:
                yield _Given(table, key, value, place)


def _from_environment(env: Mapping[str, str], known: _Known) -> Iterator[_Given | str]:
    variables = {one.variable: one for one in known.values()}
    for name in sorted(env):
        if not name.startswith(_PREFIX) or "__" not in name:
            continue
        if name in variables:
            one = variables[name]
            yield _Given(one.table, one.key, from_text(one.kind, env[name]), f"environment: {name}")
        else:
            near = get_close_matches(name, variables, 1) or [
                "none of ours; take the name out of the environment"
            ]
            yield f"environment: {name}: unknown setting; the nearest is {near[0]}"


def _unknown_table(table: str, content: object, known: _Known) -> str:
    tables = sorted({name for name, _ in known})
    if table in tables:
        return f"{table}: wants a table: write [{table}] on a line of its own"
    if not isinstance(content, dict):
        return f"{table}: unknown key outside of any table; {_nearest('', table, known)}"
    near = get_close_matches(table, tables, 1)
    return f"[{table}]: unknown table; " + (
        f"the nearest is [{near[0]}]" if near else f"the tables are {', '.join(tables)}"
    )


def _nearest(table: str, key: str, known: _Known) -> str:
    own = [name for where, name in known if where == table]
    near = get_close_matches(key, own, 1)
    if near:
        return f'the nearest is "{near[0]}"'
    elsewhere = get_close_matches(key, [name for _, name in known], 1, 0.75)
    if elsewhere:
        place = next(where for where, name in known if name == elsewhere[0])
        return f'the nearest is "{elsewhere[0]}" in [{place}]'
    return f"its keys are {', '.join(own)}" if own else "every key of ours stands in a table, such as [pages]"


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """Return the line of each table and key: statements are found by growing each until it parses alone."""
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    pending, start = "", 1
    for number, line in enumerate(text.split("\n"), 1):
        start = number if not pending else start
        pending += line + "\n"
        try:
            data = tomllib.loads(pending)
        except tomllib.TOMLDecodeError:
            continue
        paths = list(_paths(data))
        if pending.lstrip().startswith("["):
            table = max(paths, key=len, default=())
        for path in paths:
            lines.setdefault(path if pending.lstrip().startswith("[") else table + path, start)
        pending = ""
    return lines


def _paths(data: Mapping[str, object]) -> Iterator[tuple[str, ...]]:
    for key, value in data.items():
        yield (key,)
        if isinstance(value, dict):
            yield from ((key, *path) for path in _paths(value))
