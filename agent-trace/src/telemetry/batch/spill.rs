//! Batches on disk: they outlast an outage of the receiver, and the process.
//!
//! One file, appended to at its end and read at its front. It begins with a header (a magic number, the place of the
//! first record that was not acknowledged, and a checksum of that place); each batch is one record (length, checksum,
//! number of spans, bytes). A record that a crash cut short is recognised by its checksum and taken off. What was
//! written is the system's, so it survives the end of the process, however it ends; no write waits for the disk, so a
//! power failure may cost the last of them.

mod checksum;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use fs4::TryLockError;

use checksum::checksum;

const MAGIC: &[u8; 8] = b"atspill\x01";
/// Magic number, place of the first record, checksum of the place.
const HEADER: u64 = 8 + 8 + 4;
/// Length, checksum, number of spans.
const RECORD: u64 = 4 + 4 + 4;

/// The file.
#[derive(Debug)]
pub(crate) struct Spill {
    path: PathBuf,
    file: File,
    /// What the file may grow to.
    limit: u64,
    /// Where the first record begins that was not acknowledged, and where the last one ends.
    front: u64,
    end: u64,
}

/// A batch that was read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) spans: u32,
    pub(crate) bytes: Vec<u8>,
}

impl Spill {
    /// Opens the file or makes it, and says how many spans it holds.
    ///
    /// # Errors
    ///
    /// Where it cannot be opened, or another process has it.
    pub(crate) fn open(path: &Path, limit: u64) -> io::Result<(Self, u64)> {
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory)?;
        }
        let mut spill = Self {
            path: path.to_owned(),
            file: locked(path)?,
            limit: limit.max(HEADER),
            front: HEADER,
            end: HEADER,
        };
        let spans = spill.recover()?;
        Ok((spill, spans))
    }

    /// Finds the records of an earlier process, and takes off what is none.
    fn recover(&mut self) -> io::Result<u64> {
        let length = self.file.metadata()?.len();
        let mut header = [0; HEADER as usize];
        self.file.seek(SeekFrom::Start(0))?;
        if length < HEADER
            || self.file.read_exact(&mut header).is_err()
            || !header.starts_with(MAGIC)
        {
            // A file of another kind or version is not ours to read; it was named as a spill file, so it is to write.
            self.clear()?;
            return Ok(0);
        }
        let place = u64::from_le_bytes(header[8..16].try_into().unwrap_or_default());
        let intact = header[16..] == checksum(&header[8..16]).to_le_bytes();
        // Without a place everything is read again: twice is better than not at all.
        self.front = if intact { place.max(HEADER) } else { HEADER };
        self.end = self.front;
        if self.front > length {
            self.clear()?;
            return Ok(0);
        }
        let mut spans = 0;
        while let Some(record) = self.read(self.end)? {
            spans += u64::from(record.spans);
            self.end += RECORD + record.bytes.len() as u64;
        }
        if self.is_empty() {
            self.clear()?;
        } else if self.end < length {
            self.file.set_len(self.end)?;
        }
        Ok(spans)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.front == self.end
    }

    /// Bytes that wait.
    pub(crate) fn bytes(&self) -> u64 {
        self.end - self.front
    }

    /// Whether a record of so many bytes has room.
    pub(crate) fn has_room(&self, bytes: usize) -> bool {
        HEADER + self.bytes() + RECORD + bytes as u64 <= self.limit
    }

    /// Appends a batch; `false` where it has no room.
    ///
    /// # Errors
    ///
    /// Where it cannot be written. The file is as before.
    pub(crate) fn append(&mut self, spans: u32, bytes: &[u8]) -> io::Result<bool> {
        let Ok(length) = u32::try_from(bytes.len()) else {
            return Ok(false);
        };
        if !self.has_room(bytes.len()) {
            return Ok(false);
        }
        if self.end + RECORD + u64::from(length) > self.limit {
            self.compact()?;
        }
        let mut record = Vec::with_capacity(RECORD as usize + bytes.len());
        record.extend_from_slice(&length.to_le_bytes());
        record.extend_from_slice(&checksum(bytes).to_le_bytes());
        record.extend_from_slice(&spans.to_le_bytes());
        record.extend_from_slice(bytes);
        self.file.seek(SeekFrom::Start(self.end))?;
        if let Err(error) = self.file.write_all(&record) {
            let _ = self.file.set_len(self.end);
            return Err(error);
        }
        self.end += record.len() as u64;
        Ok(true)
    }

    /// The first batch, or the one so many after it.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub(crate) fn peek(&mut self, after: usize) -> io::Result<Option<Record>> {
        let mut place = self.front;
        for _ in 0..after {
            let Some(record) = self.read(place)? else {
                return Ok(None);
            };
            place += RECORD + record.bytes.len() as u64;
        }
        self.read(place)
    }

    /// Acknowledges the first batch: it is not read again.
    ///
    /// # Errors
    ///
    /// Where that cannot be recorded. The next process then reads it again; this one does not.
    pub(crate) fn advance(&mut self) -> io::Result<()> {
        let Some(record) = self.read(self.front)? else {
            return Ok(());
        };
        self.front += RECORD + record.bytes.len() as u64;
        if self.is_empty() {
            return self.clear();
        }
        write_header(&mut self.file, self.front)
    }

    /// Lets another pipeline have the file. This one does nothing with it any more.
    pub(crate) fn release(&self) {
        let _ = fs4::FileExt::unlock(&self.file);
    }

    /// Gives up what the file holds.
    pub(crate) fn clear(&mut self) -> io::Result<()> {
        (self.front, self.end) = (HEADER, HEADER);
        // In this order a crash between the two leaves an empty file, not one that is read again.
        self.file.set_len(0)?;
        write_header(&mut self.file, HEADER)
    }

    /// The record that begins at a place, or `None` where none does.
    fn read(&mut self, place: u64) -> io::Result<Option<Record>> {
        let length = self.file.metadata()?.len();
        if place + RECORD > length {
            return Ok(None);
        }
        let mut head = [0; RECORD as usize];
        self.file.seek(SeekFrom::Start(place))?;
        self.file.read_exact(&mut head)?;
        let number =
            |at: usize| u32::from_le_bytes(head[at..at + 4].try_into().unwrap_or_default());
        let (size, expected, spans) = (number(0), number(4), number(8));
        if place + RECORD + u64::from(size) > length {
            return Ok(None);
        }
        let mut bytes = vec![0; size as usize];
        self.file.read_exact(&mut bytes)?;
        Ok((checksum(&bytes) == expected).then_some(Record { spans, bytes }))
    }

    /// Moves what waits to the front of a new file, which takes the place of this one at once.
    fn compact(&mut self) -> io::Result<()> {
        let path = self.path.with_extension("compact");
        let mut file = locked(&path)?;
        file.set_len(0)?;
        write_header(&mut file, HEADER)?;
        self.file.seek(SeekFrom::Start(self.front))?;
        io::copy(&mut (&mut self.file).take(self.end - self.front), &mut file)?;
        fs::rename(&path, &self.path)?;
        self.file = file;
        self.end -= self.front - HEADER;
        self.front = HEADER;
        Ok(())
    }
}

/// Writes the header, and leaves the place after it.
fn write_header(file: &mut File, front: u64) -> io::Result<()> {
    let place = front.to_le_bytes();
    let mut header = Vec::with_capacity(HEADER as usize);
    header.extend_from_slice(MAGIC);
    header.extend_from_slice(&place);
    header.extend_from_slice(&checksum(&place).to_le_bytes());
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&header)
}

/// Opens a file for this process alone; the system gives it back when the process ends.
fn locked(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let file = options
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)?;
    match fs4::FileExt::try_lock(&file) {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(io::Error::new(
            io::ErrorKind::ResourceBusy,
            format!("{} is in use by another process", path.display()),
        )),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests;
