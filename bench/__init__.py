"""Programs that measure enrich. `python -m bench` prints all figures; each module runs alone as well."""
