//! Whether the write-ahead log beside a file is of that file.
//!
//! SQLite puts a log into whatever file lies beside it under its name. After a crash the log holds work, and where somebody then
//! puts a copy of the workspace into the place of the file, pages of two states are mixed: damage that nothing reports until
//! much later. The log does not say of which file it is, but two things follow from how a log comes to be:
//!
//! ```text
//!   file   page 1: mode  size in pages  counter        log   frame frame frame* frame frame*      * ends a transaction
//!                  │     │              │                    └ some are of page 1, with a counter, too
//!                  │     │              └ one before the first of the log at most, and not beyond the last
//!                  │     └ where no frame is of page 1: the size at the end of each transaction
//!                  └ a log: SQLite writes that before there is one, and a backup has another mode
//! ```
//!
//! The counter grows with the connections that write page 1, so a copy that was made by hand within one sitting can pass; a backup
//! never does. To compare all pages would take seconds. Only frames that SQLite would take count: those whose checksums are
//! right, up to the last that ends a transaction.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use super::{Result, StoreError};

const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// The first bytes of a log; the last bit says in which order its checksums read bytes.
const MAGIC: u32 = 0x377f_0682;
/// Where page 1 has its counter.
const COUNTER: usize = 24;
const LOG_VERSION: u32 = 3_007_000;

/// What the first page of a file says, as far as a log must fit it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Page1 {
    has_log: bool,
    page_size: u32,
    counter: u32,
    /// How many pages there are; `None` where that does not hold.
    pages: Option<u32>,
}

/// What a log holds that SQLite would take.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Logged {
    page_size: u32,
    /// The counters of the first and the last frame of page 1.
    counters: Option<RangeInclusive<u32>>,
    /// How many pages the file has behind the last transaction.
    pages: u32,
}

/// Refuses a file beside which a log of another one lies, or of another state of it.
///
/// # Errors
/// [`StoreError::OtherLog`]. Nothing was changed.
pub(super) fn check_log(path: &Path) -> Result<()> {
    // What cannot be read is SQLite's to tell.
    let fits = |look| seen(path, look).map_or(true, |seen| seen.is_none_or(|seen| seen.fits()));
    if fits(Look::Glance) || fits(Look::Proof) {
        return Ok(());
    }
    // Where somebody is writing to it, what was read of the file may be older than what was read of the log.
    let [before, now] = [seen(path, Look::Proof), seen(path, Look::Proof)];
    match (before, now) {
        (Ok(Some(before)), Ok(Some(now))) if before == now && !now.fits() => {
            Err(StoreError::OtherLog {
                path: path.to_owned(),
            })
        }
        _ => Ok(()),
    }
}

/// How closely a log is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// No checksum is computed: enough where all fits, and quick however long the log is.
    Glance,
    /// Only what SQLite would take counts.
    Proof,
}

/// A file and the log beside it.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    file: Page1,
    log: Logged,
    generation: [u8; LOG_HEADER],
}

impl Seen {
    fn fits(&self) -> bool {
        let Self { file, log, .. } = self;
        if !file.has_log || file.page_size != log.page_size {
            return false;
        }
        match &log.counters {
            Some(counters) => {
                // It wraps, some day.
                let ahead = file.counter.wrapping_sub(counters.start().wrapping_sub(1));
                ahead
                    <= counters
                        .end()
                        .wrapping_sub(*counters.start())
                        .wrapping_add(1)
            }
            None => file.pages.is_none_or(|pages| pages == log.pages),
        }
    }
}

/// `None` where there is no log, or nothing in it that SQLite would take.
fn seen(path: &Path, look: Look) -> io::Result<Option<Seen>> {
    let file = first_page(&mut File::open(path)?)?;
    let log = match File::open(log_path(path)) {
        Ok(log) => log,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    // Of most pages only the header of their frame is looked at.
    let buffer = match look {
        Look::Glance => 64,
        Look::Proof => 256 << 10,
    };
    let mut log = BufReader::with_capacity(buffer, log);
    let mut generation = [0; LOG_HEADER];
    if fill(&mut log, &mut generation)?.is_none() {
        return Ok(None);
    }
    let logged = logged(&generation, &mut log, look)?;
    Ok(logged.map(|log| Seen {
        file,
        log,
        generation,
    }))
}

/// The write-ahead log of a file.
pub(super) fn log_path(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

fn first_page(from: &mut impl Read) -> io::Result<Page1> {
    let mut header = [0; 100];
    from.read_exact(&mut header)?;
    let counter = number(&header, COUNTER);
    Ok(Page1 {
        has_log: header[18] == 2,
        page_size: match u16::from_be_bytes([header[16], header[17]]) {
            1 => 65_536,
            size => u32::from(size),
        },
        counter,
        pages: (number(&header, 92) == counter).then(|| number(&header, 28)),
    })
}

fn logged(
    header: &[u8; LOG_HEADER],
    from: &mut BufReader<File>,
    look: Look,
) -> io::Result<Option<Logged>> {
    let magic = number(header, 0);
    let page_size = number(header, 8);
    let is_log = magic & !1 == MAGIC && number(header, 4) == LOG_VERSION;
    if !is_log || !page_size.is_power_of_two() || !(512..=65_536).contains(&page_size) {
        return Ok(None);
    }
    let mut sum = Sum {
        is_big_endian: magic & 1 == 1,
        sums: (0, 0),
    };
    sum.add(&header[..24]);
    if sum.sums != (number(header, 24), number(header, 28)) {
        return Ok(None);
    }
    let mut found = None;
    let mut counters: Option<RangeInclusive<u32>> = None;
    let mut frame = [0; FRAME_HEADER];
    let mut page = vec![0; page_size as usize];
    // Behind the last frame lie those of the log before it.
    while fill(from, &mut frame)?.is_some() && frame[8..16] == header[16..24] {
        let is_first = number(&frame, 0) == 1;
        let wanted = match (look, is_first) {
            (Look::Proof, _) => page.len(),
            (Look::Glance, true) => COUNTER + 4,
            (Look::Glance, false) => 0,
        };
        if fill(from, &mut page[..wanted])?.is_none() {
            break;
        }
        from.seek_relative(i64::from(page_size) - wanted as i64)?;
        if look == Look::Proof {
            sum.add(&frame[..8]);
            sum.add(&page);
            if sum.sums != (number(&frame, 16), number(&frame, 20)) {
                break;
            }
        }
        if is_first {
            let counter = number(&page, COUNTER);
            let first = counters.map_or(counter, |counters| *counters.start());
            counters = Some(first..=counter);
        }
        let pages = number(&frame, 4);
        if pages > 0 {
            found = Some(Logged {
                page_size,
                counters: counters.clone(),
                pages,
            });
        }
    }
    Ok(found)
}

/// Fills a buffer; `None` where there is no more.
fn fill(from: &mut impl Read, buffer: &mut [u8]) -> io::Result<Option<()>> {
    match from.read_exact(buffer) {
        Ok(()) => Ok(Some(())),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let mut four = [0; 4];
    four.copy_from_slice(&bytes[at..at + 4]);
    u32::from_be_bytes(four)
}

/// The running checksum of a log.
struct Sum {
    is_big_endian: bool,
    sums: (u32, u32),
}

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        let (mut first, mut second) = self.sums;
        for eight in bytes.as_chunks::<8>().0 {
            let [a, b, c, d, e, f, g, h] = *eight;
            let (one, two) = match self.is_big_endian {
                true => (
                    u32::from_be_bytes([a, b, c, d]),
                    u32::from_be_bytes([e, f, g, h]),
                ),
                false => (
                    u32::from_le_bytes([a, b, c, d]),
                    u32::from_le_bytes([e, f, g, h]),
                ),
            };
            first = first.wrapping_add(one).wrapping_add(second);
            second = second.wrapping_add(two).wrapping_add(first);
        }
        self.sums = (first, second);
    }
}
