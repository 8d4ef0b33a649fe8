//! What can be wrong with a file of shapes.

/// A file of shapes that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ShapesError {
    /// The file is not RDF; the parser tells the line and column.
    #[error("{file}: {source}")]
    Syntax {
        /// The file, as the caller calls it.
        file: String,
        /// What the parser says.
        source: oxrdfio::RdfParseError,
    },
    /// A shape breaks a syntax rule of SHACL.
    #[error("{file}: shape {shape}: {what}")]
    IllFormed {
        /// The file, as the caller calls it.
        file: String,
        /// The shape, or the named shape that it is a part of.
        shape: String,
        /// What is wrong and what to write.
        what: String,
    },
}
