use super::*;

/// What is told of readings behind a good one.
fn told_of(readings: &str) -> Vec<String> {
    let received = read_text(&of_meter(&format!("{}{readings}", reading("1")))).unwrap();
    assert_eq!(received.read.value.readings[0].place, 0);
    told(&received.read.violations)
}

#[test]
fn each_fault_of_a_reading_is_told_and_the_others_are_read() {
    assert_eq!(told_of("<Readings/>"), ["1 readingDateTime missing", "1 readingTypeCode missing"]);
    assert_eq!(
        told_of(&format!(
            "<Readings><timeStamp>2024-01-15T10:00:00</timeStamp><value>1,5</value>\
             <ReadingQualities><ReadingQualityType ref='good'/></ReadingQualities>\
             <ReadingQualities/><ReadingQualities><ReadingQualityType/></ReadingQualities>\
             <ReadingType ref='ActiveEnergy'/></Readings>{}",
            reading("2")
        )),
        [
            "1 readingDateTime invalid-time",
            "1 value invalid-number",
            "1 quality/0 invalid-code",
            "1 quality/1 missing",
            "1 quality/2 missing",
            "1 readingTypeCode invalid-code",
        ]
    );
    assert_eq!(told_of(&reading("1").replace("<value>", "<value>2</value><value>")), ["1 value duplicate-field"]);
    assert_eq!(told_of(&reading("NaN")), ["1 value invalid-number"]);
    assert_eq!(told_of(&reading("1234567890123456789")), ["1 value too-many-digits"]);
    let many = "<ReadingQualities><ReadingQualityType ref='1.0.0'/></ReadingQualities>".repeat(101);
    assert_eq!(told_of(&reading("1").replace("<ReadingType", &format!("{many}<ReadingType"))), ["1 quality too-many"]);
}

#[test]
fn names_of_reading_types_are_not_looked_up() {
    let received = read_text(&of_meter(&reading("1").replace(KWH, "3.0.129.160"))).unwrap();
    assert_eq!(
        received.read.violations[0].detail,
        "a reading type has 18 parts separated by points, this one has 4; a name or an mRID of a reading type is not looked up"
    );
}

#[test]
fn what_is_wrong_with_a_block_is_wrong_with_each_of_its_readings() {
    let interval = "<IntervalReadings><timeStamp>2024-01-15T10:15:00Z</timeStamp><value>1</value></IntervalReadings>";
    let broken = "<IntervalReadings><value>x</value></IntervalReadings>";
    let block = |behind: &str| format!("<IntervalBlocks>{interval}{broken}{interval}{behind}</IntervalBlocks>");
    assert_eq!(
        told_of(&block("")),
        [
            "1 readingTypeCode missing",
            "2 value invalid-number",
            "2 readingDateTime missing",
            "2 readingTypeCode missing",
            "3 readingTypeCode missing",
        ]
    );
    assert_eq!(told_of(&block("<ReadingType ref='x'/>")).len(), 5);
    let pending =
        format!("<PendingCalculation><scalarFloat>2</scalarFloat></PendingCalculation><ReadingType ref='{KWH}'/>");
    assert_eq!(told_of(&block(&pending))[0], "1 value unknown-field");
    let good = told_of(&block(&format!("<ReadingType ref='{KWH}'/>")));
    assert_eq!(good, ["2 value invalid-number", "2 readingDateTime missing"]);
}

#[test]
fn what_is_wrong_with_a_meter_is_wrong_with_each_of_its_readings() {
    let of = |meter: &str| {
        let body = format!("<MeterReading>{}{meter}{}</MeterReading>", reading("1"), reading("2"));
        let received = read_text(&message(&format!("{body}<MeterReading>{}</MeterReading>", reading("3")))).unwrap();
        // A reading of nobody is a matter of the rules.
        assert_eq!(received.read.value.readings.len(), if received.read.violations.is_empty() { 3 } else { 1 });
        assert_eq!(received.read.value.received, 3);
        told(&received.read.violations)
    };
    assert_eq!(of("<Meter><mRID>a\u{202e}b</mRID></Meter>"), ["0 meterId invalid-id", "1 meterId invalid-id"]);
    assert_eq!(
        of("<UsagePoint/><UsagePoint/><Meter><Names/></Meter>"),
        ["0 usagePointId duplicate-field", "0 meterId missing", "1 usagePointId duplicate-field", "1 meterId missing"]
    );
    assert_eq!(of(""), [""; 0]);
}

#[test]
fn codes_no_list_has_are_warned_of_once() {
    let odd = reading("1").replace(KWH, "0.0.2.4.1.1.60000.0.0.0.0.0.0.0.0.3.72.0").replace(
        "<ReadingType",
        "<ReadingQualities><ReadingQualityType ref='9.200.1'/></ReadingQualities><ReadingType",
    );
    let received = read_text(&of_meter(&format!("{odd}{odd}"))).unwrap();
    assert_eq!(received.read.violations, []);
    assert_eq!(told(&received.read.warnings), ["0 readingTypeCode unlisted-code", "0 quality unlisted-code"]);
}

#[test]
fn other_messages_are_refused_by_name() {
    let refused = |body: &str| read_text(body).unwrap_err().to_string();
    assert_eq!(
        refused("<MeterReadings/>"),
        "`MeterReadings` is read in the namespace `http://iec.ch/TC57/2011/MeterReadings#` or \
         `http://www.iec.ch/TC57/2011/MeterReadings#`; this one is in none"
    );
    assert!(refused("<x:MeterReadings xmlns:x='urn:x'/>").ends_with("this one is in `urn:x`"));
    assert_eq!(refused("<MeterConfig/>"), "a message `MeterReadings` is expected, not `MeterConfig`");
    assert_eq!(refused(""), "the body has no XML element");
    let limits = Limits { items: 2, ..Limits::default() };
    let body = of_meter(&reading("1").repeat(3));
    let refused = read(body.as_bytes(), &Namespaces::default(), &limits);
    assert_eq!(refused, Err(Malformed::TooManyItems { limit: 2 }));
}

#[test]
fn many_faults_stay_bounded() {
    let body = of_meter(&"<Readings/>".repeat(20_000));
    let received = read_text(&body).unwrap();
    assert_eq!(received.read.value.received, 20_000);
    let twice = message(&format!("<MeterReading><Readings/>{}</MeterReading>", "<Meter/>".repeat(100_000)));
    assert_eq!(read_text(&twice).unwrap().read.violations.len(), 10);
    // Two each for the first 10,000 violations, then one each.
    assert_eq!(received.read.violations.len(), 10_000 + 15_000);
}
