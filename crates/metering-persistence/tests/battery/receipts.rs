//! Receipts, for one who never saw the answer.

use metering_model::{Counts, Sha256, Violation, ViolationCode};
use metering_persistence::receipts::{self, GetReceipts};
use metering_persistence::{Answer, ChangeRequest, Error, Store};

use crate::support::{Trial, at, keyed, organisation, request};

battery! {
    a_receipt_comes_back_as_it_was_made,
    receipts_are_found_by_what_their_sender_knows,
}

fn store_one(store: &Store, request: ChangeRequest) -> String {
    let answered = store.change_and_wait(request, |change| {
        let errors = [
            Violation::new(7, "value", ViolationCode::TooManyDigits, "19 digits"),
            Violation::new(8, "", ViolationCode::NoMeter, "neither meterId nor usagePointId; \"ä\""),
        ];
        let warnings = [Violation::new(0, "multiplier", ViolationCode::PrefixedUnitMultiplier, "kWh and 3")];
        let counts = Counts { received: 9, inserted: 1, unchanged: 2, superseded: 3, kept: 1, rejected: 2 };
        let receipt = change.receipt("readings", counts, &errors, &warnings)?;
        Ok(Answer { status: 207, body: receipt.id.into_bytes(), ..Answer::default() })
    });
    String::from_utf8(answered.unwrap().answer.body).unwrap()
}

fn a_receipt_comes_back_as_it_was_made(trial: &Trial) {
    let store = trial.store();
    let id = store_one(&store, request("a"));
    let receipt = store.read(&organisation(), |snapshot| receipts::find(snapshot, &id)).unwrap();
    assert_eq!((receipt.id.as_str(), receipt.list.as_str()), (id.as_str(), "readings"));
    assert_eq!((receipt.sha256, receipt.received_at), (request("a").sha256, request("a").received_at));
    assert_eq!((receipt.counts.received, receipt.counts.superseded), (9, 3));
    assert_eq!(receipt.errors[1].detail, "neither meterId nor usagePointId; \"ä\"");
    assert_eq!((receipt.errors[0].at.item, receipt.errors[0].at.field.as_ref()), (7, "value"));
    assert_eq!(receipt.warnings[0].code, ViolationCode::PrefixedUnitMultiplier);
    let none = store.read(&organisation(), |snapshot| receipts::find(snapshot, "x"));
    assert!(matches!(none, Err(Error::NotFound)));
}

fn receipts_are_found_by_what_their_sender_knows(trial: &Trial) {
    let store = trial.store();
    let first = store_one(&store, keyed("a", "k"));
    let mut later = request("b");
    later.received_at = at("2026-11-24T11:00:00Z");
    let second = store_one(&store, later);
    let (first, second) = ([first], [second]);
    let list = |get: GetReceipts, limit| {
        let found = store.read(&organisation(), |snapshot| receipts::list(snapshot, &get, limit)).unwrap();
        found.into_iter().map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(list(GetReceipts::default(), 10), [first.as_slice(), second.as_slice()].concat());
    assert_eq!(list(GetReceipts::default(), 1), first);
    assert_eq!(list(GetReceipts { idempotency_key: Some("k".into()), ..Default::default() }, 10), first);
    assert_eq!(list(GetReceipts { sha256: Some(request("b").sha256), ..Default::default() }, 10), second);
    assert_eq!(list(GetReceipts { from: Some(at("2026-11-24T10:30:00Z")), ..Default::default() }, 10), second);
    assert!(list(GetReceipts { sha256: Some(Sha256([0; 32])), ..Default::default() }, 10).is_empty());
}
