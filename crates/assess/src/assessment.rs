//! The verdict on every criterion, and what follows.

use crate::{
    measure::{Gap, Overflow, Reading, Share, Verdict, measure},
    reference::{Criterion, Operator, Procedure, Reference, ReferenceError, Threshold, nodes, texts},
    statement::{Fact, Statement},
    terms,
};
use oxrdf::{NamedNode, NamedOrBlankNode, Term};
use serde::Serialize;
use std::sync::Arc;
use viite_model::{Language, Names, State, ns};
use viite_query::facts::Facts;
use viite_store::Snapshot;

/// What an assessment is told.
#[derive(Clone, Debug)]
pub struct AssessOptions {
    /// The language of names.
    pub language: Language,
    /// The day on which it is made, `YYYY-MM-DD`: investments that ended before it are left out.
    pub today: String,
    /// Which reading of a cost over many years decides.
    pub share: Share,
    /// The region whose investments are assessed.
    pub region: NamedNode,
    /// Only what this description graph describes; none means everything that the region has.
    pub graph: Option<NamedNode>,
}

/// A thing of the reference or of a region, as a program and as a person names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// `s0:2.2-C1`, or an IRI in angle brackets.
    pub id: String,
    /// Its name in the language of the report.
    pub label: String,
}

/// All investments of a region, assessed.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The language of its texts.
    pub language: Language,
    /// The day on which it was made.
    pub today: String,
    /// Which reading decided.
    pub share: Share,
    /// The region.
    pub region: Named,
    /// By state and name.
    pub investments: Vec<InvestmentAssessment>,
}

/// One investment, set against the reference.
#[derive(Clone, Debug)]
pub struct InvestmentAssessment {
    /// Its IRI.
    pub investment: NamedNode,
    /// Its name.
    pub label: String,
    /// The state in which it is described.
    pub state: State,
    /// Where it stands in the file that it came from: `file:line`, `sheet!cell` or an identifier.
    pub source: Option<String>,
    /// Every criterion of the reference.
    pub criteria: Vec<CriterionResult>,
    /// Every procedure of the reference, whether it follows or not.
    pub procedures: Vec<ProcedureResult>,
}

impl InvestmentAssessment {
    /// Whether something beyond the region's own decision follows.
    pub fn verdict(&self) -> Verdict {
        let led = |procedure: &&ProcedureResult| !procedure.for_the_rest;
        Verdict::any(self.procedures.iter().filter(led).map(|procedure| procedure.verdict))
    }
}

/// A criterion's verdict, with how it came about.
#[derive(Clone, Debug)]
pub struct CriterionResult {
    /// The clause.
    pub criterion: Named,
    /// Where in the document it stands.
    pub place: Option<String>,
    /// The document's own reservation, such as *oftast*.
    pub qualifier: Option<String>,
    /// Whether a procedure of the reference asks for it; if not, it is there to compare with.
    pub decides: bool,
    /// The verdict.
    pub verdict: Verdict,
    /// The thresholds; any one of them is enough.
    pub thresholds: Vec<ThresholdResult>,
    /// The property that decides a criterion without a threshold.
    pub judged_by: Option<Named>,
    /// What is missing for a verdict.
    pub gaps: Vec<(Named, Gap)>,
}

/// A threshold's verdict.
#[derive(Clone, Debug)]
pub struct ThresholdResult {
    /// The threshold.
    pub threshold: Named,
    /// What is compared.
    pub quantity: Named,
    /// What it is a share of.
    pub relative_to: Option<Named>,
    /// How it is compared.
    pub operator: Operator,
    /// With what.
    pub limit: oxsdatatypes::Decimal,
    /// In which unit.
    pub unit: Named,
    /// One, or one for each way in which the source can be read.
    pub readings: Vec<Reading>,
    /// The verdict of the reading that decides.
    pub verdict: Verdict,
}

/// Whether a procedure follows, and what it means.
#[derive(Clone, Debug)]
pub struct ProcedureResult {
    /// The procedure.
    pub procedure: Named,
    /// Whether it is the one that follows when no other does.
    pub for_the_rest: bool,
    /// What happens in it.
    pub definition: String,
    /// Whether it follows; a missing fact leaves it open.
    pub verdict: Verdict,
    /// The criteria that lead to it here.
    pub because: Vec<Named>,
    /// What leaves it open: criteria without a verdict, and facts that are missing.
    pub open: Vec<Named>,
    /// Who acts, and who came after those that ended.
    pub actors: Vec<(Named, Vec<Named>)>,
    /// At which level it is decided.
    pub decision_level: Option<Named>,
    /// At which steps of the yearly clock, each with its season.
    pub steps: Vec<(Named, Option<Named>)>,
    /// Where the sources say so.
    pub clauses: Vec<Named>,
}

/// Why an assessment could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AssessError {
    /// The reference cannot be used.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// An amount is too large.
    #[error("{investment}: {error}")]
    Overflow {
        /// The investment.
        investment: String,
        /// Which amounts.
        error: Overflow,
    },
}

/// Sets every investment that a region describes against every criterion of the reference.
///
/// # Errors
/// The snapshot has no usable criteria, or an amount is beyond exact reckoning.
pub fn assess(snapshot: &Arc<Snapshot>, names: &Names, options: &AssessOptions) -> Result<Assessment, AssessError> {
    let facts = Facts::new(snapshot);
    let assessor = Assessor { reference: Reference::read(&facts)?, facts: &facts, options };
    let mut investments = Vec::new();
    for state in State::ALL {
        let graphs = assessor.graphs(names, state);
        let described = graphs.iter().filter(|graph| options.graph.as_ref().is_none_or(|only| only == *graph));
        let mut found: Vec<NamedNode> = described
            .flat_map(|graph| facts.subjects_in(ns::rdf::TYPE, terms::INVESTMENT.into(), graph.as_ref()))
            .filter_map(|subject| match subject {
                NamedOrBlankNode::NamedNode(node) => Some(node),
                NamedOrBlankNode::BlankNode(_) => None, // imports name every blank node
            })
            .filter(|investment| !assessor.ended(investment))
            .collect();
        found.sort();
        found.dedup();
        let mut assessed = found
            .into_iter()
            .map(|investment| assessor.investment(investment, state, &graphs))
            .collect::<Result<Vec<_>, _>>()?;
        assessed.sort_by(|a, b| (&a.label, &a.investment).cmp(&(&b.label, &b.investment)));
        investments.append(&mut assessed);
    }
    Ok(Assessment {
        language: options.language,
        today: options.today.clone(),
        share: options.share,
        region: assessor.named(&options.region),
        investments,
    })
}

struct Assessor<'a> {
    reference: Reference,
    facts: &'a Facts<'a>,
    options: &'a AssessOptions,
}

impl Assessor<'_> {
    /// The graphs that describe the region in a state.
    fn graphs(&self, names: &Names, state: State) -> Vec<NamedNode> {
        let provenance = names.provenance();
        let mut graphs: Vec<NamedNode> = self
            .facts
            .subjects_in(ns::rdf::TYPE, ns::viite::DESCRIPTION.into(), provenance.as_ref())
            .into_iter()
            .filter(|graph| {
                let has = |property, value: NamedNode| {
                    self.facts.objects_in(graph, property, provenance.as_ref()).contains(&Term::from(value))
                };
                has(ns::viite::IN_REGION, self.options.region.clone()) && has(ns::viite::STATE, state.iri())
            })
            .filter_map(|graph| match graph {
                NamedOrBlankNode::NamedNode(graph) => Some(graph),
                NamedOrBlankNode::BlankNode(_) => None,
            })
            .collect();
        graphs.sort();
        graphs
    }

    fn ended(&self, investment: &NamedNode) -> bool {
        texts(self.facts, investment, terms::VALID_UNTIL).iter().any(|day| *day < self.options.today)
    }

    fn investment(
        &self,
        investment: NamedNode,
        state: State,
        graphs: &[NamedNode],
    ) -> Result<InvestmentAssessment, AssessError> {
        let statement = Statement::of(self.facts, graphs, &investment, &self.options.region);
        let label = self.facts.label(&Term::from(investment.clone()), self.options.language);
        let criteria = self
            .reference
            .criteria
            .iter()
            .map(|criterion| self.criterion(criterion, &statement))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| AssessError::Overflow { investment: label.clone(), error })?;
        let verdict = |iri: &NamedNode| {
            let at = self.reference.criteria.iter().position(|criterion| criterion.iri == *iri);
            at.map_or(Verdict::DoesNotMeet, |at| criteria[at].verdict)
        };
        Ok(InvestmentAssessment {
            source: self.source(&investment),
            procedures: self.procedures(&verdict, &statement),
            label,
            investment,
            state,
            criteria,
        })
    }

    fn criterion(&self, criterion: &Criterion, statement: &Statement<'_>) -> Result<CriterionResult, Overflow> {
        let mut gaps: Vec<Gap> = Vec::new();
        let mut verdicts = Vec::new();
        let mut thresholds = Vec::new();
        for threshold in &criterion.thresholds {
            let readings = measure(threshold, statement)?;
            let decides = |reading: &&Reading| reading.share.is_none_or(|share| share == self.options.share);
            let deciding = readings.iter().find(decides);
            let verdict = deciding.map_or(Verdict::FactMissing, |reading| reading.verdict);
            gaps.extend(deciding.into_iter().flat_map(|reading| reading.gaps.iter().cloned()));
            verdicts.push(verdict);
            thresholds.push(self.threshold(threshold, readings, verdict));
        }
        if let Some(property) = &criterion.judged_by {
            verdicts.push(match statement.holds(property.as_ref(), criterion.value_class.as_ref()) {
                Fact::Known(true) => Verdict::Meets,
                Fact::Known(false) => Verdict::DoesNotMeet,
                Fact::Missing => {
                    gaps.push(Gap { property: property.clone(), fault: None });
                    Verdict::FactMissing
                }
                Fact::Unusable(fault) => {
                    gaps.push(Gap { property: property.clone(), fault: Some(fault) });
                    Verdict::FactMissing
                }
            });
        }
        let verdict = Verdict::any(verdicts);
        let first = |property| texts(self.facts, &criterion.iri, property).into_iter().next();
        Ok(CriterionResult {
            criterion: self.named(&criterion.iri),
            place: first(terms::PLACE),
            qualifier: first(terms::QUALIFIER),
            decides: self.reference.procedures.iter().any(|procedure| procedure.criteria.contains(&criterion.iri)),
            verdict,
            thresholds,
            judged_by: criterion.judged_by.as_ref().map(|property| self.named(property)),
            // A criterion that is met by one threshold lacks nothing.
            gaps: if verdict == Verdict::FactMissing {
                gaps.into_iter().map(|gap| (self.named(&gap.property), gap)).collect()
            } else {
                Vec::new()
            },
        })
    }

    fn threshold(&self, threshold: &Threshold, readings: Vec<Reading>, verdict: Verdict) -> ThresholdResult {
        ThresholdResult {
            threshold: self.named(&threshold.iri),
            quantity: self.named(&threshold.quantity),
            relative_to: threshold.relative_to.as_ref().map(|property| self.named(property)),
            operator: threshold.operator,
            limit: threshold.limit,
            unit: self.named(&threshold.unit),
            readings,
            verdict,
        }
    }

    fn procedures(&self, verdict: &dyn Fn(&NamedNode) -> Verdict, statement: &Statement<'_>) -> Vec<ProcedureResult> {
        let mut results: Vec<ProcedureResult> = Vec::new();
        for procedure in &self.reference.procedures {
            let led = Verdict::any(procedure.criteria.iter().map(verdict));
            let required =
                procedure.also_requires.iter().map(|property| match statement.yes_or_no(property.as_ref()) {
                    Fact::Known(true) => Verdict::Meets,
                    Fact::Known(false) => Verdict::DoesNotMeet,
                    Fact::Missing | Fact::Unusable(_) => Verdict::FactMissing,
                });
            let outcome = if procedure.criteria.is_empty() {
                // For the rest: it follows when no other does.
                match Verdict::any(results.iter().map(|result| result.verdict)) {
                    Verdict::Meets => Verdict::DoesNotMeet,
                    Verdict::DoesNotMeet => Verdict::Meets,
                    Verdict::FactMissing => Verdict::FactMissing,
                }
            } else {
                Verdict::all(required.clone().chain([led]))
            };
            let those = |wanted| {
                let criteria = procedure.criteria.iter().filter(move |criterion| verdict(criterion) == wanted);
                criteria.map(|criterion| self.named(criterion)).collect::<Vec<_>>()
            };
            let mut open = Vec::new();
            if outcome == Verdict::FactMissing {
                if led == Verdict::FactMissing {
                    open.extend(those(Verdict::FactMissing));
                }
                let missing = procedure
                    .also_requires
                    .iter()
                    .zip(required)
                    .filter(|(_, verdict)| *verdict == Verdict::FactMissing);
                open.extend(missing.map(|(property, _)| self.named(property)));
            }
            results.push(self.procedure(procedure, outcome, those(Verdict::Meets), open));
        }
        results
    }

    fn procedure(
        &self,
        procedure: &Procedure,
        verdict: Verdict,
        because: Vec<Named>,
        open: Vec<Named>,
    ) -> ProcedureResult {
        ProcedureResult {
            procedure: self.named(&procedure.iri),
            for_the_rest: procedure.criteria.is_empty(),
            definition: self.definition(&procedure.iri),
            verdict,
            because,
            open,
            actors: procedure
                .actors
                .iter()
                .map(|actor| {
                    let successors = nodes(self.facts, actor, terms::REPLACED_BY);
                    (self.named(actor), successors.iter().map(|successor| self.named(successor)).collect())
                })
                .collect(),
            decision_level: procedure.decision_level.as_ref().map(|level| self.named(level)),
            steps: procedure
                .steps
                .iter()
                .map(|step| {
                    let season = nodes(self.facts, step, terms::SEASON).into_iter().min();
                    (self.named(step), season.map(|season| self.named(&season)))
                })
                .collect(),
            clauses: procedure.clauses.iter().map(|clause| self.named(clause)).collect(),
        }
    }

    fn named(&self, node: &NamedNode) -> Named {
        Named {
            id: ns::shorten(node.as_str()),
            label: self.facts.label(&Term::from(node.clone()), self.options.language),
        }
    }

    fn source(&self, investment: &NamedNode) -> Option<String> {
        let first = |property| texts(self.facts, investment, property).into_iter().next();
        let file = first(ns::viite::SOURCE_FILE)?;
        let place = first(ns::viite::SOURCE_LINE).or_else(|| first(ns::viite::SOURCE_ID));
        Some(place.map_or_else(|| file.clone(), |place| format!("{file}:{place}")))
    }

    /// What the reference says of a thing, in the language of the report.
    fn definition(&self, node: &NamedNode) -> String {
        let wanted = self.options.language.tag();
        let mut texts: Vec<(bool, String)> = self
            .facts
            .objects(&node.clone().into(), ns::skos::DEFINITION)
            .into_iter()
            .filter_map(|term| match term {
                Term::Literal(literal) => Some((literal.language() != Some(wanted), literal.destruct().0)),
                _ => None,
            })
            .collect();
        texts.sort();
        texts.into_iter().next().map(|(_, text)| text).unwrap_or_default()
    }
}
