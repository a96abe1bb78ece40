//! The golden samples, faults, and what comes back of anything.

use metering_model::{Configuration, ConfigurationKind, Configurations, RecordedConfiguration, TimeStamp};

use super::{read, read_replacement, write, write_recorded};
use crate::xml::{Namespaces, Received};
use crate::{Limits, Malformed, json};

mod any;
mod links;

const GOLDEN: [(ConfigurationKind, &str); 4] = [
    (ConfigurationKind::EndDevice, include_str!("../../../tests/fixtures/end_device_config.xml")),
    (ConfigurationKind::Meter, include_str!("../../../tests/fixtures/meter_config.xml")),
    (ConfigurationKind::UsagePoint, include_str!("../../../tests/fixtures/usage_point_config.xml")),
    (ConfigurationKind::ComModule, include_str!("../../../tests/fixtures/com_module_config.xml")),
];

fn read_text(kind: ConfigurationKind, body: &str) -> Received<Configurations> {
    read(kind, body.as_bytes(), &Namespaces::default(), &Limits::default()).unwrap()
}

fn written(message: &Configurations) -> (String, String) {
    let mut out = Vec::new();
    let omitted = write(message, &Namespaces::default(), &mut out);
    (String::from_utf8(out).unwrap(), omitted.to_string())
}

fn compact(xml: &str) -> String {
    xml.lines().map(str::trim).collect()
}

fn told(received: &Received<Configurations>) -> Vec<String> {
    received.read.violations.iter().map(|it| format!("{} {} {}", it.at.item, it.at.field, it.code)).collect()
}

fn counted(received: &Received<Configurations>) -> Vec<String> {
    received.tolerances.iter().map(|it| format!("{} {} {}", it.what, it.element, it.times)).collect()
}

#[test]
fn the_golden_samples_are_read_and_written_letter_for_letter() {
    for (kind, golden) in GOLDEN {
        let received = read_text(kind, golden);
        assert_eq!(told(&received), [""; 0], "{kind}");
        assert_eq!(counted(&received), [""; 0], "{kind}");
        assert_eq!(written(&received.read.value), (compact(golden), String::new()), "{kind}");
    }
}

#[test]
fn the_meter_has_its_functions() {
    let received = read_text(ConfigurationKind::Meter, GOLDEN[1].1);
    let [(0, Configuration::Meter(first)), (1, Configuration::Meter(second))] = received.read.value.items.as_slice()
    else {
        panic!("two meters")
    };
    assert_eq!(first.com_functions, second.com_functions);
    assert_eq!(first.com_functions[0].amr_address.as_deref(), Some("10.0.0.7"));
    let switch = first.connect_disconnect_function.as_ref().unwrap();
    assert_eq!(switch.names[0].name, "switch of 1234LG");
    assert_eq!(switch.rcd_info.as_ref().unwrap().power_limit.unwrap().to_string(), "11000.5");
    assert_eq!(first.registers[0].tou_tier.as_ref().unwrap().start.unwrap().to_string(), "06:00:00");
    assert_eq!(first.info.as_ref().unwrap().manufacturer.as_deref(), Some("Maker & Sons"));
    assert_eq!(first.names[0].name_type_authority.as_deref(), Some("utility"));
}

#[test]
fn secrets_are_read_and_never_written() {
    let body = "<EndDeviceConfig xmlns='http://iec.ch/TC57/2011/EndDeviceConfig#'>\
        <ComFunction><mRID>c</mRID><password>s1</password><programID>s2</programID></ComFunction>\
        <ConnectDisconnectFunction><mRID>d</mRID><password>s3</password></ConnectDisconnectFunction>\
        <EndDevice><mRID>e</mRID><installCode>s4</installCode><electronicAddress><password>s5</password></electronicAddress>\
        <ComFunction ref='c'/><ConnectDisconnectFunction ref='d'/></EndDevice></EndDeviceConfig>";
    let received = read_text(ConfigurationKind::EndDevice, body);
    assert_eq!(told(&received), [""; 0]);
    let Configuration::EndDevice(device) = &received.read.value.items[0].1 else { panic!("an end device") };
    assert_eq!(device.install_code.as_ref().unwrap().expose(), "s4");
    assert_eq!(device.com_functions[0].program_id.as_ref().unwrap().expose(), "s2");
    let (text, omitted) = written(&received.read.value);
    assert_eq!(omitted, "");
    for secret in ["s1", "s2", "s3", "s4", "s5", "password", "installCode", "programID"] {
        assert!(!text.contains(&format!(">{secret}<")) && !text.contains(&format!("<{secret}>")), "{text}");
    }
}

#[test]
fn every_fault_of_an_object_is_told_at_once() {
    let body = "<MeterConfig xmlns='http://iec.ch/TC57/2011/MeterConfig#'>\
        <ComFunction><mRID>c</mRID><mRID>c</mRID><enabled>yes</enabled><technology>radio</technology></ComFunction>\
        <Meter><isVirtual>maybe</isVirtual><purchasePrice>dear</purchasePrice><purchasePrice>1</purchasePrice>\
        <ComFunction ref='c'/><ComFunction ref='nobody'/><ComFunction/>\
        <EndDeviceInfo><phaseCount>-3</phaseCount></EndDeviceInfo>\
        <lifecycle><retiredDate>never</retiredDate><removalDate>2024-01-15Z</removalDate></lifecycle>\
        <MeterMultipliers><kind>half</kind></MeterMultipliers><Names/></Meter><Meter><mRID>good</mRID></Meter></MeterConfig>";
    let received = read_text(ConfigurationKind::Meter, body);
    assert_eq!(
        told(&received),
        [
            "0 purchasePrice duplicate-field",
            "0 isVirtual wrong-kind",
            "0 purchasePrice invalid-number",
            "0 names/0/name missing",
            "0 lifecycle/retiredDate invalid-time",
            "0 endDeviceInfo/phaseCount out-of-range",
            "0 multipliers/0/value missing",
            "0 multipliers/0/kind unknown-word",
            "0 comFunctions/0/mRID duplicate-field",
            "0 comFunctions/0/enabled wrong-kind",
            "0 comFunctions/0/technology unknown-word",
            "0 comFunctions/1 unknown-reference",
            "0 comFunctions/2 missing",
        ]
    );
    assert_eq!(received.read.value.items.len(), 1);
    assert_eq!(received.read.value.received, 2);
    assert_eq!(received.places.xpath(&received.read.violations[9].at), "/m:MeterConfig/m:Meter[1]/m:ComFunction[1]");
}

#[test]
fn what_the_schema_has_no_place_for_is_named() {
    for (kind, body, expected) in [
        (
            ConfigurationKind::Meter,
            r#"{"mRID":"m","timeZone":"Europe/Berlin","installations":[{"usagePointId":"u"}],"names":[{"name":"a","nameTypeAuthority":"x"}]}"#,
            "installations, names, timeZone",
        ),
        (
            ConfigurationKind::UsagePoint,
            r#"{"mRID":"u","address":"Street 7","timeZone":"Europe/Berlin","multipliers":[{"kind":"kH","value":1},{"kind":"ctRatio","value":2}]}"#,
            "address, multipliers, timeZone",
        ),
        (
            ConfigurationKind::ComModule,
            r#"{"mRID":"c","technology":"plc","address":"7","deviceIds":["a"],"firmwareID":"1","hardwareID":"2","endDeviceInfo":{"phaseCount":1}}"#,
            "address, deviceIds, endDeviceInfo, firmwareID, hardwareID, technology",
        ),
    ] {
        let message = json::configuration::read(kind, body.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(message.violations, []);
        let (text, omitted) = written(&message.value);
        assert_eq!(omitted, expected);
        assert_eq!(told(&read_text(kind, &text)), [""; 0]);
    }
}

#[test]
fn a_stored_object_has_its_id_as_mrid() {
    let configuration = read_text(ConfigurationKind::UsagePoint, GOLDEN[2].1).read.value.items.remove(0).1;
    let recorded = RecordedConfiguration {
        id: "up-9".parse().unwrap(),
        configuration,
        status: metering_model::ConfigurationStatus::Active,
        revision: 3,
        recorded_at: TimeStamp::EPOCH,
    };
    let mut out = Vec::new();
    let omitted = write_recorded(ConfigurationKind::UsagePoint, &[recorded], &Namespaces::default(), &mut out);
    assert_eq!(omitted.to_string(), "recordedAt, revision, status");
    assert!(String::from_utf8(out).unwrap().contains("<UsagePoint><mRID>up-9</mRID>"));
}

#[test]
fn a_replacement_is_one_object() {
    let replacement =
        |golden: &str, kind| read_replacement(kind, golden.as_bytes(), &Namespaces::default(), &Limits::default());
    let (value, echoed) = replacement(GOLDEN[0].1, ConfigurationKind::EndDevice).unwrap().read.value;
    assert_eq!((value.items.len(), echoed), (1, Default::default()));
    assert_eq!(
        replacement(GOLDEN[1].1, ConfigurationKind::Meter),
        Err(Malformed::Message("one meter alone is expected in the message, not 2".to_owned()))
    );
}

#[test]
fn a_message_cut_anywhere_is_refused() {
    for (kind, golden) in GOLDEN {
        let body = golden.trim_end().as_bytes();
        for end in 0..body.len() {
            assert!(read(kind, &body[..end], &Namespaces::default(), &Limits::default()).is_err(), "{kind} {end}");
        }
    }
}
