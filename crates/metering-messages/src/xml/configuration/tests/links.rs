use super::*;

fn of(functions: &str, references: &str) -> Received<Configurations> {
    let body = format!(
        "<MeterConfig xmlns='http://iec.ch/TC57/2011/MeterConfig#'>{functions}<Meter><mRID>m</mRID>{references}</Meter></MeterConfig>"
    );
    read_text(ConfigurationKind::Meter, &body)
}

#[test]
fn functions_are_found_by_mrid_before_names_wherever_they_stand() {
    let functions = "<ComFunction><mRID>a</mRID><amrAddress>1</amrAddress><Names><name>b</name></Names></ComFunction>\
        <ComFunction><mRID>b</mRID><amrAddress>2</amrAddress><Names><name>c</name></Names></ComFunction>\
        <ComFunction><amrAddress>3</amrAddress><Names><name>c</name></Names></ComFunction>";
    let received = of(functions, "<ComFunction ref='b'/><ComFunction ref='a'/>");
    let Configuration::Meter(meter) = &received.read.value.items[0].1 else { panic!("a meter") };
    let addresses: Vec<_> = meter.com_functions.iter().map(|it| it.amr_address.as_deref().unwrap()).collect();
    assert_eq!(addresses, ["2", "1"]);
    assert_eq!(counted(&received), ["not-kept MeterConfig/ComFunction 1"]);
    assert_eq!(told(&of(functions, "<ComFunction ref='c'/>")), ["0 comFunctions/0 ambiguous-name"]);
    assert_eq!(
        told(&of(functions, "<ConnectDisconnectFunction ref='a'/>")),
        ["0 connectDisconnectFunction unknown-reference"]
    );
}

#[test]
fn two_switches_are_one_too_many() {
    let functions = "<ConnectDisconnectFunction><mRID>a</mRID></ConnectDisconnectFunction>";
    let twice = "<ConnectDisconnectFunction ref='a'/>".repeat(2);
    assert_eq!(told(&of(functions, &twice)), ["0 connectDisconnectFunction too-many"]);
}

#[test]
fn registers_of_several_functions_stand_one_behind_the_other() {
    let functions = "<SimpleEndDeviceFunction><mRID>a</mRID><kind>metrology</kind><Registers><mRID>1</mRID></Registers>\
        </SimpleEndDeviceFunction><SimpleEndDeviceFunction><mRID>b</mRID><Registers><mRID>2</mRID><touTier><start>24:00:00</start>\
        <end>6</end></touTier></Registers></SimpleEndDeviceFunction>";
    let received = of(functions, "<SimpleEndDeviceFunction ref='a'/><SimpleEndDeviceFunction ref='b'/>");
    assert_eq!(told(&received), ["0 registers/1/touTier/end invalid-time"]);
    assert_eq!(
        counted(&received),
        [
            "not-kept SimpleEndDeviceFunction/kind 1",
            "order touTier/end 1",
            "order MeterConfig/Meter 1",
            "end-of-day Meter/start 1",
        ]
    );
}

#[test]
fn functions_of_the_same_mrid_are_kept_apart() {
    let meter = |address: &str| {
        format!(
            r#"{{"names":[{{"name":"{address}"}}],"comFunctions":[{{"mRID":"1","amrAddress":"{address}"}},{{"amrAddress":"x"}}]}}"#
        )
    };
    let body = format!(r#"{{"meters":[{},{},{}]}}"#, meter("a"), meter("b"), meter("a"));
    let message =
        json::configuration::read(ConfigurationKind::Meter, body.as_bytes(), &Limits::default()).unwrap().value;
    let (text, omitted) = written(&message);
    // The second `1` has lost its mRID, which is told.
    assert_eq!(omitted, "comFunctions");
    assert_eq!(text.matches("<ComFunction>").count(), 5);
    let again = read_text(ConfigurationKind::Meter, &text);
    assert_eq!(told(&again), [""; 0]);
    for ((_, was), (_, is)) in message.items.iter().zip(&again.read.value.items) {
        let (Configuration::Meter(was), Configuration::Meter(is)) = (was, is) else { panic!("meters") };
        assert_eq!(was.com_functions[0].amr_address, is.com_functions[0].amr_address);
        assert_eq!(was.com_functions[1], is.com_functions[1]);
    }
}

#[test]
fn a_large_function_is_not_copied_without_end() {
    let names = "<Names><name>x</name></Names>".repeat(20_000);
    let references = "<ComFunction ref='a'/>".repeat(100);
    let body = format!(
        "<MeterConfig xmlns='http://iec.ch/TC57/2011/MeterConfig#'><ComFunction><mRID>a</mRID>{names}</ComFunction>\
         <Meter><mRID>m</mRID>{references}</Meter></MeterConfig>"
    );
    let refused = read(ConfigurationKind::Meter, body.as_bytes(), &Namespaces::default(), &Limits::default());
    assert!(matches!(refused, Err(Malformed::Message(told)) if told.contains("referred to so often")));
    let names = "<Names><name>x</name></Names>".repeat(30_000);
    assert_eq!(told(&of("", &names)), ["0  too-many"]);
}
