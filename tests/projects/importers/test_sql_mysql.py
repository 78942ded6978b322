"""MySQL's and MariaDB's definitions: dumps, phpMyAdmin's way, and what people write by hand."""

from projects.design.vocabulary import LINE_LENGTH
from tests.projects.importers.reading import (
    checks_of,
    counts,
    defaults_of,
    entity,
    generated_in,
    index,
    keys_of,
    parts_of,
    read,
    references_of,
    required_in,
    types_of,
)

ORDERS = r"""/*!999999\- enable the sandbox mode */
-- MySQL dump 10.13  Distrib 8.0.33, for Linux (x86_64)
/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
CREATE DATABASE /*!32312 IF NOT EXISTS*/ `shop` /*!40100 DEFAULT CHARACTER SET utf8mb4 */;
USE `shop`;
DROP TABLE IF EXISTS `orders`;
CREATE TABLE `orders` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT COMMENT 'the ''number''; really',
  `user_id` int(11) DEFAULT NULL,
  `state` enum('new','pa''id','it\'s; done') COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT 'new',
  `total` decimal(10, 2) unsigned zerofill NOT NULL DEFAULT '0.00',
  `gross` decimal(10,2) GENERATED ALWAYS AS ((`total` * 1.19)) VIRTUAL,
  `changed` timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  `secret` varbinary(16) /*!80023 INVISIBLE */ DEFAULT NULL,
  `place` point NOT NULL /*!80003 SRID 4326 */,
  `token` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (uuid()),
  `body` text,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uk_state` (`user_id`,`state`) USING BTREE,
  UNIQUE KEY `uk_body` (`body`(20)),
  KEY `by_total` (`total` DESC,`changed`) COMMENT 'largest first',
  KEY `by_word` ((lower(`body`))),
  FULLTEXT KEY `words` (`body`) /*!50100 WITH PARSER `ngram` */,
  SPATIAL KEY `places` (`place`),
  KEY `heads` (`body`(10)),
  CONSTRAINT `fk_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT `positive` CHECK ((`total` >= 0))
) ENGINE=InnoDB AUTO_INCREMENT=17 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='All orders; ever'
/*!50100 PARTITION BY HASH (`id`) PARTITIONS 4 */;
LOCK TABLES `orders` WRITE;
/*!40000 ALTER TABLE `orders` DISABLE KEYS */;
INSERT INTO `orders` VALUES (1,'a\'; CREATE TABLE evil (x int);');
UNLOCK TABLES;
# a comment; of a kind
CREATE TABLE users (id int KEY, name varchar(20) DEFAULT "x;y", parent int, INDEX (parent),
  CONSTRAINT FOREIGN KEY (parent) REFERENCES users(id)) ENGINE=InnoDB;
DELIMITER ;;
CREATE DEFINER=`root`@`localhost` TRIGGER `t` BEFORE INSERT ON `orders` FOR EACH ROW BEGIN SET NEW.total = 0; END;;
DELIMITER ;
"""


def test_everything_is_counted() -> None:
    found = read(ORDERS)
    assert found.dialect == "mysql"
    assert counts(found) == (2, 13, 2, 6)
    assert found.checks == 1


def test_every_statement_is_taken_or_skipped() -> None:
    found = read(ORDERS)
    assert (found.statements, found.taken) == (11, 3)
    assert [each.line for each in found.skipped] == [3, 4, 6, 30, 31, 32, 33, 38]


def test_the_only_database_in_use_is_not_repeated_in_names() -> None:
    assert [each.full_name for each in read(ORDERS).design.entities] == ["orders", "users"]


def test_types_are_kept_as_typed() -> None:
    types = types_of(read(ORDERS).design, "orders")
    assert types["id"] == "bigint unsigned"
    assert types["state"] == r"enum('new','pa''id','it\'s; done')"
    assert types["total"] == "decimal(10,2) unsigned zerofill"
    assert (types["changed"], types["token"], types["secret"]) == ("timestamp(6)", "char(36)", "varbinary(16)")


def test_rules_hold_what_happens_on_update_and_collations_other_than_the_tables() -> None:
    rules = {field.name: field.rule for field in entity(read(ORDERS).design, "orders").fields if field.rule}
    assert rules == {"changed": "ON UPDATE CURRENT_TIMESTAMP(6)", "token": "COLLATE ascii_bin"}


def test_defaults_numbering_and_computed_fields() -> None:
    design = read(ORDERS).design
    assert defaults_of(design, "orders") == {
        "state": "'new'",
        "total": "'0.00'",
        "gross": "`total` * 1.19",
        "changed": "CURRENT_TIMESTAMP(6)",
        "token": "(uuid())",
    }
    assert generated_in(design, "orders") == {"id": "identity", "gross": "computed"}
    assert required_in(design, "users") == {"id"}


def test_unique_keys_in_a_table_are_keys_and_lost_prefixes_are_listed() -> None:
    found = read(ORDERS)
    assert keys_of(found.design, "orders") == [
        ("primary", "", ["id"]),
        ("unique", "uk_state", ["user_id", "state"]),
        ("unique", "uk_body", ["body"]),
    ]
    assert [(each.line, each.statement) for each in found.left_out] == [(20, "`body`(20)")]


def test_keys_in_a_table_are_indexes() -> None:
    design = read(ORDERS).design
    assert parts_of(design, "by_total") == [("total", "", "desc"), ("changed", "", "asc")]
    assert index(design, "by_total").purpose == "largest first"
    assert parts_of(design, "by_word") == [(None, "(lower(`body`))", "asc")]
    assert (index(design, "words").method, index(design, "places").method) == ("text", "geospatial")
    assert parts_of(design, "heads") == [("body", "`body`(10)", "asc")]
    assert parts_of(design, "users_parent_idx") == [("parent", "", "asc")]


def test_foreign_keys_and_checks() -> None:
    design = read(ORDERS).design
    assert references_of(design, "orders") == ["fk_user: user_id -> users(id), 1:N, delete set-null, update cascade"]
    assert references_of(design, "users") == ["-: parent -> users(id), 1:N"]
    assert checks_of(design, "orders") == [("positive", "`total` >= 0")]


def test_comments_become_purposes_and_descriptions() -> None:
    orders = entity(read(ORDERS).design, "orders")
    assert (orders.purpose, orders.fields[0].description) == ("All orders; ever", "the 'number'; really")


def test_phpmyadmin_adds_keys_and_numbering_in_later_statements() -> None:
    found = read(
        "-- phpMyAdmin SQL Dump\nCREATE TABLE `a` (`id` int(11) NOT NULL, `b` int(11) DEFAULT NULL) ENGINE=InnoDB;\n"
        "ALTER TABLE `a` ADD PRIMARY KEY (`id`), ADD UNIQUE KEY `u` (`b`), ADD KEY `k` (`b`,`id`);\n"
        "ALTER TABLE `a` MODIFY `id` int(11) NOT NULL AUTO_INCREMENT, AUTO_INCREMENT=31;\n"
        "ALTER TABLE `a` ADD CONSTRAINT `f` FOREIGN KEY (`b`) REFERENCES `a` (`id`) ON DELETE CASCADE;"
    )
    assert keys_of(found.design, "a") == [("primary", "", ["id"]), ("unique", "u", ["b"])]
    assert generated_in(found.design, "a") == {"id": "identity"}
    assert references_of(found.design, "a") == ["f: b -> a(id), 1:0..1, delete cascade"]
    assert (found.indexes, found.skipped, found.left_out) == (1, (), ())


def test_two_databases_in_one_file_stay_apart() -> None:
    found = read(
        "USE a;\nCREATE TABLE t (id int PRIMARY KEY) ENGINE=InnoDB;\nUSE b;\n"
        "CREATE TABLE t (id int REFERENCES t (id)) ENGINE=InnoDB;"
    )
    assert [each.full_name for each in found.design.entities] == ["a.t", "b.t"]
    assert references_of(found.design, "b.t") == ["-: id -> b.t(id), 1:N"]


def test_a_list_of_values_too_long_for_a_type_becomes_a_type_with_a_name() -> None:
    values = [f"value number {number}" for number in range(30)]
    listed = ",".join(f"'{value}'" for value in values)
    found = read(f"CREATE TABLE `t` (`kind` enum({listed}) NOT NULL) ENGINE=InnoDB;")
    assert len(listed) > LINE_LENGTH
    assert types_of(found.design, "t") == {"kind": "t_kind"}
    assert [(each.name, each.values) for each in found.design.types] == [("t_kind", tuple(values))]


def test_checks_and_functions_of_mariadb_are_taken() -> None:
    found = read(
        "-- MariaDB dump\nCREATE TABLE `t` (`j` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL "
        "CHECK (json_valid(`j`)), `ts` timestamp NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(), "
        "`vector` blob);"
    )
    assert checks_of(found.design, "t") == [("", "json_valid(`j`)")]
    assert entity(found.design, "t").fields[1].rule == "ON UPDATE current_timestamp()"
    assert types_of(found.design, "t")["vector"] == "blob"


def test_like_copies_all_but_foreign_keys() -> None:
    found = read(
        "CREATE TABLE `a` (id int AUTO_INCREMENT PRIMARY KEY, b int REFERENCES a (id), KEY k (b));\n"
        "CREATE TABLE c LIKE a;"
    )
    assert counts(found) == (2, 4, 1, 2)
    assert generated_in(found.design, "c") == {"id": "identity"}
