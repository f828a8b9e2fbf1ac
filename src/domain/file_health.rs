//! Whether a workspace file is well.

/// What a file says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileHealth {
    /// The version of SQLite that is built in.
    pub library: &'static str,
    /// The version of the schema.
    pub schema: i64,
    /// What SQLite finds wrong with the file's structure; empty when it is sound.
    pub damage: Vec<String>,
    /// Whether all of that is in what can be computed anew: derived tables and indexes.
    pub can_be_remade: bool,
    /// Bytes of the file, the log apart.
    pub bytes: u64,
    /// Bytes of it that are free and will be used again.
    pub free: u64,
}

/// Whether the search index says what the rows say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchHealth {
    /// How much feedback there is that is not deleted.
    pub feedback: u64,
    /// Thereof so many had their words compared.
    pub looked_at: u64,
    /// What the index says otherwise, in words; empty when they agree.
    pub faults: Vec<String>,
}
