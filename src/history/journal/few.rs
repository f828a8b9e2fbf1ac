//! The same layout (`packed`), written at once where no entity has more than one thing that changed: so it is for nearly
//! every deed, which waits for it. Columns of one row need none of what makes columns of thousands small.

use uuid::Uuid;

use super::numbers::put;
use super::packed::{IDENTITY, INTEGER, NULL, TEXT};
use super::{Entry, VERSION};
use crate::domain::entity::{Entity, Value};

/// More changes than this are no deed on one thing.
pub(super) const MOST: usize = 64;

/// Room for the changes of an answer.
const ROOM: usize = 1_024;

/// Writes changes as a chunk, as `packed` does; `None` where an entity has several things, or a field is there twice.
pub(super) fn write(entries: &[Entry<'_>]) -> Option<Vec<u8>> {
    let mut things: Vec<(Entity, Uuid)> = Vec::new();
    for Entry { thing, .. } in entries {
        match things.iter().find(|(entity, _)| *entity == thing.entity) {
            Some((_, id)) if *id != thing.id => return None,
            Some(_) => {}
            None => things.push((thing.entity, thing.id)),
        }
    }
    let mut identities: Vec<Uuid> = Vec::new();
    let mut sections = Vec::with_capacity(ROOM);
    for (entity, id) in &things {
        let own = entries.iter().filter(|entry| entry.thing.entity == *entity);
        let mut columns: Vec<&Entry<'_>> = own.collect();
        columns.sort_by_key(|entry| entry.field.place);
        let twice = |pair: &[&Entry<'_>]| pair[0].field.place == pair[1].field.place;
        if columns.windows(2).any(twice) {
            return None;
        }
        array(&mut sections, 3);
        name(&mut sections, entity.name());
        number(&mut sections, place_of(*id, &mut identities));
        array(&mut sections, columns.len());
        for entry in columns {
            array(&mut sections, 4);
            name(&mut sections, entry.field.name);
            // No rows are listed: it is the only one.
            binary(&mut sections, &[]);
            series(&mut sections, entry.from, &mut identities);
            series(&mut sections, entry.to, &mut identities);
        }
    }
    let mut bytes = Vec::with_capacity(sections.len() + identities.len() * 16 + 8);
    bytes.push(VERSION);
    array(&mut bytes, 2);
    let listed: Vec<u8> = identities.iter().flat_map(|id| *id.as_bytes()).collect();
    binary(&mut bytes, &listed);
    array(&mut bytes, things.len());
    bytes.extend_from_slice(&sections);
    Some(bytes)
}

/// The number of an identity among those that are named.
fn place_of(id: Uuid, identities: &mut Vec<Uuid>) -> i64 {
    let place = identities.iter().position(|known| *known == id);
    let place = place.unwrap_or_else(|| {
        identities.push(id);
        identities.len() - 1
    });
    place as i64
}

/// The kind, the number, the text and the pick of one value.
fn series(bytes: &mut Vec<u8>, value: &Value, identities: &mut Vec<Uuid>) {
    if *value == Value::Null {
        return bytes.extend_from_slice(&[
            0x94,
            0xC4,
            2,
            0,
            NULL_SIGNED,
            0xC4,
            0,
            0xC4,
            0,
            0xC4,
            0,
        ]);
    }
    array(bytes, 4);
    let (kind, figure) = match value {
        Value::Null => (NULL, None),
        Value::Integer(number) => (INTEGER, Some(*number)),
        Value::Text(_) => (TEXT, None),
        Value::Thing(id) | Value::Content(id) => (IDENTITY, Some(place_of(*id, identities))),
    };
    number(bytes, kind);
    match figure {
        Some(figure) => number(bytes, figure),
        None => bytes.extend_from_slice(&NOTHING),
    }
    match value {
        Value::Text(text) => {
            // It shares nothing with the text before it, because there is none.
            let mut whole = Vec::with_capacity(text.len() + 11);
            put(&mut whole, 0);
            put(&mut whole, text.len() as u64);
            whole.extend_from_slice(text.as_bytes());
            binary(bytes, &whole);
        }
        _ => bytes.extend_from_slice(&NOTHING),
    }
    bytes.extend_from_slice(&NOTHING);
}

/// How the number of that kind is written.
const NULL_SIGNED: u8 = (NULL << 1) as u8;

/// No bytes, in MessagePack.
const NOTHING: [u8; 2] = [0xC4, 0];

/// A column of one number, as [`numbers`](super::numbers) writes it.
fn number(bytes: &mut Vec<u8>, number: i64) {
    let mut rest = ((number << 1) ^ (number >> 63)) as u64;
    if rest < 0x80 {
        // Nearly all of them are so small.
        return bytes.extend_from_slice(&[0xC4, 2, 0, rest as u8]);
    }
    let mut column = [0; 11];
    let mut length = 1;
    loop {
        let more = rest >= 0x80;
        column[length] = (rest as u8 & 0x7F) | if more { 0x80 } else { 0 };
        length += 1;
        rest >>= 7;
        if !more {
            break;
        }
    }
    binary(bytes, &column[..length]);
}

// MessagePack, as far as it is needed here.

fn array(bytes: &mut Vec<u8>, length: usize) {
    match length {
        0..16 => bytes.push(0x90 | length as u8),
        _ => {
            bytes.push(0xDC);
            bytes.extend_from_slice(&(length as u16).to_be_bytes());
        }
    }
}

fn name(bytes: &mut Vec<u8>, name: &str) {
    match name.len() {
        length @ 0..32 => bytes.push(0xA0 | length as u8),
        length => bytes.extend_from_slice(&[0xD9, length as u8]),
    }
    bytes.extend_from_slice(name.as_bytes());
}

fn binary(bytes: &mut Vec<u8>, data: &[u8]) {
    match data.len() {
        length @ 0..=0xFF => bytes.extend_from_slice(&[0xC4, length as u8]),
        length @ 0x100..=0xFFFF => {
            bytes.push(0xC5);
            bytes.extend_from_slice(&(length as u16).to_be_bytes());
        }
        length => {
            bytes.push(0xC6);
            bytes.extend_from_slice(&(length as u32).to_be_bytes());
        }
    }
    bytes.extend_from_slice(data);
}
