//! The terms of the vocabulary that assessing needs.

use oxrdf::NamedNodeRef;

macro_rules! terms {
    ($($name:ident = $local:literal;)*) => {
        $(pub(crate) const $name: NamedNodeRef<'static> =
            NamedNodeRef::new_unchecked(concat!("https://w3id.org/viite/ns#", $local));)*
    };
}

terms! {
    ACQUIRES = "acquires";
    ACTOR = "actor";
    ALSO_REQUIRES = "alsoRequires";
    CLAUSE = "clause";
    CONTRACT_FOR = "contractFor";
    CRITERION = "criterion";
    CRITERION_CLASS = "InvestmentCriterion";
    DECISION_LEVEL = "decisionLevel";
    INVESTMENT = "Investment";
    JUDGED_BY = "judgedBy";
    NOTHING = "Nothing";
    OPERATOR = "operator";
    ORDER = "order";
    PLACE = "place";
    PROCEDURE = "AssessmentProcedure";
    QUALIFIER = "qualifier";
    QUANTITY = "quantity";
    RELATIVE_TO = "relativeTo";
    REPLACED_BY = "replacedBy";
    SEASON = "season";
    SPREAD_OVER = "spreadOver";
    THRESHOLD = "threshold";
    UNIT = "unit";
    VALID_UNTIL = "validUntil";
    VALUE = "value";
    VALUE_CLASS = "valueClass";
    YEARLY_STEP = "yearlyStep";
}
