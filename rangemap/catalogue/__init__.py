"""The catalogue: cited claims as frozen records, read from YAML that people edit by hand."""
