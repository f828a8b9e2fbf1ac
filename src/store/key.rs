//! Identities as the tables keep them.

use uuid::Uuid;

/// How far the bytes of an identity are rotated in a `key` column.
///
/// The random bytes come first then, so that one index finds a thing by its identity and by the short id a person types.
const ROTATION: usize = 9;

/// The key of a row within this file: serves joins and lists, and never leaves the store and history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalId(pub i64);

impl rusqlite::ToSql for LocalId {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(self.0.into())
    }
}

impl rusqlite::types::FromSql for LocalId {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

/// A row by both its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Within this file.
    pub local: LocalId,
    /// Everywhere and for ever.
    pub id: Uuid,
}

/// What the `key` column holds for an identity.
#[must_use]
pub(super) fn to_blob(id: Uuid) -> [u8; 16] {
    let mut bytes = id.into_bytes();
    bytes.rotate_left(ROTATION);
    bytes
}

/// The identity that a `key` column holds; the inverse of [`to_blob`].
#[must_use]
pub(super) fn from_blob(mut bytes: [u8; 16]) -> Uuid {
    bytes.rotate_right(ROTATION);
    Uuid::from_bytes(bytes)
}

/// Reads an identity out of column `index` of a row.
pub(super) fn identity(row: &rusqlite::Row<'_>, index: usize) -> rusqlite::Result<Uuid> {
    row.get(index).map(from_blob)
}

/// Reads an identity, or nothing, out of column `index` of a row.
pub(super) fn optional_identity(
    row: &rusqlite::Row<'_>,
    index: usize,
) -> rusqlite::Result<Option<Uuid>> {
    Ok(row.get::<_, Option<[u8; 16]>>(index)?.map(from_blob))
}

/// Reads a [`Key`] out of columns `index` (local) and `index + 1` (key blob).
pub(super) fn both(row: &rusqlite::Row<'_>, index: usize) -> rusqlite::Result<Key> {
    Ok(Key {
        local: row.get(index)?,
        id: identity(row, index + 1)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::random_bits;

    #[test]
    fn the_random_bytes_come_first_and_the_way_back_is_exact() {
        let id = Uuid::from_u128(0x0011_2233_4455_6677_8899_aabb_ccdd_eeff);
        let blob = to_blob(id);
        assert_eq!(blob[..7], random_bits(id).to_be_bytes()[1..]);
        assert_eq!(from_blob(blob), id);
    }
}
