"""Tells amounts of money from other numbers by the words around them."""

from enum import StrEnum

from projects.checks.grammatical_number import singular_word
from projects.checks.words import word_set, words_of
from projects.design.tree import Entity, EntityField
from projects.design.vocabulary import Sensitivity


class Money(StrEnum):
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


SURE_WORDS = word_set(
    "price cost fee salary wage revenue tax vat turnover subtotal cashback currency money dollar euro cent "
    "refund payment payout deposit rent premium surcharge tip budget msrp income expense profit loan debt"
)
# Of money where money is what the entity is about; of other things elsewhere.
POSSIBLE_WORDS = word_set(
    "amount total balance sum value credit debit charge discount paid due spend spent limit rebate gross net"
)
MONEY_ENTITIES = SURE_WORDS | word_set(
    "order invoice ledger transaction account billing bill sale purchase subscription charge wallet payroll "
    "quote receipt statement bank entry"
)
OTHER_QUANTITIES = word_set(
    "rate ratio percent percentage factor score weight probability count quantity distance duration seconds "
    "minutes hours days ml cl liter litre kg g gram km m meter metre latitude longitude index confidence share "
    "level temperature elasticity sensitivity multiplier id"
)


def money_in(entity: Entity, field: EntityField) -> Money:
    words = {singular_word(word) for word in words_of(field.name)} | set(words_of(field.name))
    if words & OTHER_QUANTITIES:
        return Money.NO
    if field.sensitivity is Sensitivity.FINANCIAL or words & SURE_WORDS:
        return Money.YES
    if not words & POSSIBLE_WORDS:
        return Money.NO
    about = {singular_word(word) for word in words_of(entity.name)}
    has_currency = any("currency" in words_of(other.name) for other in entity.fields)
    return Money.YES if has_currency or about & MONEY_ENTITIES else Money.MAYBE
