"""Pictures of a design: pure functions of Design, for pages, documents and readers who do not see.

Three doors for entities: `mermaid.er_diagrams` writes Mermaid text (`mermaid_words` its names, `areas` its parts),
`svg.draw` paints the entity relationship diagram, `words.describe` says it in sentences. All read relationships through
`links`.

The picture: `rows` says what stands in a box; `layout` where everything goes, in steps: `columns`, `wiring` (lines that
share a trunk), `ordering`, `heights`, `routing` (lanes), `paths`, and `packing` of what is not connected; `strokes`
paints the lines; `palette` holds the looks for page and print; `measure` knows how wide a text is.

Boxes and arrows: `sync_graph` and `topology_graph` make a `graph` of a design; `graph_mermaid` writes it,
`graph_layout` and `graph_svg` draw it. `grammar` says of any Mermaid text of ours whether Mermaid will take it.
"""
