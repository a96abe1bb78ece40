use metering_model::{
    ComModule, Configuration, ConfigurationKind, Configurations, ConnectDisconnectFunction, Installation, Meter,
    MeterMultiplier, MeterMultiplierKind, Name, Register, Secret, TimeStamp, UsagePoint,
};

use super::check;
use crate::{Facts, Rules};

fn name(name: &str) -> Name {
    Name { name: name.into(), name_type: None, name_type_authority: None }
}

fn meter() -> Meter {
    Meter { mrid: Some("m-1".parse().unwrap()), ..Meter::default() }
}

fn checked(items: Vec<Configuration>) -> (Vec<u32>, Vec<String>) {
    let received = items.len() as u32;
    let kind = items.first().map_or(ConfigurationKind::Meter, Configuration::kind);
    let message = Configurations { kind, items: (0..).zip(items).collect(), received };
    let facts = Facts { now: TimeStamp::EPOCH, rules: Rules::default() };
    let (mut violations, mut warnings) = (Vec::new(), Vec::new());
    let valid = check(message, &facts, &mut violations, &mut warnings);
    assert_eq!(warnings, []);
    let told = violations.iter().map(|it| format!("{} {} {}", it.at.item, it.at.field, it.code)).collect();
    (valid.items.iter().map(|(item, _)| *item).collect(), told)
}

fn told(meter: Meter) -> Vec<String> {
    checked(vec![Configuration::Meter(Box::new(meter))]).1
}

#[test]
fn an_object_needs_an_mrid_or_a_name() {
    let item = |meter| Configuration::Meter(Box::new(meter));
    let named = Meter { names: vec![name("1234LG")], ..Meter::default() };
    let (stay, told) = checked(vec![item(Meter::default()), item(named), item(meter())]);
    assert_eq!((stay, told), (vec![1, 2], vec!["0  no-identity".to_owned()]));
}

#[test]
fn one_object_stands_once_in_a_message() {
    let item = |mrid: Option<&str>, named: &str| {
        let mrid = mrid.map(|it| it.parse().unwrap());
        Configuration::UsagePoint(Box::new(UsagePoint { mrid, names: vec![name(named)], ..UsagePoint::default() }))
    };
    let items =
        vec![item(Some("a"), "x"), item(None, "x"), item(Some("b"), "x"), item(Some("a"), "y"), item(None, "x")];
    let (stay, told) = checked(items);
    assert_eq!(
        (stay, told),
        (vec![0, 1, 2], vec!["3 mRID duplicate-entry".into(), "4 names/0 duplicate-entry".into()])
    );
}

#[test]
fn texts_are_short_visible_and_not_empty_and_secrets_are_not_told() {
    let mut it = meter();
    it.serial_number = Some(String::new());
    it.names = vec![Name { name_type: Some("a\u{0}".into()), ..name("ok") }];
    it.form_number = Some("\u{e4}".repeat(256));
    it.lot_number = Some("\u{e4}".repeat(255));
    it.electronic_address =
        Some(metering_model::ElectronicAddress { password: Some(Secret::new("hush\n")), ..Default::default() });
    assert_eq!(
        told(it),
        [
            "0 names/0/nameType invalid-text",
            "0 serialNumber invalid-text",
            "0 electronicAddress/password invalid-text",
            "0 formNumber invalid-text"
        ]
    );
    let remark = |text: &str| {
        let mrid = Some("u".parse().unwrap());
        let it = UsagePoint { mrid, service_delivery_remark: Some(text.into()), ..UsagePoint::default() };
        checked(vec![Configuration::UsagePoint(Box::new(it))]).1
    };
    assert_eq!(remark(&"dog\n".repeat(1024)), Vec::<String>::new());
    assert_eq!(remark(&"dog\n".repeat(1025)), ["0 serviceDeliveryRemark invalid-text"]);
}

#[test]
fn time_zones_look_like_time_zones() {
    for (zone, good) in [
        ("Europe/Berlin", true),
        ("UTC", true),
        ("Etc/GMT+5", true),
        ("America/Argentina/Buenos_Aires", true),
        ("+01:00", false),
        ("Europe/", false),
        ("Central Time", false),
        ("../etc", false),
    ] {
        let found = told(Meter { time_zone: Some(zone.into()), ..meter() });
        assert_eq!(found.is_empty(), good, "{zone}: {found:?}");
    }
    assert_eq!(told(Meter { time_zone_offset: Some(1081.into()), ..meter() }), ["0 timeZoneOffset out-of-range"]);
    assert!(told(Meter { time_zone_offset: Some((-1080).into()), ..meter() }).is_empty());
}

#[test]
fn a_device_is_at_one_usage_point_at_a_time() {
    let installed = |times: &[(Option<&str>, Option<&str>)]| {
        let time = |it: Option<&str>| it.map(|it| format!("{it}T00:00:00Z").parse().unwrap());
        let installations = times
            .iter()
            .map(|(from, to)| Installation { usage_point: "UP".parse().unwrap(), from: time(*from), to: time(*to) })
            .collect();
        told(Meter { installations, ..meter() })
    };
    let (new_year, march, may) = (Some("2024-01-01"), Some("2024-03-01"), Some("2024-05-01"));
    assert!(installed(&[(march, None), (None, new_year), (new_year, march)]).is_empty());
    assert_eq!(installed(&[(march, march)]), ["0 installations/0/to contradiction"]);
    assert_eq!(installed(&[(None, None), (march, may)]), ["0 installations/1 overlapping-installations"]);
    assert_eq!(
        installed(&[(may, None), (new_year, None), (march, may)]),
        ["0 installations/2 overlapping-installations", "0 installations/1 overlapping-installations"]
    );
}

#[test]
fn numbers_are_within_reason() {
    let multiplier = |kind, value: &str| MeterMultiplier { kind, value: value.parse().unwrap() };
    let register =
        |left, right| Register { left_digit_count: Some(left), right_digit_count: Some(right), ..Register::default() };
    let it = Meter {
        multipliers: vec![
            multiplier(MeterMultiplierKind::CtRatio, "200"),
            multiplier(MeterMultiplierKind::CtRatio, "0.0"),
        ],
        registers: vec![register(6, 3), register(0, 13), register(17, 2)],
        ..meter()
    };
    assert_eq!(
        told(it),
        [
            "0 multipliers/1/value out-of-range",
            "0 multipliers/1/kind duplicate-entry",
            "0 registers/1/leftDigitCount out-of-range",
            "0 registers/1/rightDigitCount out-of-range",
            "0 registers/2/leftDigitCount out-of-range"
        ]
    );
}

#[test]
fn a_module_names_each_device_once() {
    let ids = ["a", "b", "a"].map(|id| id.parse().unwrap()).to_vec();
    let it = ComModule { mrid: Some("c".parse().unwrap()), device_ids: ids, ..ComModule::default() };
    assert_eq!(checked(vec![Configuration::ComModule(Box::new(it))]).1, ["0 deviceIds/2 duplicate-entry"]);
}

#[test]
fn a_switch_has_each_name_once() {
    let switch = ConnectDisconnectFunction { names: vec![name("a"), name("a")], ..Default::default() };
    let it = Meter { connect_disconnect_function: Some(switch), ..meter() };
    assert_eq!(told(it), ["0 connectDisconnectFunction/names/1 duplicate-entry"]);
}
