//! The nonces that messages were sent with, so that none is done twice.
//!
//! They are kept in memory: a server that was started anew, or another one on the same database, does
//! not know them. What must not be done twice whatever happens has a `MessageID`.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use metering_model::{Principal, TimeStamp};
use sha2::Digest as _;

/// Nonces of one caller that are kept at most.
const MOST: usize = 100_000;

/// Nonces of all callers that are kept at most.
const MOST_OF_ALL: usize = 1_000_000;

/// A nonce as it is kept: its hash, which has one length.
pub(crate) type Nonce = [u8; 32];

/// The nonces of all callers.
#[derive(Debug, Default)]
pub(crate) struct Nonces(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// By caller and nonce, until when each is remembered.
    until: HashMap<(Box<str>, Nonce), TimeStamp>,
    /// Of each caller, those that are forgotten first in front.
    of: HashMap<Box<str>, BTreeSet<(TimeStamp, Nonce)>>,
}

/// That there is no room for one more nonce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

impl Nonces {
    /// What is kept of a nonce.
    pub(crate) fn hash(nonce: &str) -> Nonce {
        sha2::Sha256::digest(nonce.as_bytes()).into()
    }

    /// Whether the caller has used the nonce, by what is remembered at `now`.
    pub(crate) fn seen(&self, caller: &Principal, nonce: &Nonce, now: TimeStamp) -> bool {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let caller = name(caller);
        kept.forget(&caller, now);
        kept.until.contains_key(&(caller, *nonce))
    }

    /// Remembers a nonce.
    ///
    /// # Errors
    /// [`Full`] where the caller has used too many of late: forgetting one of them would let it by again.
    pub(crate) fn remember(
        &self,
        caller: &Principal,
        nonce: Nonce,
        (now, until): (TimeStamp, TimeStamp),
    ) -> Result<(), Full> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let caller = name(caller);
        if kept.until.len() >= MOST_OF_ALL {
            let all: Vec<Box<str>> = kept.of.keys().cloned().collect();
            all.iter().for_each(|caller| kept.forget(caller, now));
        }
        let full = kept.until.len() >= MOST_OF_ALL || kept.of.get(&caller).is_some_and(|of| of.len() >= MOST);
        if full {
            return Err(Full);
        }
        if kept.until.insert((caller.clone(), nonce), until).is_none() {
            kept.of.entry(caller).or_default().insert((until, nonce));
        }
        Ok(())
    }

    /// Forgets a nonce, for nothing became of its message.
    pub(crate) fn release(&self, caller: &Principal, nonce: Nonce) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let caller = name(caller);
        if let Some(until) = kept.until.remove(&(caller.clone(), nonce)) {
            kept.drop_of(&caller, |of| of.remove(&(until, nonce)));
        }
    }
}

impl Kept {
    fn forget(&mut self, caller: &str, now: TimeStamp) {
        while let Some((until, nonce)) = self.of.get(caller).and_then(|of| of.first().copied())
            && until <= now
        {
            self.until.remove(&(caller.into(), nonce));
            self.drop_of(caller, |of| of.remove(&(until, nonce)));
        }
    }

    /// Takes one out of a caller's, and the caller with the last.
    fn drop_of(&mut self, caller: &str, take: impl FnOnce(&mut BTreeSet<(TimeStamp, Nonce)>) -> bool) {
        let empty = self.of.get_mut(caller).is_some_and(|of| {
            take(of);
            of.is_empty()
        });
        if empty {
            self.of.remove(caller);
        }
    }
}

fn name(caller: &Principal) -> Box<str> {
    format!("{}\n{}", caller.organisation, caller.id).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(id: &str) -> Principal {
        let (organisation, roles) = ("default".parse().unwrap(), "viewer".parse().unwrap());
        Principal { id: id.into(), organisation, roles, quota: 1, limits: None }
    }

    #[test]
    fn a_nonce_is_remembered_for_its_caller_until_its_time() {
        let at = |seconds| TimeStamp::EPOCH.plus_seconds(seconds);
        let (nonces, a, b) = (Nonces::default(), caller("a"), caller("b"));
        let nonce = Nonces::hash("n");
        assert!(!nonces.seen(&a, &nonce, at(0)));
        nonces.remember(&a, nonce, (at(0), at(10))).unwrap();
        assert!(nonces.seen(&a, &nonce, at(9)) && !nonces.seen(&b, &nonce, at(9)));
        assert!(!nonces.seen(&a, &nonce, at(10)), "its message would be too old by now");
        nonces.remember(&a, nonce, (at(10), at(20))).unwrap();
        nonces.release(&a, nonce);
        assert!(!nonces.seen(&a, &nonce, at(11)));
        assert!(nonces.0.lock().unwrap().of.is_empty(), "nothing is left of a caller without nonces");
    }

    #[test]
    fn a_caller_with_too_many_is_refused_and_holds_up_nobody() {
        let (nonces, a) = (Nonces::default(), caller("a"));
        let ever = (TimeStamp::EPOCH, TimeStamp::MAX);
        for number in 0..MOST {
            nonces.remember(&a, Nonces::hash(&number.to_string()), ever).unwrap();
        }
        assert_eq!(nonces.remember(&a, Nonces::hash("more"), ever), Err(Full));
        assert_eq!(nonces.remember(&caller("b"), Nonces::hash("more"), ever), Ok(()));
    }
}
