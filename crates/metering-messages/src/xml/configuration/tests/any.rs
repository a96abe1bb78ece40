use metering_model::{
    ComFunction, ComTechnologyKind, ConnectDisconnectFunction, Decimal, ElectronicAddress, EndDeviceCapability,
    EndDeviceInfo, LifecycleDate, Meter, MeterMultiplier, MeterMultiplierKind, Name, PhaseCode, Register,
    RemoteConnectDisconnectInfo, Scale, TouTier, UsagePoint,
};
use proptest::option::of;
use proptest::prelude::*;

use super::*;

fn id() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[^\\p{C}\\u{200e}\\u{200f}\\u{202a}-\\u{202e}\\u{2066}-\\u{2069}]{1,12}").unwrap()
}

fn text() -> impl Strategy<Value = Option<String>> {
    of(any::<String>())
}

fn decimal() -> impl Strategy<Value = Option<Decimal>> {
    of((-999_999_999i64..=999_999_999, 0u8..=12)
        .prop_map(|(digits, places)| Decimal::new(digits, Scale::new(places).unwrap()).unwrap()))
}

fn names() -> impl Strategy<Value = Vec<Name>> {
    proptest::collection::vec(
        ("[ -~]{1,4}", text(), text()).prop_map(|(name, name_type, authority)| Name {
            name,
            name_type_authority: authority.filter(|_| name_type.is_some()),
            name_type,
        }),
        0..3,
    )
}

fn com_function() -> impl Strategy<Value = ComFunction> {
    // Few mRIDs, so that functions meet others of the same.
    (of("[a-c]"), names(), of(any::<bool>()), text()).prop_map(|(mrid, names, enabled, amr_address)| ComFunction {
        mrid,
        names,
        enabled,
        amr_address,
        technology: enabled.map(|_| ComTechnologyKind::Plc),
        ..ComFunction::default()
    })
}

fn register() -> impl Strategy<Value = Register> {
    (of("[a-c]"), names(), of(any::<u32>()), of(0u32..86_400)).prop_map(|(mrid, names, left_digit_count, time)| {
        let time = time.map(|it| format!("{:02}:{:02}:{:02}", it / 3600, it / 60 % 60, it % 60).parse().unwrap());
        Register {
            mrid,
            names,
            left_digit_count,
            tou_tier: Some(TouTier { start: time, end: None }),
            ..Register::default()
        }
    })
}

fn meter() -> impl Strategy<Value = Configuration> {
    let asset = (of(id()), names(), text(), decimal(), of(any::<bool>()), text());
    let info = of((text(), text(), of(any::<u32>()), of(any::<bool>())));
    let switch = of((of("[a-c]"), names(), of(any::<u32>()), decimal()));
    let lists = (
        proptest::collection::vec(com_function(), 0..3),
        proptest::collection::vec(register(), 0..3),
        proptest::collection::vec(decimal(), 0..2),
    );
    (asset, info, switch, lists, text()).prop_map(
        |(asset, info, switch, (com_functions, registers, multipliers), mac)| {
            let (mrid, names, serial_number, price, is_virtual, form_number) = asset;
            Configuration::Meter(Box::new(Meter {
                mrid: mrid.map(|it| it.parse().unwrap()),
                names,
                serial_number,
                initial_loss_of_life: price,
                purchase_price: price,
                is_virtual,
                form_number,
                electronic_address: mac.map(|mac| ElectronicAddress { mac: Some(mac), ..ElectronicAddress::default() }),
                lifecycle: is_virtual
                    .map(|_| LifecycleDate { received: Some("2024-02-29".parse().unwrap()), ..Default::default() }),
                info: info.map(|(manufacturer, model_number, phase_count, solid)| EndDeviceInfo {
                    manufacturer,
                    model_number,
                    phase_count,
                    capability: solid.map(|it| EndDeviceCapability { metrology: Some(it), ..Default::default() }),
                    ..EndDeviceInfo::default()
                }),
                connect_disconnect_function: switch.map(|(mrid, names, event_count, limit)| {
                    ConnectDisconnectFunction {
                        mrid,
                        names,
                        event_count,
                        rcd_info: Some(RemoteConnectDisconnectInfo { power_limit: limit, ..Default::default() }),
                        ..ConnectDisconnectFunction::default()
                    }
                }),
                com_functions,
                registers,
                multipliers: multipliers
                    .into_iter()
                    .flatten()
                    .map(|value| MeterMultiplier { kind: MeterMultiplierKind::KH, value })
                    .collect(),
                ..Meter::default()
            }))
        },
    )
}

fn usage_point() -> impl Strategy<Value = Configuration> {
    (of(id()), names(), text(), text(), of(0usize..21), decimal(), text()).prop_map(
        |(mrid, names, location, tariff, phase, voltage, address)| {
            Configuration::UsagePoint(Box::new(UsagePoint {
                mrid: mrid.map(|it| it.parse().unwrap()),
                names,
                service_location: location.clone(),
                service_supplier: location,
                pricing_structure: tariff,
                phase_code: phase.map(|it| PhaseCode::ALL[it]),
                nominal_service_voltage: voltage,
                address,
                ..UsagePoint::default()
            }))
        },
    )
}

/// From JSON to XML and back, object by object: what differs is what was said to be left out.
fn comes_back(kind: ConfigurationKind, objects: Vec<Configuration>) -> Result<(), TestCaseError> {
    let received = u32::try_from(objects.len()).unwrap();
    let message = Configurations { kind, items: (0..).zip(objects).collect(), received };
    let (text, omitted) = written(&message);
    let again = read_text(kind, &text);
    prop_assert_eq!(told(&again), [""; 0], "{}", text);
    prop_assert_eq!(again.read.value.items.len(), message.items.len());
    for ((_, was), (_, is)) in message.items.iter().zip(&again.read.value.items) {
        let (mut was, mut is) = (json_of(was), json_of(is));
        for json in [&mut was, &mut is] {
            omit(json, &omitted.split(", ").collect::<Vec<_>>());
        }
        prop_assert_eq!(was, is, "{} {}", omitted, text);
    }
    Ok(())
}

/// Takes members of these names out, wherever they are.
fn omit(json: &mut serde_json::Value, names: &[&str]) {
    match json {
        serde_json::Value::Object(members) => {
            members.retain(|name, _| !names.contains(&name.as_str()));
            members.values_mut().for_each(|it| omit(it, names));
        }
        serde_json::Value::Array(entries) => entries.iter_mut().for_each(|it| omit(it, names)),
        _ => {}
    }
}

fn json_of(configuration: &Configuration) -> serde_json::Value {
    let recorded = RecordedConfiguration {
        id: "x".parse().unwrap(),
        configuration: configuration.clone(),
        status: metering_model::ConfigurationStatus::Active,
        revision: 1,
        recorded_at: TimeStamp::EPOCH,
    };
    let mut out = Vec::new();
    json::configuration::write_item(&recorded, &mut out);
    serde_json::from_slice(&out).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_meters_come_back(meters in proptest::collection::vec(meter(), 0..4)) {
        comes_back(ConfigurationKind::Meter, meters)?;
    }

    #[test]
    fn any_usage_points_come_back(points in proptest::collection::vec(usage_point(), 0..4)) {
        comes_back(ConfigurationKind::UsagePoint, points)?;
    }
}
