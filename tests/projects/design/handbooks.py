"""Handbooks of any content that people could have written."""

from random import Random

from hypothesis import strategies as st

from projects.design import tree
from projects.design.entries import CATALOGUE
from projects.design.vocabulary import CacheLayer
from tests.projects.design.fillers import PROSE_TEXTS, Filler


def handbooks(key: str = "payments", title: str = "Payments") -> st.SearchStrategy[tree.Handbook]:
    # A seed, as numbers drawn one by one could give two things one uid.
    return st.integers(0, 2**32 - 1).map(lambda seed: handbook(Random(seed), key, title))


def handbook(random: Random, key: str, title: str) -> tree.Handbook:
    filler = Filler(random)
    entries = filler.some([entry.key for entry in CATALOGUE], at_most=6)
    return tree.Handbook(
        project_key=key,
        project_title=title,
        conventions=filler.node(tree.Conventions),
        policies=policies(filler),
        access_roles=filler.nodes(tree.AccessRole, by="name"),
        metrics=filler.nodes(tree.Metric, by="name"),
        entries=tuple(tree.Entry(key=each, text=random.choice(PROSE_TEXTS)) for each in sorted(entries)),
    )


def policies(filler: Filler) -> tree.Policies:
    profiles = filler.nodes(tree.DatabaseProfile)
    return tree.Policies(
        databases=tuple(
            profile.with_values(
                is_primary=profile.is_primary and not place, environments=filler.nodes(tree.Environment, by="name")
            )
            for place, profile in enumerate(profiles)
        ),
        design=filler.node(tree.DesignPolicy),
        migration=filler.node(tree.MigrationPolicy),
        backup=filler.node(tree.BackupPolicy),
        schedules=filler.nodes(tree.PolicySchedule),
        caching=filler.node(tree.CachingPolicy, layers=filler.some(list(CacheLayer))),
        modelling=filler.node(tree.ModellingPolicy),
        retention_rules=filler.nodes(tree.RetentionRule, by="name"),
        protections=filler.nodes(tree.Protection, by="classification"),
    )
