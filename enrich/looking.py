"""What is looked for on which page, from the configuration and the memory."""

from __future__ import annotations

from pathlib import Path

from enrich.config import Config
from enrich.model.file import digest
from enrich.page.look import Terms
from enrich.page.profile import Profile, Wishes, keys_of, profile
from enrich.run.folders import Folders
from enrich.settings import Output
from enrich.store.memory import Memory


def folders(config: Config, memory: Memory) -> Folders:
    """Return what holds for each page; all of them are held by the keys of every profile, past or present."""
    outputs = [config.output, *(each.output for each in config.output.folders)]
    profiles = [_profile(output) for output in outputs]
    keys = {key for each in profiles for key in each.keys}
    keys |= {key for where in memory.places() for key in keys_of(where)}
    terms = [
        Terms(
            each,
            config.pages.own_key,
            output.create or None,
            all_links=config.links.check,
            pdf_hosts=config.pdf.hosts,
            held=tuple(sorted(keys)),
        )
        for each, output in zip(profiles, outputs, strict=True)
    ]
    paths = [each.path for each in config.output.folders]
    return Folders(terms[0], tuple(zip(paths, terms[1:], strict=True)))


def _profile(output: Output) -> Profile:
    return profile(
        output.profile,
        Wishes(
            output.key,
            output.fields,
            output.max_authors,
            authors=output.authors,
            hugoblox_ids=output.hugoblox_ids,
            quarto_citation=output.quarto_citation,
        ),
    )


def digest_of(folders: Folders) -> str:
    """Return a digest of what is looked for and of the code that looks: a page seen by other code is looked at anew."""
    here = Path(__file__).parent
    code = b"".join(
        file.read_bytes() for room in ("model", "page") for file in sorted((here / room).rglob("*.py"))
    )
    return digest(repr(folders.every).encode() + code)
