"""Run the command line without the installed script: `python -m infra.cli`."""

from infra.cli.root import main

main(prog_name="quipu")
