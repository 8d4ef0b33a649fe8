//! The terms of SHACL.

use oxrdf::NamedNodeRef;

/// The namespace of SHACL.
pub(crate) const SH: &str = "http://www.w3.org/ns/shacl#";

macro_rules! terms {
    ($($constant:ident $name:literal)*) => {
        $(pub(crate) const $constant: NamedNodeRef<'static> =
            NamedNodeRef::new_unchecked(concat!("http://www.w3.org/ns/shacl#", $name));)*
    };
}

terms! {
    NODE_SHAPE "NodeShape"
    PROPERTY_SHAPE "PropertyShape"
    TARGET_NODE "targetNode"
    TARGET_CLASS "targetClass"
    TARGET_SUBJECTS_OF "targetSubjectsOf"
    TARGET_OBJECTS_OF "targetObjectsOf"
    PATH "path"
    INVERSE_PATH "inversePath"
    ALTERNATIVE_PATH "alternativePath"
    ZERO_OR_MORE_PATH "zeroOrMorePath"
    ONE_OR_MORE_PATH "oneOrMorePath"
    ZERO_OR_ONE_PATH "zeroOrOnePath"
    PROPERTY "property"
    NODE "node"
    NAME "name"
    MESSAGE "message"
    SEVERITY "severity"
    VIOLATION "Violation"
    DEACTIVATED "deactivated"
    FLAGS "flags"
    IGNORED_PROPERTIES "ignoredProperties"
    QUALIFIED_VALUE_SHAPE "qualifiedValueShape"
    QUALIFIED_MIN_COUNT "qualifiedMinCount"
    QUALIFIED_MAX_COUNT "qualifiedMaxCount"
    QUALIFIED_DISJOINT "qualifiedValueShapesDisjoint"
    VALIDATION_REPORT "ValidationReport"
    VALIDATION_RESULT "ValidationResult"
    CONFORMS "conforms"
    RESULT "result"
    DETAIL "detail"
    FOCUS_NODE "focusNode"
    RESULT_PATH "resultPath"
    RESULT_MESSAGE "resultMessage"
    RESULT_SEVERITY "resultSeverity"
    SOURCE_SHAPE "sourceShape"
    SOURCE_CONSTRAINT_COMPONENT "sourceConstraintComponent"
    VALUE "value"
}
