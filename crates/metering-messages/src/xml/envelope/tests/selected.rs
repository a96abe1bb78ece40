use metering_model::{ControlMode, ControlValue, EndDeviceControl, EndDeviceControlType, EndDeviceControls, Priority};

use super::*;
use crate::envelope::{Action, Header, MessageNoun, Parameters, Payload, Request, Verb};
use crate::xml::Namespaces;
use crate::xml::envelope::{Message, Selection, Written, select, targets, write_controls};

/// What a request asks for, or why it is refused.
fn selected(noun: MessageNoun, request: &str) -> String {
    let body = super::request("get", noun.as_str(), request);
    let (namespaces, limits, bounds) = (EnvelopeNamespaces::default(), Limits::default(), Bounds::default());
    let reading = Reading { namespaces: &namespaces, limits: &limits, bounds: &bounds };
    let received = read(body.as_bytes(), &reading).unwrap();
    let Envelope::Request(request) = &received.envelope else { panic!("a request") };
    let shown = |list: Vec<String>| list.join(",");
    let strings = |list: &[String]| list.join(",");
    match select(noun, &request.parameters, &Namespaces::default(), &reading) {
        Err(refused) => refused.to_string(),
        Ok(Selection::MeterReadings(it)) => format!(
            "meters {} usage-points {} types {} qualities {} {:?} {:?}",
            shown(it.meters.iter().map(ToString::to_string).collect()),
            shown(it.usage_points.iter().map(ToString::to_string).collect()),
            it.reading_types.iter().map(Vec::len).sum::<usize>(),
            shown(it.qualities.iter().map(ToString::to_string).collect()),
            it.from.map(|it| it.to_string()),
            it.to.map(|it| it.to_string()),
        ),
        Ok(Selection::EndDeviceControls { selection, mrids }) => format!(
            "devices {} types {} mrids {}",
            shown(selection.devices.iter().map(ToString::to_string).collect()),
            shown(selection.control_types.iter().map(ToString::to_string).collect()),
            shown(mrids.iter().map(ToString::to_string).collect()),
        ),
        Ok(Selection::EndDeviceEvents { selection, mrids }) => format!(
            "devices {} types {} mrids {}",
            shown(selection.devices.iter().map(ToString::to_string).collect()),
            selection.event_types.len(),
            shown(mrids.iter().map(ToString::to_string).collect()),
        ),
        Ok(Selection::Configurations { selection, mrids }) => {
            format!("{:?} names {} mrids {}", selection.kind, strings(&selection.names), strings(&mrids))
        }
    }
}

fn profile(noun: MessageNoun, content: &str) -> String {
    selected(
        noun,
        &format!("<Request><Get{noun} xmlns='http://iec.ch/TC57/2011/Get{noun}#'>{content}</Get{noun}></Request>"),
    )
}

const PERIOD: &str = "<timePeriod><end>2024-01-16T00:00:00Z</end><start>2024-01-15T00:00:00Z</start></timePeriod>";

#[test]
fn a_profile_says_what_is_asked_for() {
    let everything = format!(
        "<EndDevice><mRID>a</mRID></EndDevice><EndDevice><Names><name>1234LG</name></Names></EndDevice>\
         <MeterReadings><Meter><mRID>b</mRID></Meter><Readings><ReadingType><mRID>0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0</mRID>\
         </ReadingType>{PERIOD}</Readings><UsagePoint><mRID>u</mRID></UsagePoint></MeterReadings><Reading>{PERIOD}</Reading>\
         <ReadingQuality><ReadingQualityType><mRID>3.8.0</mRID></ReadingQualityType></ReadingQuality>\
         <ReadingType><mRID>0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0</mRID></ReadingType><UsagePoint><mRID>v</mRID></UsagePoint>"
    );
    assert_eq!(
        profile(MessageNoun::MeterReadings, &everything),
        "meters a,1234LG,b usage-points u,v types 2 qualities 3.8.0 Some(\"2024-01-15T00:00:00Z\") Some(\"2024-01-16T00:00:00Z\")"
    );
    assert_eq!(
        profile(
            MessageNoun::EndDeviceControls,
            "<EndDevice><mRID>d</mRID></EndDevice><EndDeviceControl><mRID>c</mRID></EndDeviceControl><EndDeviceControlType><mRID>3.31.0.23</mRID></EndDeviceControlType>"
        ),
        "devices d types 3.31.0.23 mrids c"
    );
    assert_eq!(
        profile(
            MessageNoun::EndDeviceEvents,
            "<EndDeviceEvent><mRID>e</mRID></EndDeviceEvent><EndDeviceEventType><mRID>3.26.0.85</mRID></EndDeviceEventType>"
        ),
        "devices  types 1 mrids e"
    );
    assert_eq!(
        profile(
            MessageNoun::UsagePointConfig,
            "<UsagePoint><mRID>u</mRID></UsagePoint><UsagePoint><Names><name>n</name></Names></UsagePoint>"
        ),
        "UsagePoint names n mrids u"
    );
}

#[test]
fn without_a_profile_the_request_says_it() {
    assert_eq!(
        selected(
            MessageNoun::MeterReadings,
            "<Request><StartTime>2024-01-15T00:00:00Z</StartTime><ID>a</ID><ID objectType='Meter'>b</ID><ID objectType='UsagePoint'>u</ID></Request>"
        ),
        "meters a,b usage-points u types 0 qualities  Some(\"2024-01-15T00:00:00Z\") None"
    );
    assert_eq!(
        selected(MessageNoun::EndDeviceControls, "<Request><ID>c</ID><ID objectType='EndDevice'>d</ID></Request>"),
        "devices d types  mrids c"
    );
    assert_eq!(selected(MessageNoun::EndDeviceEvents, ""), "devices  types 0 mrids ");
    assert_eq!(
        selected(MessageNoun::MeterConfig, "<Request><ID>m</ID><ID kind='name'>n</ID></Request>"),
        "Meter names n mrids m"
    );
}

#[test]
fn what_would_narrow_the_selection_and_is_not_known_is_refused() {
    let readings = |content: &str| profile(MessageNoun::MeterReadings, content);
    for (told, piece) in [
        (
            readings("<EndDeviceGroup><mRID>g</mRID></EndDeviceGroup>"),
            "1.8: nothing is selected by `GetMeterReadings/EndDeviceGroup`",
        ),
        (readings("<Reading><source>x</source></Reading>"), "1.8: nothing is selected by `Reading/source`"),
        (readings("<Colour>red</Colour>"), "1.8: nothing is selected by `GetMeterReadings/Colour`"),
        (readings("<EndDevice/>"), "1.8: `EndDevice` has neither an `mRID` nor a name"),
        (readings("<EndDevice><mRID>a\u{9}b</mRID></EndDevice>"), "2.4: `EndDevice`"),
        (readings("<ReadingType><mRID>kWh</mRID></ReadingType>"), "2.6: `ReadingType`: `kWh`"),
        (
            readings(&format!("<Reading>{PERIOD}</Reading><Reading>{}</Reading>", PERIOD.replace("16", "17"))),
            "1.8: two periods",
        ),
        (readings("<Reading><timePeriod><start>now</start></timePeriod></Reading>"), "1.8: `now`"),
        (readings("<MeterReadings/><MeterReadings/>"), "1.8: `MeterReadings` stands twice"),
        (readings(&"<EndDevice><mRID>a</mRID></EndDevice>".repeat(100_001)), "3.1: more than 100000 items"),
        (
            selected(MessageNoun::MeterReadings, "<Request><Option><name>o</name></Option></Request>"),
            "1.8: no option `o`",
        ),
        (
            selected(MessageNoun::MeterReadings, "<Request><ID objectType='Pole'>p</ID></Request>"),
            "2.15: nothing is selected by the id of a `Pole`",
        ),
        (
            selected(MessageNoun::MeterConfig, "<Request><StartTime>2024-01-15T00:00:00Z</StartTime></Request>"),
            "1.8: MeterConfig is not selected by time",
        ),
        (
            selected(MessageNoun::MeterReadings, "<Request><GetMeterReadings xmlns='urn:x'/></Request>"),
            "1.8: `GetMeterReadings` is read in the namespace",
        ),
    ] {
        assert!(told.starts_with(piece), "{told}");
    }
}

#[test]
fn a_limit_in_kilowatts_travels_in_the_header() {
    let mut control = EndDeviceControl::new(EndDeviceControlType::LOAD_CONTROL);
    control.mrid = Some("c:1".parse().unwrap());
    control.target.devices.push("m".parse().unwrap());
    control.value = Some(ControlValue::Number("50.0".parse().unwrap()));
    control.unit = Some("kW".to_owned());
    control.mode = ControlMode::ReduceBy;
    control.expires = Some("2024-01-15T11:00:00Z".parse().unwrap());
    control.priority = Priority::High;
    let controls = EndDeviceControls { controls: vec![(0, control)], received: 1 };
    let Written { text, properties, omitted } = write_controls(&controls, &Namespaces::default());
    assert!(omitted.is_empty(), "{omitted}");
    let mut header = Header::new(Verb::Do(Action::Create), MessageNoun::EndDeviceControls);
    header.properties = properties;
    let request = Request { header, parameters: Parameters::default(), payload: Some(Payload::Plain(text)) };
    let mut out = Vec::new();
    let namespaces = EnvelopeNamespaces::default();
    write(&Envelope::Request(request), Form::Generic, &namespaces, &mut out, |text, out| out.extend_from_slice(text));
    let again = |out: &str| {
        let received = read_text(out).unwrap();
        let Envelope::Request(request) = &received.envelope else { panic!("a request") };
        let part = request.payload.as_ref().unwrap().message().unwrap();
        let properties = &request.header.properties;
        match part.message(MessageNoun::EndDeviceControls, properties, &Namespaces::default(), &Limits::default()) {
            Ok(Message::EndDeviceControls(received)) => received.read,
            other => panic!("{other:?}"),
        }
    };
    let text = String::from_utf8(out).unwrap();
    let read = again(&text);
    assert_eq!((read.value, read.violations.len()), (controls, 0), "{text}");
    // What is wrong in the header is the item's fault.
    let read = again(&text.replace("<Value>high</Value>", "<Value>loud</Value>"));
    assert_eq!((read.value.controls.len(), read.value.received), (0, 1));
    assert_eq!(read.violations[0].at.field, "priority");
    // Without an mRID there is nothing to call it by.
    let mut nameless = EndDeviceControls {
        controls: vec![(0, EndDeviceControl::new(EndDeviceControlType::LOAD_CONTROL))],
        received: 1,
    };
    nameless.controls[0].1.priority = Priority::Low;
    let written = write_controls(&nameless, &Namespaces::default());
    assert_eq!((written.properties.len(), written.omitted.to_string()), (0, "priority".to_owned()));
}

#[test]
fn what_is_cancelled_or_deleted_is_called_by_ids_or_in_the_payload() {
    let of = |noun: MessageNoun, verb: &str, content: &str| {
        let body = super::request(verb, noun.as_str(), content);
        let (namespaces, limits, bounds) = (EnvelopeNamespaces::default(), Limits::default(), Bounds::default());
        let reading = Reading { namespaces: &namespaces, limits: &limits, bounds: &bounds };
        let received = read(body.as_bytes(), &reading).unwrap();
        let Envelope::Request(request) = &received.envelope else { panic!("a request") };
        match targets(noun, request, &Namespaces::default(), &reading) {
            Ok(ids) => {
                let shown = ids.iter().map(|it| format!("{} {:?} {:?}", it.value, it.kind, it.object_type));
                shown.collect::<Vec<_>>().join("; ")
            }
            Err(refused) => refused.to_string(),
        }
    };
    let meters = "<Request><ID>a</ID></Request><Payload><MeterConfig xmlns='http://iec.ch/TC57/2011/MeterConfig#'>\
                  <Meter><mRID>b</mRID><serialNumber>7</serialNumber></Meter>\
                  <Meter><Names><name>n</name></Names></Meter></MeterConfig></Payload>";
    assert_eq!(
        of(MessageNoun::MeterConfig, "delete", meters),
        "a None None; b None Some(\"Meter\"); n Some(Name) Some(\"Meter\")"
    );
    let nameless = "<Payload><EndDeviceControls xmlns='http://iec.ch/TC57/2011/EndDeviceControls#'>\
                    <EndDeviceControl><reason>r</reason></EndDeviceControl></EndDeviceControls></Payload>";
    let told = of(MessageNoun::EndDeviceControls, "cancel", nameless);
    assert_eq!(told, "1.8: `EndDeviceControl` has neither an `mRID` nor a name");
    assert!(
        of(MessageNoun::EndDeviceControls, "cancel", &nameless.replace("2011/", "x"))
            .contains("is read in the namespace")
    );
}
