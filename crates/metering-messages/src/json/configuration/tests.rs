use metering_model::{ConfigurationKind, ConfigurationStatus, Configurations, RecordedConfiguration};

use super::{read, read_replacement, write_item, write_page};
use crate::json::schema::tests::is_one_of;
use crate::{Limits, Malformed, Read};

const METER: &str = r#"{"mRID":"m-1","names":[{"name":"1234LG","nameType":"badge","nameTypeAuthority":"utility"}],
"serialNumber":"SN 1","lotNumber":"7","utcNumber":"u","type":"residential","initialCondition":"new",
"initialLossOfLife":0.50,"purchasePrice":120.00,"lifecycle":{"manufacturedDate":"2020-02-29","installationDate":"2021-03-01"},
"electronicAddress":{"lan":"10.0.0.1","mac":"00:11","email1":"a@b","web":"http://m","radio":"r","userID":"reader"},
"amrSystem":"hes-1","timeZone":"Europe/Berlin","timeZoneOffset":60,
"endDeviceInfo":{"manufacturer":"M","modelNumber":"X","modelVersion":"2","phaseCount":3,"ratedCurrent":63,"ratedVoltage":230.0,"isSolidState":true,
"capability":{"connectDisconnect":true,"reverseFlow":false}},
"isVirtual":false,"formNumber":"12S","multipliers":[{"kind":"ctRatio","value":200},{"kind":"kH","value":7.2}],
"comFunctions":[{"enabled":true,"amrAddress":"a","direction":"biDirectional","technology":"rfMesh","firmwareID":"1.2"}],
"connectDisconnectFunction":{"enabled":true,"eventCount":3,"isConnected":true,"rcdInfo":{"armedTimeout":30,"energyUsageStartDateTime":"2024-01-15T10:00:00Z","powerLimit":5000}},
"registers":[{"leftDigitCount":6,"rightDigitCount":2,"touTier":{"start":"06:00:00","end":"22:00:00"},"touTierName":"day",
"channels":[{"readingTypeCode":"0.0.0.1.1.1.12.0.0.0.0.1.0.0.0.3.72.0"}]}],
"installations":[{"usagePointId":"UP-1","to":"2024-01-15T10:00:00Z"},{"usagePointId":"UP-2","from":"2024-01-15T10:00:00Z"}]}"#;

fn list(kind: ConfigurationKind, items: &str) -> Read<Configurations> {
    read(kind, format!(r#"{{"{}":[{items}]}}"#, kind.list()).as_bytes(), &Limits::default()).unwrap()
}

fn told(kind: ConfigurationKind, item: &str) -> Vec<String> {
    let read = list(kind, item);
    assert!(read.value.items.is_empty(), "{:?}", read.value);
    read.violations.iter().map(|it| format!("{} {}: {}", it.at.field, it.code, it.detail)).collect()
}

fn written(read: Read<Configurations>) -> String {
    assert_eq!(read.violations, []);
    let (_, configuration) = read.value.items.into_iter().next().unwrap();
    let recorded = RecordedConfiguration {
        id: configuration.mrid().unwrap().parse().unwrap(),
        configuration,
        status: ConfigurationStatus::Active,
        revision: 2,
        recorded_at: "2024-01-15T10:00:00Z".parse().unwrap(),
    };
    let mut out = Vec::new();
    write_item(&recorded, &mut out);
    let text = String::from_utf8(out).unwrap();
    is_one_of(&["RecordedEndDevice", "RecordedMeter", "RecordedUsagePoint", "RecordedComModule"], &text);
    text
}

/// What is written for `sent`, next to what it must be.
fn there_and_back(kind: ConfigurationKind, sent: &str) {
    let sent: String = sent.lines().collect();
    let back = written(list(kind, &sent));
    let id = back.strip_prefix(r#"{"id":""#).and_then(|it| it.split_once(r#"","#)).unwrap().0;
    let ours = r#","status":"active","revision":2,"recordedAt":"2024-01-15T10:00:00Z"}"#;
    assert_eq!(back, format!(r#"{{"id":"{id}",{}{ours}"#, &sent[1..sent.len() - 1]));
}

#[test]
fn every_field_comes_back_as_it_was_sent() {
    there_and_back(ConfigurationKind::Meter, METER);
    there_and_back(
        ConfigurationKind::EndDevice,
        r#"{"mRID":"3dc53ee5-777e-50b4-8699-a1c224d493d","isPan":true,"installations":[{"usagePointId":"UP-1"}]}"#,
    );
    there_and_back(
        ConfigurationKind::UsagePoint,
        r#"{"mRID":"UP-1","serviceKind":"electricity","phaseCode":"s12N","connectionState":"connected",
"amiBillingReady":"operable","nominalServiceVoltage":230,"ratedCurrent":63.0,"ratedPower":14490,"estimatedLoad":5.5,
"isSdp":true,"isVirtual":false,"grounded":true,"checkBilling":false,"minimalUsageExpected":false,
"multipliers":[{"kind":"transformerRatio","value":1}],"timeZone":"Europe/Berlin","readCycle":"4","readRoute":"12",
"outageRegion":"north","servicePriority":"hospital","serviceLocation":"plant","address":"Main Street 1","serviceSupplier":"S",
"pricingStructure":"T1","serviceDeliveryRemark":"dog"}"#,
    );
    there_and_back(
        ConfigurationKind::ComModule,
        r#"{"mRID":"C-1","serialNumber":"9","technology":"plc","address":"fe80::1","deviceIds":["m-1","1234LG"],
"firmwareID":"1","hardwareID":"2","supportsAutonomousDst":true}"#,
    );
}

#[test]
fn secrets_are_read_and_not_written() {
    let sent = r#"{"mRID":"d","installCode":"83FED340","electronicAddress":{"password":"hush"},
        "comFunctions":[{"password":"hush","programID":"hush"}],"connectDisconnectFunction":{"password":"hush"}}"#;
    let read = list(ConfigurationKind::EndDevice, sent);
    let mut texts = Vec::new();
    read.value.items[0].1.each_text(|at, text| texts.push(format!("{at}={text}")));
    assert_eq!(
        texts,
        [
            "electronicAddress/password=hush",
            "installCode=83FED340",
            "comFunctions/0/password=hush",
            "comFunctions/0/programID=hush",
            "connectDisconnectFunction/password=hush"
        ]
    );
    let back = written(read);
    assert!(!back.contains("hush") && !back.contains("83FED340"), "{back}");
    assert!(back.contains(r#""electronicAddress":{},"comFunctions":[{}],"connectDisconnectFunction":{}"#), "{back}");
}

#[test]
fn everything_wrong_with_an_item_is_told_with_its_path() {
    assert_eq!(
        told(
            ConfigurationKind::Meter,
            r#"{"mrid":"m","names":[{"name":5},{"nametype":"x"},null],"serialNumber":7,"registers":{},
                "endDeviceInfo":{"phaseCount":-1,"ratedCurrent":"1.5A"},"multipliers":[{"kind":"ct","value":1}],
                "installations":[{"usagePointId":"","from":"yesterday"}],"status":"active","revision":1,
                "registers2":1,"lifecycle":{"purchaseDate":"2023-02-29"}}"#
        ),
        [
            "mrid unknown-field: no field of a meter is called `mrid`; did you mean `mRID`?",
            "registers2 unknown-field: no field of a meter is called `registers2`; did you mean `registers`?",
            "names/0/name wrong-kind: a text is needed here, not a number",
            "names/1/nametype unknown-field: no field of a name is called `nametype`; did you mean `nameType`?",
            "names/1/name missing: `name` is missing",
            "names/2 wrong-kind: an entry of a list cannot be null; leave it out",
            "serialNumber wrong-kind: a text is needed here, not a number",
            "lifecycle/purchaseDate invalid-time: `2023-02-29`: not a date such as 2024-01-15",
            "endDeviceInfo/phaseCount out-of-range: a whole number from 0 to 4294967295 is needed here, not -1",
            "endDeviceInfo/ratedCurrent invalid-number: `1.5A`: not a decimal number such as 1234.56; nothing is rounded",
            "multipliers/0/kind unknown-word: unknown kind `ct`; known are ctRatio, ptRatio, transformerRatio, kH, kR, kE",
            "registers wrong-kind: a list is needed here, not an object",
            "installations/0/usagePointId invalid-id: an id has at least one character",
            "installations/0/from invalid-time: `yesterday`: not a date and time such as 2024-01-15T10:00:00Z",
            "status server-owned: `status` is set by the server; leave it out",
            "revision server-owned: `revision` is set by the server; leave it out",
        ]
    );
    let wrong = told(ConfigurationKind::UsagePoint, r#"{"mRID":"u","phaseCode":"S12N","serviceKind":"elektricity"}"#);
    assert!(
        wrong[0]
            .starts_with("serviceKind unknown-word: unknown serviceKind `elektricity`; did you mean `electricity`?"),
        "{wrong:?}"
    );
    assert!(
        wrong[1].starts_with("phaseCode unknown-word: unknown phaseCode `S12N`; did you mean `s12N`?"),
        "{wrong:?}"
    );
}

#[test]
fn a_list_of_more_entries_than_anybody_means_is_refused_unread() {
    let names = vec!["1"; 10_001].join(",");
    let wrong = told(ConfigurationKind::Meter, &format!(r#"{{"mRID":"m","names":[{names}]}}"#));
    assert_eq!(wrong, ["names too-many: more than 10000 entries"]);
}

#[test]
fn the_good_items_of_a_message_are_read_all_the_same() {
    let read = list(ConfigurationKind::Meter, r#"{"mRID":"a"},{"mRID":"b","x":1},{"mRID":"c"},5"#);
    let ids: Vec<_> = read.value.items.iter().map(|(item, it)| (*item, it.mrid().unwrap().to_owned())).collect();
    assert_eq!(ids, [(0, "a".to_owned()), (2, "c".to_owned())]);
    assert_eq!((read.value.received, read.violations.len(), read.alone), (4, 2, false));
}

#[test]
fn what_was_read_can_be_edited_and_sent_back() {
    let kind = ConfigurationKind::Meter;
    let back = written(list(kind, r#"{"mRID":"m-1","serialNumber":"1"}"#));
    let Read { value: (message, echoed), violations, .. } =
        read_replacement(kind, back.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(violations, []);
    assert_eq!(message.items[0].1.serial_number(), Some("1"));
    assert_eq!(echoed.id.unwrap().as_str(), "m-1");
    assert_eq!((echoed.status, echoed.revision), (Some(ConfigurationStatus::Active), Some(2)));
    assert!(matches!(
        read_replacement(kind, br#"{"meters":[{"mRID":"m-1"}]}"#, &Limits::default()),
        Err(Malformed::Message(_))
    ));
}

#[test]
fn a_page_says_how_it_goes_on() {
    let page = |next: Option<&str>| {
        let mut out = Vec::new();
        write_page(ConfigurationKind::ComModule, &[], next, &mut out);
        String::from_utf8(out).unwrap()
    };
    assert_eq!(page(None), r#"{"comModules":[],"next":null}"#);
    assert_eq!(page(Some("c")), r#"{"comModules":[],"next":"c"}"#);
}
