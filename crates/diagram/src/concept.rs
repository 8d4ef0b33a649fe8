//! The concepts of ArchiMate: the colour of the layer, the shape and the sign in the corner of the box.

use crate::svg::{Canvas, INK, Rect, n};
use Layer::{Application, Business, Composite, Implementation, Motivation, Physical, Strategy, Technology};
use Outline::{Cut, Round, Sharp};

/// The layer or aspect that a concept belongs to; it gives the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layer {
    /// Goals, principles, requirements.
    Motivation,
    /// Capabilities, resources, courses of action.
    Strategy,
    /// Actors, processes, services to customers.
    Business,
    /// Information systems and the services that they give.
    Application,
    /// Nodes, system software, networks.
    Technology,
    /// Equipment, facilities.
    Physical,
    /// Projects, deliverables, plateaus.
    Implementation,
    /// What belongs to no layer: groups, places.
    Composite,
}

impl Layer {
    /// The colour that ArchiMate tools commonly give it.
    pub(crate) const fn color(self) -> &'static str {
        match self {
            Self::Motivation => "#ccccff",
            Self::Strategy => "#f5deaa",
            Self::Business => "#ffffb5",
            Self::Application => "#b5ffff",
            Self::Technology | Self::Physical => "#c9e7b7",
            Self::Implementation => "#ffe0e0",
            Self::Composite => "#f4f4f4",
        }
    }
}

/// The outline of a box: things have sharp corners, what happens has round ones, motives have cut ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outline {
    Sharp,
    Round,
    Cut,
}

/// A concept of ArchiMate 3.2.
#[derive(Clone, Copy, Debug)]
pub struct Concept {
    /// Its name in the standard: `ApplicationComponent`.
    pub name: &'static str,
    /// Its layer.
    pub layer: Layer,
    outline: Outline,
    /// The sign, a path in a square of 16 by 12.
    sign: &'static str,
}

impl PartialEq for Concept {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Concept {}

const fn concept(name: &'static str, layer: Layer, outline: Outline, sign: &'static str) -> Concept {
    Concept { name, layer, outline, sign }
}

const ACTOR: &str = "M8 4a2 2 0 1 0 0-4a2 2 0 0 0 0 4M8 4V8M4.5 6H11.5M8 8L5 12M8 8L11 12";
const ROLE: &str = "M3 2H12a2 4 0 0 1 0 8H3a2 4 0 0 1 0-8M12 2a2 4 0 0 0 0 8";
const COLLABORATION: &str = "M6 10a4 4 0 1 0 0-8a4 4 0 0 0 0 8M10 10a4 4 0 1 0 0-8a4 4 0 0 0 0 8";
const INTERFACE: &str = "M1 6H8M12 9a3.5 3 0 1 0 0-6a3.5 3 0 0 0 0 6";
const PROCESS: &str = "M1 4H9V1L15 6L9 11V8H1Z";
const FUNCTION: &str = "M3 3L8 0L13 3V12L8 9L3 12Z";
const INTERACTION: &str = "M7 1A5 5 0 0 0 7 11ZM9 1A5 5 0 0 1 9 11Z";
const EVENT: &str = "M1 1L4 6L1 11H11a4 5 0 0 0 0-10Z";
const SERVICE: &str = "M5 2H11a4 4 0 0 1 0 8H5a4 4 0 0 1 0-8Z";
const OBJECT: &str = "M1 1H15V11H1ZM1 4H15";
const COMPONENT: &str = "M4 0H15V12H4V9.5H1V7H4V5H1V2.5H4Z";
const NODE: &str = "M1 3L4 0H15V9L12 12H1ZM1 3H12V12M12 3L15 0";

/// Every element type of ArchiMate 3.2.
static CONCEPTS: &[Concept] = &[
    concept("ApplicationCollaboration", Application, Sharp, COLLABORATION),
    concept("ApplicationComponent", Application, Sharp, COMPONENT),
    concept("ApplicationEvent", Application, Round, EVENT),
    concept("ApplicationFunction", Application, Round, FUNCTION),
    concept("ApplicationInteraction", Application, Round, INTERACTION),
    concept("ApplicationInterface", Application, Sharp, INTERFACE),
    concept("ApplicationProcess", Application, Round, PROCESS),
    concept("ApplicationService", Application, Round, SERVICE),
    concept("Artifact", Technology, Sharp, "M3 0H10L13 3V12H3ZM10 0V3H13"),
    concept("Assessment", Motivation, Cut, "M8 8a4 4 0 1 0 0-8a4 4 0 0 0 0 8M5 7L1 12"),
    concept("BusinessActor", Business, Sharp, ACTOR),
    concept("BusinessCollaboration", Business, Sharp, COLLABORATION),
    concept("BusinessEvent", Business, Round, EVENT),
    concept("BusinessFunction", Business, Round, FUNCTION),
    concept("BusinessInteraction", Business, Round, INTERACTION),
    concept("BusinessInterface", Business, Sharp, INTERFACE),
    concept("BusinessObject", Business, Sharp, OBJECT),
    concept("BusinessProcess", Business, Round, PROCESS),
    concept("BusinessRole", Business, Sharp, ROLE),
    concept("BusinessService", Business, Round, SERVICE),
    concept("Capability", Strategy, Round, "M2 12V8H6V4H10V0H14V12ZM6 12V8H10V4H14"),
    concept("CommunicationNetwork", Technology, Sharp, "M4 2H14L12 10H2ZM4 2L12 10M14 2L2 10"),
    concept("Constraint", Motivation, Cut, "M4 2H15L12 10H1ZM6.5 2L3.5 10"),
    concept("Contract", Business, Sharp, "M1 1H15V11H1ZM1 4H15M1 8H15"),
    concept("CourseOfAction", Strategy, Round, "M12 6a3 3 0 1 0 0-6a3 3 0 0 0 0 6M1 12C2 8 5 5 8 4"),
    concept("DataObject", Application, Sharp, OBJECT),
    concept("Deliverable", Implementation, Sharp, "M1 1H15V9C11 7 6 13 1 10Z"),
    concept("Device", Technology, Sharp, "M3 1H13V9H3ZM3 9L1 12H15L13 9"),
    concept("DistributionNetwork", Physical, Sharp, "M4 3H12M4 9H12M5 0L1 6L5 12M11 0L15 6L11 12"),
    concept("Driver", Motivation, Cut, "M8 11a5 5 0 1 0 0-10a5 5 0 0 0 0 10M8 0V12M2 6H14M4 2L12 10M12 2L4 10"),
    concept("Equipment", Physical, Sharp, "M6 11a4 4 0 1 0 0-8a4 4 0 0 0 0 8M12 6a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5"),
    concept("Facility", Physical, Sharp, "M1 12V1H4V8L8 5V8L12 5V8L15 6V12Z"),
    concept("Gap", Implementation, Sharp, "M8 11a5 5 0 1 0 0-10a5 5 0 0 0 0 10M1 4.5H15M1 7.5H15"),
    concept("Goal", Motivation, Cut, "M8 12a6 6 0 1 0 0-12a6 6 0 0 0 0 12M8 9a3 3 0 1 0 0-6a3 3 0 0 0 0 6"),
    concept("Grouping", Composite, Sharp, "M1 4V1H8V4M1 4H15V12H1Z"),
    concept("ImplementationEvent", Implementation, Round, EVENT),
    concept("Junction", Composite, Round, ""),
    concept("Location", Composite, Sharp, "M8 12C5 8 4 6 4 4a4 4 0 0 1 8 0C12 6 11 8 8 12"),
    concept("Material", Physical, Sharp, "M4 11L1 6L4 1H12L15 6L12 11Z"),
    concept("Meaning", Motivation, Cut, "M4 9C0 9 0 4 3 4C4 0 11 0 12 3C16 4 15 9 11 9C9 11 6 11 4 9"),
    concept("Node", Technology, Sharp, NODE),
    concept("Outcome", Motivation, Cut, "M7 12a5.5 5.5 0 1 0 0-11a5.5 5.5 0 0 0 0 11M7 6L15 0"),
    concept("Path", Technology, Sharp, "M4 6H12M4 3L1 6L4 9M12 3L15 6L12 9"),
    concept("Plateau", Implementation, Sharp, "M4 2H15M2.5 6H13.5M1 10H12"),
    concept("Principle", Motivation, Cut, "M3 0H13V12H3ZM8 2V7.5M8 9V10.5"),
    concept("Product", Business, Sharp, "M1 1H15V11H1ZM1 4H8V1"),
    concept("Representation", Business, Sharp, "M1 1H15V9C11 7 6 13 1 10ZM1 4H15"),
    concept("Requirement", Motivation, Cut, "M4 2H15L12 10H1Z"),
    concept("Resource", Strategy, Sharp, "M1 2H13V10H1ZM13 4.5H15V7.5H13M4 4V8M7 4V8M10 4V8"),
    concept("Stakeholder", Motivation, Cut, ROLE),
    concept("SystemSoftware", Technology, Sharp, "M6.5 12a4.5 4.5 0 1 0 0-9a4.5 4.5 0 0 0 0 9M6 3a4.5 4.5 0 1 1 5 5"),
    concept("TechnologyCollaboration", Technology, Sharp, COLLABORATION),
    concept("TechnologyEvent", Technology, Round, EVENT),
    concept("TechnologyFunction", Technology, Round, FUNCTION),
    concept("TechnologyInteraction", Technology, Round, INTERACTION),
    concept("TechnologyInterface", Technology, Sharp, INTERFACE),
    concept("TechnologyProcess", Technology, Round, PROCESS),
    concept("TechnologyService", Technology, Round, SERVICE),
    concept("Value", Motivation, Cut, "M8 10a7 4 0 1 0 0-8a7 4 0 0 0 0 8"),
    concept("ValueStream", Strategy, Round, "M1 1H11L15 6L11 11H1L5 6Z"),
    concept("WorkPackage", Implementation, Round, "M4 4H12V1L15 4M4 4a4 4 0 1 0 4 4"),
];

/// Classes of Viite's vocabulary, with the concept that shows them.
const CLASSES: &[(&str, &str)] = &[
    ("Actor", "BusinessActor"),
    ("CollaborationArea", "BusinessCollaboration"),
    ("DataGroup", "BusinessObject"),
    ("DataStore", "DataObject"),
    ("Function", "BusinessFunction"),
    ("Guideline", "Principle"),
    ("InformationSystem", "ApplicationComponent"),
    ("Integration", "ApplicationInterface"),
    ("Measure", "CourseOfAction"),
    ("NationalService", "ApplicationService"),
    ("Process", "BusinessProcess"),
    ("Project", "WorkPackage"),
    ("Region", "BusinessActor"),
    ("Role", "BusinessRole"),
    ("Service", "BusinessService"),
    ("TechnologyComponent", "Node"),
    ("UserGroup", "BusinessRole"),
];

impl Concept {
    /// The concept with this name in ArchiMate 3.2, or that a class of Viite's vocabulary is shown as.
    ///
    /// ```
    /// use viite_diagram::{Concept, Layer};
    /// assert_eq!(Concept::named("InformationSystem").unwrap().name, "ApplicationComponent");
    /// assert_eq!(Concept::named("Node").unwrap().layer, Layer::Technology);
    /// assert_eq!(Concept::named("Wish"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        let name = CLASSES.iter().find(|(class, _)| *class == name).map_or(name, |(_, concept)| concept);
        CONCEPTS.iter().find(|concept| concept.name == name).copied()
    }

    /// Draws the empty box, with the sign in its corner.
    pub(crate) fn draw(self, canvas: &mut Canvas, at: Rect, fill: &str, ink: &str) {
        match self.outline {
            Sharp => canvas.rect(at, 0.0, fill, ink),
            Round => canvas.rect(at, 8.0, fill, ink),
            Cut => {
                let (x, y, r, b, c) = (at.x, at.y, at.right(), at.bottom(), 7.0);
                let corner = |x: f64, y: f64| format!("{} {}", n(x), n(y));
                let points = [
                    corner(x + c, y),
                    corner(r - c, y),
                    corner(r, y + c),
                    corner(r, b - c),
                    corner(r - c, b),
                    corner(x + c, b),
                    corner(x, b - c),
                    corner(x, y + c),
                ];
                canvas.path(&format!("M{}Z", points.join("L")), fill, ink, "");
            }
        }
        if !self.sign.is_empty() && at.w > 40.0 && at.h > 20.0 {
            let more =
                format!(" stroke-width=\"0.9\" transform=\"translate({} {})\"", n(at.right() - 20.0), n(at.y + 4.0));
            canvas.path(self.sign, "none", ink, &more);
        }
    }
}

/// How wide the sign in the corner is, with the air around it.
pub(crate) const SIGN: f64 = 22.0;

/// Draws a box for a thing: that of its concept, else a plain one.
pub(crate) fn draw(canvas: &mut Canvas, concept: Option<Concept>, at: Rect, fill: Option<&str>, ink: Option<&str>) {
    let ink = ink.unwrap_or(INK);
    match concept {
        Some(concept) => concept.draw(canvas, at, fill.unwrap_or(concept.layer.color()), ink),
        None => canvas.rect(at, 3.0, fill.unwrap_or(Composite.color()), ink),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_that_is_shown_has_a_concept_and_every_name_is_there_once() {
        for (class, concept) in CLASSES {
            assert!(Concept::named(class).is_some_and(|found| found.name == *concept), "{class}");
        }
        assert!(CONCEPTS.windows(2).all(|pair| pair[0].name < pair[1].name));
    }
}
