"""`enrich completion`: what makes a shell complete our commands, options and files."""

from __future__ import annotations

from typing import Final

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from enrich.command import base

_SHELLS: Final[dict[str, type[ShellComplete]]] = {
    "bash": BashComplete,
    "zsh": ZshComplete,
    "fish": FishComplete,
}


@click.command(
    epilog=base.examples(
        ('eval "$(enrich completion bash)"', "in ~/.bashrc"),
        ('eval "$(enrich completion zsh)"', "in ~/.zshrc"),
        ("enrich completion fish | source", "in ~/.config/fish/config.fish"),
    )
)
@click.argument("shell", type=click.Choice([*_SHELLS]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that lets a shell complete enrich."""
    script = _SHELLS[shell](context.find_root().command, {}, "enrich", "_ENRICH_COMPLETE")
    click.echo(script.source())
