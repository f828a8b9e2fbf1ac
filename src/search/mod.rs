//! Text into terms, for search and ranking; pure.
