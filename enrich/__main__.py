"""`python -m enrich` is the same as `enrich`."""

from enrich.cli import main

main()
