"""The synchronization graph and the replication topology: as Mermaid text, as a picture and in words."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from merman import Merman

from projects.design.tree import (
    Component,
    ComponentAccess,
    DataElement,
    Design,
    ReplicationNode,
    SharedData,
    Store,
    SyncStrategy,
)
from projects.design.vocabulary import Access, NodeRole, StoreKind
from projects.diagrams.grammar import refusal
from projects.diagrams.graph import Graph
from projects.diagrams.graph_layout import Box, lay_out_graph
from projects.diagrams.graph_mermaid import graph_text, parts_of
from projects.diagrams.graph_svg import draw_graph
from projects.diagrams.mermaid import er_diagrams
from projects.diagrams.palette import PRINT
from projects.diagrams.sync_graph import shared_elements, sync_graph
from projects.diagrams.topology_graph import topology_graphs
from tests.examples import at_most
from tests.projects.diagrams.designs import IDENTITY, uid
from tests.projects.diagrams.strategies import NAMES, any_design

POSTGRES = Store(uid=uid("postgres"), name="PostgreSQL 16", kind=StoreKind.RELATIONAL)
FOLDERS = [folder for folder in os.environ.get("MERMAID_NODE_MODULES", "").split(os.pathsep) if folder]
SCRIPT = Path(__file__).with_name("real_mermaid_graph.mjs")


def design(**parts: Any) -> Design:
    return Design(identity=IDENTITY, **parts)


def element(name: str) -> DataElement:
    return DataElement(uid=uid("element", name), name=name, store=POSTGRES.uid)


def access(component: str, what: str, kind: Access, *, is_owner: bool = False) -> ComponentAccess:
    return ComponentAccess(
        uid=uid("access", component, what),
        component=uid("component", component),
        data_element=uid("element", what),
        access=kind,
        is_owner=is_owner,
    )


def node(name: str, place: str, source: str = "", *, is_synchronous: bool = False) -> ReplicationNode:
    return ReplicationNode(
        uid=uid("node", name),
        store=POSTGRES.uid,
        name=name,
        role=NodeRole.FOLLOWER if source else NodeRole.LEADER,
        location=place,
        replicates_from=uid("node", source) if source else None,
        is_synchronous=is_synchronous,
    )


SHARED = design(
    stores=(POSTGRES,),
    data_elements=(element("Refund"), element("Audit entry"), element("Draft")),
    components=tuple(Component(uid=uid("component", name), name=name) for name in ("API", "Worker", "Console")),
    sync_strategies=(SyncStrategy(uid=uid("outbox"), name="Outbox"),),
    shared_data=(SharedData(uid=uid("shared"), data_element=uid("element", "Refund"), strategy=uid("outbox")),),
    component_accesses=(
        access("API", "Refund", Access.BOTH, is_owner=True),
        access("Worker", "Refund", Access.WRITES),
        access("Console", "Refund", Access.READS),
        access("Worker", "Audit entry", Access.WRITES, is_owner=True),
        access("Console", "Audit entry", Access.READS),
        access("API", "Draft", Access.BOTH),
    ),
)
COPIED = design(
    stores=(POSTGRES,),
    replication_nodes=(
        node("pg-1", "Frankfurt"),
        node("pg-2", "frankfurt ", "pg-1", is_synchronous=True),
        node("pg-3", "Dublin", "pg-1"),
        node("pg-4", "Paris", "pg-3"),
        node("pg-5", "Paris", "pg-1"),
        node("pg-6", ""),
    ),
)


def sync_text(found: Design) -> str:
    graph = sync_graph(found)
    assert graph is not None
    return graph_text(graph)


def test_data_that_one_component_alone_works_with_is_not_shared() -> None:
    assert [each.name for each in shared_elements(SHARED)] == ["Refund", "Audit entry"]


def test_reading_writing_and_owning_are_told_apart() -> None:
    text = sync_text(SHARED)
    assert 'n1["API"]' in text
    assert '  subgraph g1["PostgreSQL 16"]\n    n4[("Refund<br/>Outbox")]' in text
    assert 'n4 <==>|"owns, reads and writes"| n1' in text
    assert 'n2 -->|"writes"| n4' in text
    assert 'n4 -->|"reads"| n3' in text
    assert 'n2 ==>|"owns and writes"| n5' in text


def test_the_graph_says_its_arrows_in_sentences() -> None:
    graph = sync_graph(SHARED)
    assert graph is not None
    assert graph.sentences()[:2] == ["3 components and 2 shared data elements.", "API owns, reads and writes Refund."]


def test_there_is_no_graph_without_components_or_nodes() -> None:
    assert sync_graph(design()) is None
    assert topology_graphs(design(stores=(POSTGRES,))) == ()


def test_nodes_stand_in_their_locations_and_follow_their_sources() -> None:
    (graph,) = topology_graphs(COPIED)
    text = graph_text(graph)
    assert text.count("subgraph") == 4
    assert '  subgraph g1["Frankfurt"]\n    n1[("pg-1<br/>Leader")]\n    n2[("pg-2<br/>Follower")]' in text
    assert 'n1 -->|"synchronous"| n2' in text
    assert 'n1 -.->|"asynchronous"| n3' in text
    assert "pg-4 in Paris replicates from pg-3, asynchronous." in graph.sentences()


def test_servers_in_a_ring_are_drawn() -> None:
    ring = design(stores=(POSTGRES,), replication_nodes=(node("a", "A", "b"), node("b", "B", "a"), node("c", "C", "c")))
    (graph,) = topology_graphs(ring)
    assert len(lay_out_graph(graph).wires) == 3


@pytest.mark.parametrize("graph", [sync_graph(SHARED), *topology_graphs(COPIED)])
def test_no_box_covers_another_and_all_are_inside(graph: Graph) -> None:
    layout = lay_out_graph(graph)
    lanes = [lane for wire in layout.wires for lane in wire.lanes]
    boxes = [*layout.boxes, *lanes]
    assert not [(one, other) for place, one in enumerate(boxes) for other in boxes[place + 1 :] if covers(one, other)]
    assert all(box.x >= 0 and box.x + box.width <= layout.width for box in boxes)
    assert all(box.y >= 0 and box.y + box.height <= layout.height for box in boxes)


def covers(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    above = one.y + one.height <= other.y or other.y + other.height <= one.y
    return not (beside or above)


def test_the_picture_has_a_title_and_says_the_same_in_words() -> None:
    graph = sync_graph(SHARED)
    assert graph is not None
    picture = ElementTree.fromstring(draw_graph(graph))
    title, about = (picture.findtext(f"{{http://www.w3.org/2000/svg}}{name}") or "" for name in ("title", "desc"))
    assert picture.get("role") == "img"
    assert title.startswith("Data synchronization of")
    assert "Console reads Audit entry." in about


def test_on_paper_the_picture_brings_its_colours() -> None:
    graph = sync_graph(SHARED)
    assert graph is not None
    assert "class=" in draw_graph(graph)
    assert "class=" not in draw_graph(graph, theme=PRINT)


def test_a_large_graph_comes_in_parts_that_hold_all_of_it() -> None:
    components = tuple(Component(uid=uid("component", n), name=f"Component {n}") for n in range(60))
    elements = tuple(element(f"Element {n}") for n in range(20))
    accesses = tuple(
        ComponentAccess(uid=uid("access", a.uid, b.uid), component=a.uid, data_element=b.uid)
        for a in components
        for b in elements
    )
    graph = sync_graph(
        design(stores=(POSTGRES,), components=components, data_elements=elements, component_accesses=accesses)
    )
    assert graph is not None
    parts = parts_of(graph)
    assert [refusal(graph_text(part)) for part in parts] == [""] * len(parts)
    assert sum(len(part.edges) for part in parts) == 1200
    assert parts[0].title.endswith(f"part 1 of {len(parts)}")


@st.composite
def any_graphs(draw: st.DrawFn) -> list[Graph]:
    name, numbers = NAMES, range(draw(st.integers(1, 4)))
    store = Store(uid=uid("any"), name=draw(name), kind=StoreKind.RELATIONAL)
    components = tuple(Component(uid=uid("c", n), name=draw(name)) for n in numbers)
    elements = tuple(
        DataElement(uid=uid("e", n), name=draw(name), store=draw(st.sampled_from((None, store.uid)))) for n in numbers
    )
    strategy = SyncStrategy(uid=uid("s"), name=draw(name))
    found = design(
        stores=(store,),
        components=components,
        data_elements=elements,
        sync_strategies=(strategy,),
        shared_data=tuple(
            SharedData(uid=uid("sd", e.uid), data_element=e.uid, strategy=strategy.uid) for e in elements
        ),
        component_accesses=tuple(
            ComponentAccess(
                uid=uid("a", n),
                component=components[n].uid,
                data_element=draw(st.sampled_from(elements)).uid,
                access=draw(st.sampled_from(Access)),
                is_owner=draw(st.booleans()),
            )
            for n in numbers
        ),
        replication_nodes=tuple(
            ReplicationNode(
                uid=uid("n", n),
                store=store.uid,
                name=draw(name),
                location=draw(name | st.just("")),
                replicates_from=draw(st.none() | st.sampled_from([UUID(str(uid("n", m))) for m in numbers])),
                is_synchronous=draw(st.booleans()),
            )
            for n in numbers
        ),
    )
    graph = sync_graph(found)
    return [*([graph] if graph else []), *topology_graphs(found)]


@settings(max_examples=at_most(40), deadline=None)
@given(any_graphs())
def test_any_names_make_text_that_is_accepted_and_a_picture_that_is_xml(graphs: list[Graph]) -> None:
    for graph in graphs:
        text = graph_text(graph)
        assert refusal(text) == ""
        assert Merman().validate(text, None).valid
        ElementTree.fromstring(draw_graph(graph))
        ElementTree.fromstring(draw_graph(graph, theme=PRINT))


@settings(max_examples=at_most(40), deadline=None)
@given(any_design())
def test_the_grammar_accepts_what_is_written_of_any_entities(found: Design) -> None:
    assert [refusal(diagram.text) for diagram in er_diagrams(found)] == [""] * len(er_diagrams(found))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "flowchart TB\n  n1",
        'graph LR\n  n1["a]',
        'graph LR\n  subgraph g1["a"]\n    n1["b"]\n',
        'graph LR\n  n1["a"]\n  end\n',
        "erDiagram\n  refunds {\n",
        "erDiagram\n  refunds {\n  id uuid PK\n  }\n  }\n",
        'erDiagram\n  two words ||--o{ refunds : "x"\n',
        "erDiagram\n" + '  a ||--o{ b : "x"\n' * 501,
        "erDiagram\n" + '  a["' + "x" * 50_000 + '"]\n',
    ],
)
def test_the_grammar_refuses_what_mermaid_refuses(text: str) -> None:
    assert refusal(text)
    assert not re.search(r"Traceback|None", refusal(text))


@pytest.fixture(scope="module")
def any_texts() -> list[str]:
    texts = [sync_text(SHARED), *(graph_text(graph) for graph in topology_graphs(COPIED))]

    @settings(max_examples=at_most(100), deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(any_graphs())
    def gather(graphs: list[Graph]) -> None:
        texts.extend(graph_text(graph) for graph in graphs)

    gather()
    return texts


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
@pytest.mark.skipif(not FOLDERS, reason="MERMAID_NODE_MODULES names no folder with the npm package mermaid")
@pytest.mark.parametrize("folder", FOLDERS)
def test_mermaid_reads_every_node_line_and_frame(folder: str, any_texts: list[str]) -> None:
    expected = [
        [len(re.findall(r"^ +n\d+\[", text, re.MULTILINE)), text.count("| n"), text.count("subgraph")]
        for text in any_texts
    ]
    assert read_by_mermaid(folder, any_texts) == expected


def read_by_mermaid(folder: str, texts: list[str]) -> list[Any]:
    answer = subprocess.run(
        ["node", str(SCRIPT), str(Path(folder).resolve())],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return list(json.loads(answer.stdout))
