"""How much data a design will hold: pure arithmetic on a Design, every figure with its formula.

`row_size` computes what a row and its index entries take in the chosen system (`postgresql`, `innodb`, `sqlite`,
`bson`, `values` for all others; `contents` has the assumptions on what has no fixed length), `rows` counts rows over
time, `volumes` puts both together for each entity, `stores` for each store, with restore time and kept backups,
`recovery` compares those with what is asked of them; `figures` writes numbers for people.
"""
