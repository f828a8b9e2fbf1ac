//! Which feedback is open, as bits.
//!
//! A list of matches is narrowed to what is open without reading a row. The bits come in small blocks, so that a deed
//! writes one page; and where a deed notes anyway that a text is to be cut again, that stands for its bit as well, until both
//! are written down.

use std::ops::RangeInclusive;

use roaring::RoaringBitmap;
use rusqlite::params;

use crate::store::{Reader, Result, Writer};

/// How many local keys a block tells about.
const BLOCK: u32 = 4_096;

const BYTES: usize = BLOCK as usize / 8;

/// Those of a block.
type Bits = [u8; BYTES];

/// From so many keys of one block on, its rows are read in one go.
const MANY: usize = 32;

impl Writer<'_> {
    /// Writes the bits of feedback that may have become open or be so no longer.
    pub(super) fn settle_open(&self, feedback: &RoaringBitmap) -> Result<()> {
        let mut rest = feedback.iter().peekable();
        while let Some(first) = rest.peek() {
            let block = first / BLOCK;
            let mut changed = Vec::new();
            while let Some(local) = rest.next_if(|local| local / BLOCK == block) {
                changed.push(local);
            }
            let before = self.block(block)?;
            let mut now = before;
            if changed.len() >= MANY {
                now = [0; BYTES];
                let all = block * BLOCK..=block * BLOCK + (BLOCK - 1);
                for local in self.open_among(all)? {
                    set(&mut now, local, true);
                }
            } else {
                for local in changed {
                    let is_open = !self.open_among(local..=local)?.is_empty();
                    set(&mut now, local, is_open);
                }
            }
            if now != before {
                self.write_block(block, &now)?;
            }
        }
        Ok(())
    }

    /// Writes the bits of new feedback that is open.
    pub(super) fn settle_made_open(&self, feedback: &RoaringBitmap) -> Result<()> {
        let mut rest = feedback.iter().peekable();
        while let Some(first) = rest.peek() {
            let block = first / BLOCK;
            let mut bits = self.block(block)?;
            while let Some(local) = rest.next_if(|local| local / BLOCK == block) {
                set(&mut bits, local, true);
            }
            self.write_block(block, &bits)?;
        }
        Ok(())
    }

    fn write_block(&self, block: u32, bits: &Bits) -> Result<()> {
        self.run(
            "INSERT INTO open_feedback (block, bits) VALUES (?1, ?2)
             ON CONFLICT (block) DO UPDATE SET bits = excluded.bits",
            params![block, bits],
        )
        .map(drop)
    }
}

impl Reader<'_> {
    /// The bits of a block; of one that is not there, or has another size, those that there are.
    fn block(&self, block: u32) -> Result<Bits> {
        let sql = "SELECT bits FROM open_feedback WHERE block = ?1";
        let found: Option<Vec<u8>> = self.first(sql, [block], |row| row.get(0))?;
        let mut bits = [0; BYTES];
        for (bit, found) in bits.iter_mut().zip(found.unwrap_or_default()) {
            *bit = found;
        }
        Ok(bits)
    }

    /// The local keys of all open feedback, hidden ones included.
    pub(in crate::store) fn open_feedback(&self) -> Result<RoaringBitmap> {
        let sql = "SELECT block, bits FROM open_feedback ORDER BY block";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let (Ok(block), Ok(bits)) = (
                u32::try_from(row.get::<_, i64>(0)?),
                row.get_ref(1)?.as_blob(),
            ) else {
                continue;
            };
            let start = block as usize * BYTES;
            // As many bytes as there are blocks; a forged number makes no more.
            if start <= all.len() + MOST_GAP {
                all.resize(start, 0);
                all.extend_from_slice(&bits[..bits.len().min(BYTES)]);
            }
        }
        let mut open = RoaringBitmap::from_lsb0_bytes(0, &all);
        for local in self.put_off()? {
            match self.open_among(local..=local)?.is_empty() {
                true => open.remove(local),
                false => open.insert(local),
            };
        }
        Ok(open)
    }

    /// Which of these local keys are open, by the rows.
    fn open_among(&self, among: RangeInclusive<u32>) -> Result<Vec<u32>> {
        let sql = "SELECT id FROM feedback NOT INDEXED WHERE id BETWEEN ?1 AND ?2 AND state < 2 AND deleted = 0";
        self.collect(sql, [among.start(), among.end()], |row| row.get(0))
    }
}

/// How many bytes without a bit may lie between two blocks: as many as a hundred million local keys take.
const MOST_GAP: usize = 100_000_000 / 8;

/// Sets the bit of a local key in its block.
fn set(bits: &mut Bits, local: u32, is_open: bool) {
    let place = local % BLOCK;
    let bit = 1 << (place % 8);
    let byte = &mut bits[place as usize / 8];
    *byte = if is_open { *byte | bit } else { *byte & !bit };
}
