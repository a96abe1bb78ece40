//! The audit log: one entry for every call, each chained to the one before.
//!
//! Every organisation has a chain of its own; calls whose caller is not known are in that of
//! [`unidentified`]. The hash of an entry is HMAC-SHA256, under a key derived from the server key,
//! over, in this order:
//!
//! 1. the hash of the entry before (32 zero bytes for the first),
//! 2. the text `metering audit 1`,
//! 3. organisation, number, time, principal, method, path, status, request id, peer, number of the
//!    change.
//!
//! A text is its length in bytes as 4 bytes, then its UTF-8; a number is 8 bytes; both big-endian,
//! and each with one byte before it: 1 when it is there, 0 (and nothing more) when it is not. So
//! no two entries have the same form, and nobody without the key can make a chain anew. The number
//! and hash of the newest entry are in the organisation's row; noted elsewhere, they show a tail
//! that was cut off together with that row.

use std::collections::VecDeque;

use diesel::prelude::*;
use metering_model::{OrganisationId, TimeStamp};

use crate::change::Call;
use crate::connection::AnyConnection;
use crate::dialect::insert_rows;
use crate::error::{Error, Result};
use crate::key::{authenticate, hex};
use crate::organisations::{self, Head, UNIDENTIFIED};
use crate::schema::audit_log;
use crate::snapshot::Snapshot;

const LABEL: &[u8] = b"metering audit 1";
/// Entries of one statement.
const CHUNK: usize = 1_000;

/// One recorded call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its place in the chain, from 1.
    pub number: i64,
    /// The call.
    pub call: Call,
    /// The change it made, if it made one.
    pub change_number: Option<i64>,
    /// Over this entry and, through the one before, all before it.
    pub hash: [u8; 32],
}

/// A chain that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intact {
    /// How many entries there are.
    pub entries: i64,
    /// The hash of the newest, in hexadecimal digits.
    pub head: String,
}

/// The first entry that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadEntry {
    /// Its number.
    pub number: i64,
    /// What does not fit, in words.
    pub reason: &'static str,
}

/// The organisation that calls without a known caller are recorded under. It has no other data.
///
/// # Errors
/// Never; its name is a good one.
pub fn unidentified() -> Result<OrganisationId> {
    UNIDENTIFIED.parse().map_err(Error::failed)
}

/// Computes the organisation's chain anew and compares.
///
/// # Errors
/// Those of the database; that the chain does not hold is an outcome and no error.
pub fn verify(snapshot: &mut Snapshot<'_>) -> Result<std::result::Result<Intact, BadEntry>> {
    let organisation = snapshot.organisation().clone();
    let id = organisation.as_str();
    let key = snapshot.keys().audit;
    let Some(head) = organisations::head(snapshot.connection(), id)? else { return Err(Error::NotFound) };
    let (mut number, mut hash) = (0, [0; 32]);
    loop {
        let rows = page(snapshot, number)?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let bad = |reason| Ok(Err(BadEntry { number: number + 1, reason }));
            if row.number != number + 1 {
                return bad("it is missing");
            }
            hash = row.facts(id).chained(&key, &hash);
            if row.hash != hash {
                return bad("its hash does not fit: it, or the order, was changed");
            }
            number = row.number;
        }
    }
    Ok(if head.audit_number != number {
        Err(BadEntry { number: number + 1, reason: "the chain ends before it, though it was written" })
    } else if head.audit_hash != hash {
        Err(BadEntry { number, reason: "it is not the one that was written last" })
    } else {
        Ok(Intact { entries: number, head: hex(&hash) })
    })
}

/// The organisation's entries, oldest first, read a thousand at a time.
pub fn export<'e, 's>(snapshot: &'e mut Snapshot<'s>) -> Export<'e, 's> {
    Export { snapshot, after: 0, page: VecDeque::new() }
}

/// Goes through all entries; made by [`export`].
#[derive(Debug)]
pub struct Export<'e, 's> {
    snapshot: &'e mut Snapshot<'s>,
    after: i64,
    page: VecDeque<Row>,
}

impl Iterator for Export<'_, '_> {
    type Item = Result<AuditEntry>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.page.is_empty() {
            match page(self.snapshot, self.after) {
                Ok(rows) => self.page = rows.into(),
                Err(error) => return Some(Err(error)),
            }
        }
        let row = self.page.pop_front()?;
        self.after = row.number;
        Some(row.entry(self.snapshot.organisation()))
    }
}

fn page(snapshot: &mut Snapshot<'_>, after: i64) -> Result<Vec<Row>> {
    let organisation = snapshot.organisation().as_str().to_owned();
    Ok(audit_log::table
        .filter(audit_log::organisation_id.eq(organisation).and(audit_log::number.gt(after)))
        .order(audit_log::number)
        .limit(CHUNK as i64)
        .select(Row::as_select())
        .load(snapshot.connection())?)
}

/// Adds `calls` (each with the number of its change) to the chain that `head` is the head of.
pub(crate) fn append(
    connection: &mut AnyConnection,
    key: &[u8; 32],
    organisation: &str,
    head: &mut Head,
    calls: &[(&Call, Option<i64>)],
) -> Result<()> {
    for some in calls.chunks(CHUNK) {
        let mut rows = Vec::with_capacity(some.len());
        for (call, change_number) in some {
            let facts = Facts {
                organisation,
                number: head.audit_number + 1,
                at: call.at.micros(),
                principal: call.principal.as_deref(),
                method: &call.method,
                path: &call.path,
                status: i32::from(call.status),
                request_id: &call.request_id,
                peer: &call.peer,
                change_number: *change_number,
            };
            let before = head.audit_hash.as_slice().try_into().map_err(Error::failed)?;
            let hash = facts.chained(key, before);
            head.audit_number = facts.number;
            head.audit_hash = hash.to_vec();
            rows.push(facts.row(hash));
        }
        insert_rows!(connection, audit_log::table, &rows)?;
    }
    Ok(())
}

/// What is hashed of an entry.
struct Facts<'a> {
    organisation: &'a str,
    number: i64,
    at: i64,
    principal: Option<&'a str>,
    method: &'a str,
    path: &'a str,
    status: i32,
    request_id: &'a str,
    peer: &'a str,
    change_number: Option<i64>,
}

impl<'a> Facts<'a> {
    fn chained(&self, key: &[u8; 32], before: &[u8; 32]) -> [u8; 32] {
        // Without `..`, so that a new field cannot be left out.
        let Self { organisation, number, at, principal, method, path, status, request_id, peer, change_number } = self;
        let mut form = Vec::with_capacity(256);
        text(&mut form, Some(organisation));
        self::number(&mut form, Some(*number));
        self::number(&mut form, Some(*at));
        text(&mut form, *principal);
        text(&mut form, Some(method));
        text(&mut form, Some(path));
        self::number(&mut form, Some(i64::from(*status)));
        text(&mut form, Some(request_id));
        text(&mut form, Some(peer));
        self::number(&mut form, *change_number);
        authenticate(key, &[before, LABEL, &form])
    }

    fn row(self, hash: [u8; 32]) -> NewRow<'a> {
        let Self { organisation, number, at, principal, method, path, status, request_id, peer, change_number } = self;
        NewRow {
            organisation_id: organisation,
            number,
            at,
            principal,
            method,
            path,
            status,
            request_id,
            peer,
            change_number,
            hash: hash.to_vec(),
        }
    }
}

fn text(form: &mut Vec<u8>, text: Option<&str>) {
    form.push(u8::from(text.is_some()));
    if let Some(text) = text {
        form.extend_from_slice(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
        form.extend_from_slice(text.as_bytes());
    }
}

fn number(form: &mut Vec<u8>, number: Option<i64>) {
    form.push(u8::from(number.is_some()));
    if let Some(number) = number {
        form.extend_from_slice(&number.to_be_bytes());
    }
}

#[derive(Insertable)]
#[diesel(table_name = audit_log, treat_none_as_default_value = false)]
struct NewRow<'a> {
    organisation_id: &'a str,
    number: i64,
    at: i64,
    principal: Option<&'a str>,
    method: &'a str,
    path: &'a str,
    status: i32,
    request_id: &'a str,
    peer: &'a str,
    change_number: Option<i64>,
    hash: Vec<u8>,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = audit_log)]
struct Row {
    number: i64,
    at: i64,
    principal: Option<String>,
    method: String,
    path: String,
    status: i32,
    request_id: String,
    peer: String,
    change_number: Option<i64>,
    hash: Vec<u8>,
}

impl Row {
    fn facts<'a>(&'a self, organisation: &'a str) -> Facts<'a> {
        Facts {
            organisation,
            number: self.number,
            at: self.at,
            principal: self.principal.as_deref(),
            method: &self.method,
            path: &self.path,
            status: self.status,
            request_id: &self.request_id,
            peer: &self.peer,
            change_number: self.change_number,
        }
    }

    fn entry(self, organisation: &OrganisationId) -> Result<AuditEntry> {
        Ok(AuditEntry {
            number: self.number,
            call: Call {
                organisation: Some(organisation.clone()).filter(|it| it.as_str() != UNIDENTIFIED),
                principal: self.principal,
                method: self.method,
                path: self.path,
                status: u16::try_from(self.status).map_err(Error::failed)?,
                request_id: self.request_id,
                peer: self.peer,
                at: TimeStamp::from_micros(self.at).map_err(Error::failed)?,
            },
            change_number: self.change_number,
            hash: self.hash.as_slice().try_into().map_err(Error::failed)?,
        })
    }
}
