//! `Receipt` in XML, in our own namespace: the one answer to everything that writes.

use metering_model::Receipt;

use super::Places;
use super::answer::answer;
use crate::json;
use crate::json::receipt::Told;

/// Appends the receipt. Places are told in XPath where the message was of XML: exactly where
/// `places` knows it, else by the number of the item.
///
/// The same with items behind it is [`super::answer`] of what [`json::receipt::open_at`] begins.
pub fn write(receipt: &Receipt, told: Told, places: Option<&Places>, out: &mut Vec<u8>) {
    let mut json = Vec::new();
    json::receipt::open_at(receipt, told, places, &mut json);
    json::receipt::close(&mut json);
    answer("receipt", &json, out);
}

#[cfg(test)]
mod tests {
    use metering_model::{Counts, Sha256, TimeStamp, Violation, ViolationCode};

    use super::*;

    fn written(list: &str, places: Option<&Places>) -> String {
        let receipt = Receipt {
            id: "r-1".to_owned(),
            list: list.to_owned(),
            sha256: Sha256([0x9f; 32]),
            received_at: TimeStamp::EPOCH,
            recorded_at: TimeStamp::EPOCH,
            counts: Counts { received: 2, rejected: 1, ..Counts::default() },
            errors: vec![Violation::new(1, "value", ViolationCode::TooManyDigits, "19 <digits>")],
            warnings: Vec::new(),
        };
        let mut out = Vec::new();
        write(&receipt, Told::First, places, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_receipt_says_where_in_the_notation_of_the_message() {
        let body = |place: &str| {
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><receipt xmlns=\"urn:metering-data-exchange:2\"><receipt>r-1</receipt>\
                 <sha256>{}</sha256><receivedAt>1970-01-01T00:00:00Z</receivedAt><recordedAt>1970-01-01T00:00:00Z</recordedAt><counts><received>2</received>\
                 <inserted>0</inserted><unchanged>0</unchanged><superseded>0</superseded><kept>0</kept><rejected>1</rejected>\
                 </counts><errors><error>{place}<code>too-many-digits</code><detail>19 &lt;digits&gt;</detail></error></errors>\
                 <warnings/></receipt>",
                "9f".repeat(32)
            )
        };
        assert_eq!(written("readings", None), body("<pointer>#/readings/1/value</pointer>"));
        let stored = "(/m:MeterReadings/m:MeterReading/m:IntervalBlocks/m:IntervalReadings\
                      |/m:MeterReadings/m:MeterReading/m:Readings)[2]/m:value";
        assert_eq!(written("MeterReadings", None), body(&format!("<xpath>{stored}</xpath>")));
        let mut places = Places::of("MeterReadings");
        places.block(0, 4, 1);
        let exact = "/m:MeterReadings/m:MeterReading[4]/m:IntervalBlocks[1]/m:IntervalReadings[2]/m:value";
        assert_eq!(written("MeterReadings", Some(&places)), body(&format!("<xpath>{exact}</xpath>")));
    }
}
