"""Reading the configuration: `enrich.toml` or `config.toml`, then `ENRICH_TABLE__KEY` over it, checked as a whole."""

from __future__ import annotations

import os
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from enrich.errors import ConfigError
from enrich.knob import FIELDS, Wrong, accept, are_fields, from_text
from enrich.settings import FOLDERS, PREFIX, Config, Folder, Output, Setting, folder_settings, settings
from enrich.toml_place import lines

__all__ = ["Config", "Setting", "default_file", "load", "overridden", "settings", "standing"]

# Hugo and Zola have a `config.toml` of their own, so ours may be called otherwise.
_OTHER_NAME: Final = "enrich.toml"
_NAME: Final = "config.toml"
_Known = Mapping[tuple[str, str], Setting]
_At = tuple[str, str, int]
_Values = dict[_At, object]
_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class _Given:
    """One value as somebody gave it: `where` says who, for a message; `index` is that of its table in an array."""

    table: str
    key: str
    value: object
    where: str
    index: int = 0

    @property
    def at(self) -> _At:
        """Which value it is."""
        return self.table, self.key, self.index


def load(path: Path | None, env: Mapping[str, str], folder: Path = Path()) -> Config:
    """Return the configuration of the site, every value checked and every path absolute.

    Without `path` it is the `default_file` of `folder`, which may be absent. Raises `ConfigError` with one
    line for each problem.
    """
    file = path or default_file(folder)
    text = _text(file, needed=path is not None)
    site = file.absolute().parent.resolve()
    known = {(one.table, one.key): one for one in (*settings(), *folder_settings())}
    problems: list[str] = []
    values: _Values = {(one.table, one.key, 0): one.default for one in settings()}
    places: dict[_At, str] = {}
    for given in (*_from_file(file, text, known), *_from_environment(env, known)):
        if isinstance(given, str):
            problems.append(given)
            continue
        setting = known[given.table, given.key]
        value = accept(setting.kind, setting.check, given.value)
        if isinstance(value, Wrong):
            problems.append(f"{given.where}: {value.sentence}")
        else:
            values[given.at], places[given.at] = value, given.where
    config = _built(site, values)
    problems += _faulty_fields(config.output, places)
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


def _faulty_fields(output: Output, places: Mapping[_At, str]) -> Iterator[str]:
    tables = [("output", 0, output), *((FOLDERS, at, one.output) for at, one in enumerate(output.folders))]
    for table, index, one in tables:
        place = places.get((table, "fields", index)) or places.get((table, "profile", index))
        if place and (fault := are_fields(one.fields, one.profile)):
            yield f"{place}: {fault}"


def _placed(site: Path, value: object) -> object:
    if not isinstance(value, Path):
        return value
    # Path.expanduser raises where there is no such home; here "~" then stays a name like any other.
    return Path(os.path.normpath(site / os.path.expanduser(value)))  # noqa: PTH111


def _built(site: Path, values: _Values) -> Config:
    config = Config(site)
    tables: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for (table, key, index), value in values.items():
        if table == FOLDERS:
            tables[index][key] = value
        else:
            config = replace(
                config, **{table: replace(getattr(config, table), **{key: _placed(site, value)})}
            )
    output = _with_fields(config.output)
    folders = tuple(_folder(output, given) for _, given in sorted(tables.items()) if "path" in given)
    return replace(config, output=replace(output, folders=folders))


def _folder(output: Output, given: Mapping[str, Any]) -> Folder:
    """Lay a table of `[[output.for]]` over the rest; another profile has its own key and fields."""
    is_other = given.get("profile", output.profile) != output.profile
    below = replace(output, key=Output().key, fields=()) if is_other else output
    said = {key: value for key, value in given.items() if key != "path"}
    return Folder(given["path"], _with_fields(replace(below, **said)))


def _with_fields(output: Output) -> Output:
    return replace(output, fields=output.fields or FIELDS[output.profile])


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
    at = lines(text)
    tables = {table for table, _ in known if table != FOLDERS}
    if data and not tables & data.keys():
        yield (
            f"{file}: holds no table of ours; if it is another program's, name ours with -c, "
            "or let `enrich init` write an enrich.toml"
        )
    for table, content in data.items():
        place = f"{file}:{at.get((table,), 1)}"
        if table not in tables or not isinstance(content, dict):
            yield f"{place}: {_unknown_table(table, content, known)}"
            continue
        for key, value in content.items():
            place = f"{file}:{at.get((table, key), 1)}: [{table}] {key}"
            if f"{table}.{key}" == FOLDERS:
                yield from _from_folders(file, value, at, known)
            else:
                yield _from_line(_Given(table, key, value, place), known)


def _from_line(given: _Given, known: _Known) -> _Given | str:
    setting = known.get((given.table, given.key))
    if setting is None:
        return f"{given.where}: unknown key; {_nearest(given.table, given.key, known)}"
    if setting.is_secret:
        return f"{given.where}: is a secret, which no file beside pages should hold; set {setting.variable} instead"
    return given


def _from_folders(
    file: Path, value: object, at: Mapping[tuple[str, ...], int], known: _Known
) -> Iterator[_Given | str]:
    """Read the tables of `[[output.for]]`."""
    array = tuple(FOLDERS.split("."))
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        yield f"{file}:{at.get(array, 1)}: [output] for: wants tables: write [[output.for]] on a line of its own"
        return
    for index, content in enumerate(value):
        line = at.get((*array, str(index)), at.get(array, 1))
        if "path" not in content:
            yield f'{file}:{line}: [[{FOLDERS}]]: wants the pages it is for, such as path = "content/papers/**"'
        for key, each in content.items():
            place = f"{file}:{at.get((*array, str(index), key), line)}: [[{FOLDERS}]] {key}"
            yield _from_line(_Given(FOLDERS, key, each, place, index), known)


def _from_environment(env: Mapping[str, str], known: _Known) -> Iterator[_Given | str]:
    variables = {one.variable: one for one in known.values() if one.table != FOLDERS}
    for name in sorted(env):
        if not name.startswith(PREFIX) or "__" not in name:
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
    tables = sorted({name for name, _ in known if name != FOLDERS})
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
    others = {name: where for where, name in reversed([*known]) if where != FOLDERS}
    elsewhere = get_close_matches(key, others, 1, 0.75)
    if elsewhere:
        place = others[elsewhere[0]]
        return f'the nearest is "{elsewhere[0]}" in [{place}]'
    return f"its keys are {', '.join(own)}" if own else "every key of ours stands in a table, such as [pages]"
