//! Files that lie together: in a folder, or in a zip archive.
//!
//! The names in an archive are keys to look its files up by; nothing is ever written under them. A file of an archive is
//! unpacked as it is needed, up to the size that the archive tells, and checked against its checksum.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek as _};
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::result::ZipError;

use super::sheet::{LARGEST_INFLATED, LARGEST_SHEET};
use super::stamp::Stamp;
use super::{ReadError, head_of, open, sheet};
use crate::domain::moment::Moment;

/// The most files in a folder or archive.
pub const MOST_FILES: usize = 100_000;
/// How much of an unpacked file is kept in memory; a larger one waits in a temporary file without a name.
const IN_MEMORY: usize = 16 << 20;

/// The bulk export in an archive of Mattermost; the attachments lie beside it.
const MATTERMOST: &str = "import.jsonl";
/// The endings of the names of files that hold a table or JSON.
const TABLES: [&str; 6] = ["csv", "tsv", "txt", "json", "jsonl", "ndjson"];

/// Why an archive is refused.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Its files cannot be read without a password.
    #[error("it is a zip archive with a password")]
    Password,
    /// It is larger than what is read.
    #[error("it is a zip archive of {0} bytes; at most 50 MiB are read")]
    TooLarge(u64),
    /// It would unpack to more than is read.
    #[error("it is a zip archive that unpacks to {0} bytes; at most 1 GiB is read")]
    Inflated(u64),
    /// Files share bytes, as only in a forged archive.
    #[error("it is a zip archive whose files lie over one another, as in one that is forged")]
    Overlap,
    /// It cannot be understood, or ends too early.
    #[error("it is a zip archive that is damaged or cut off: {0}")]
    Damaged(String),
    /// It is not the export that it was said to be.
    #[error("it is no export of {0}")]
    No(&'static str),
    /// It holds no export that is read from an archive.
    #[error("it is a zip archive")]
    Unknown,
}

impl PackError {
    /// What to do.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Password | Self::TooLarge(_) | Self::Unknown => {
                "unpack it, and import what is in it"
            }
            Self::Inflated(_) => "unpack it, and import its parts one after the other",
            Self::Overlap => "pack what is in it anew",
            Self::No(_) => "leave out --format to have it found out what it is",
            Self::Damaged(_) => "export or download it again",
        }
    }
}

impl From<ZipError> for PackError {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::InvalidPassword
            | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Self::Password,
            other => Self::Damaged(other.to_string()),
        }
    }
}

impl From<ZipError> for ReadError {
    fn from(error: ZipError) -> Self {
        Self::Pack(error.into())
    }
}

/// Files that lie together; they can be read as often as wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    path: PathBuf,
    zip: bool,
    /// By name, with `/` between folders: the number in the archive, and how many bytes it has.
    files: BTreeMap<String, (usize, u64)>,
    /// Length and time of the last change, by which a change between plan and import is noticed.
    stamp: Stamp,
}

impl Pack {
    /// Whether a file is an archive that may hold an export, and no spreadsheet, which is one as well.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn claims(path: &Path) -> Result<bool, ReadError> {
        let head = head_of(open(path)?)?;
        Ok(head.starts_with(b"PK\x03\x04") && !sheet::claims(&head, path))
    }

    /// What lies in a zip archive.
    ///
    /// # Errors
    /// When it cannot be read, or is refused.
    pub fn of_zip(path: &Path) -> Result<Self, ReadError> {
        let stamp = Stamp::of(path)?;
        if stamp.bytes > LARGEST_SHEET {
            return Err(PackError::TooLarge(stamp.bytes).into());
        }
        let mut archive = archive(path)?;
        if archive.len() > MOST_FILES {
            return Err(ReadError::TooMany(MOST_FILES));
        }
        let (mut files, mut inflated) = (BTreeMap::new(), 0_u64);
        for number in 0..archive.len() {
            let file = archive.by_index_raw(number)?;
            if file.encrypted() {
                return Err(PackError::Password.into());
            }
            inflated = inflated.saturating_add(file.size());
            if !file.is_dir() {
                files.insert(file.name()?.into_owned(), (number, file.size()));
            }
        }
        if inflated > LARGEST_INFLATED {
            return Err(PackError::Inflated(inflated).into());
        }
        if archive.has_overlapping_files()? {
            return Err(PackError::Overlap.into());
        }
        Ok(Self {
            path: path.to_owned(),
            zip: true,
            files,
            stamp,
        })
    }

    /// The files of a folder and those of the folders in it.
    ///
    /// # Errors
    /// When it cannot be read, or holds too much.
    pub fn of_folder(path: &Path) -> Result<Self, ReadError> {
        let mut pack = Self {
            path: path.to_owned(),
            zip: false,
            files: BTreeMap::new(),
            stamp: Stamp::default(),
        };
        pack.list(path, "", true)?;
        Ok(pack)
    }

    fn list(&mut self, folder: &Path, prefix: &str, deeper: bool) -> Result<(), ReadError> {
        for entry in fs::read_dir(folder).map_err(ReadError::Unreadable)? {
            let path = entry.map_err(ReadError::Unreadable)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = format!("{prefix}{name}");
            if path.is_dir() && deeper {
                self.list(&path, &format!("{name}/"), false)?;
            } else if path.is_file() {
                let stamp = match Stamp::of(&path) {
                    Err(ReadError::Empty) => continue,
                    other => other?,
                };
                self.stamp.add(stamp);
                self.files.insert(name, (0, stamp.bytes));
            }
            if self.files.len() > MOST_FILES {
                return Err(ReadError::TooMany(MOST_FILES));
            }
        }
        Ok(())
    }

    /// The names of the files, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// How many bytes a file has; nothing where there is none of that name.
    #[must_use]
    pub fn bytes_of(&self, name: &str) -> u64 {
        self.files.get(name).map_or(0, |(_, bytes)| *bytes)
    }

    /// The file that stands for the whole archive: the bulk export of Mattermost, else the only one that there is.
    fn main(&self) -> Option<&str> {
        let of_mattermost = self.names().find(|name| *name == MATTERMOST);
        of_mattermost.or_else(|| {
            let only = self.names().next().filter(|_| self.files.len() == 1)?;
            let ending = only.rsplit_once('.')?.1.to_lowercase();
            TABLES.contains(&ending.as_str()).then_some(only)
        })
    }

    /// When something in it was last written; 1970 where the system does not say.
    #[must_use]
    pub fn written(&self) -> Moment {
        self.stamp.written()
    }

    /// Opens it to read files.
    ///
    /// # Errors
    /// When it cannot be read, or was changed since it was looked at.
    pub fn open(&self) -> Result<OpenPack<'_>, ReadError> {
        let now = match self.zip {
            true => Stamp::of(&self.path)?,
            false => Self::of_folder(&self.path)?.stamp,
        };
        if now != self.stamp {
            return Err(ReadError::Changed);
        }
        let archive = self.zip.then(|| archive(&self.path)).transpose()?;
        Ok(OpenPack {
            pack: self,
            archive,
        })
    }
}

/// Files that lie together, opened.
pub struct OpenPack<'p> {
    pack: &'p Pack,
    archive: Option<ZipArchive<BufReader<File>>>,
}

impl OpenPack<'_> {
    /// The bytes of a file.
    ///
    /// # Errors
    /// When it cannot be read, or is not as large as the archive tells.
    pub fn file(&mut self, name: &str) -> Result<Box<dyn Read>, ReadError> {
        let Some((number, bytes)) = self.pack.files.get(name) else {
            return Err(ReadError::Changed);
        };
        let Some(archive) = &mut self.archive else {
            return Ok(Box::new(open(&self.pack.path.join(name))?));
        };
        let damaged = |error: io::Error| PackError::Damaged(error.to_string());
        let mut unpacked = tempfile::spooled_tempfile(IN_MEMORY);
        let mut packed = archive.by_index(*number)?.take(bytes + 1);
        let copied = io::copy(&mut packed, &mut unpacked).map_err(damaged)?;
        if copied != *bytes {
            let words = format!("“{name}” is not as large as it says");
            return Err(PackError::Damaged(words).into());
        }
        unpacked.rewind().map_err(ReadError::Unreadable)?;
        Ok(Box::new(unpacked))
    }
}

fn archive(path: &Path) -> Result<ZipArchive<BufReader<File>>, ReadError> {
    Ok(ZipArchive::new(BufReader::new(open(path)?))?)
}

/// Where the bytes of a table are: in a file, or in an archive that stands for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    path: PathBuf,
    packed: Option<(Pack, String)>,
}

impl Input {
    /// The bytes of a file, unpacked where it is an archive.
    ///
    /// # Errors
    /// When it cannot be read, or is an archive that is refused.
    pub fn of(path: &Path) -> Result<Self, ReadError> {
        let packed = if Pack::claims(path)? {
            let pack = Pack::of_zip(path)?;
            let main = pack.main().ok_or(PackError::Unknown)?.to_owned();
            Some((pack, main))
        } else {
            None
        };
        let path = path.to_owned();
        Ok(Self { path, packed })
    }

    /// The bytes from the first on.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn open(&self) -> Result<Box<dyn Read>, ReadError> {
        match &self.packed {
            Some((pack, name)) => pack.open()?.file(name),
            None => Ok(Box::new(open(&self.path)?)),
        }
    }

    /// How many bytes there are, where an archive tells it.
    #[must_use]
    pub fn unpacked(&self) -> Option<u64> {
        let (pack, name) = self.packed.as_ref()?;
        Some(pack.bytes_of(name))
    }
}
