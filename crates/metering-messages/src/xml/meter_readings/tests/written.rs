use metering_model::words::READING_REASONS;
use metering_model::{Decimal, Qualities, Reading, ReadingDetails, ReadingType, Scale, Series, TimePeriod, TimeStamp};
use metering_model::{RecordedBy, RecordedReading, RecordedReadings};
use proptest::option;
use proptest::prelude::*;

use super::super::{Options, PageWriter, Unit, Writer, write, write_page, write_series};
use super::*;
use crate::json;
use crate::xml::lexical;
use crate::xml::walk::is_laid_out;

fn written(message: &MeterReadings) -> String {
    let mut out = Vec::new();
    assert!(write(message, &Namespaces::default(), &mut out).is_empty());
    String::from_utf8(out).unwrap()
}

#[test]
fn what_was_read_is_written_in_the_order_of_the_schema() {
    let golden = read_text(good::GOLDEN).unwrap().read.value;
    let text = written(&golden);
    let again = read_text(&text).unwrap();
    assert!(again.tolerances.is_empty(), "{:?}", again.tolerances);
    assert_eq!(again.read.violations, []);
    // Blocks stand before the meter, and it before readings; so nothing had to be taken apart.
    assert_eq!(text.matches("<MeterReading>").count(), 10);
    assert_eq!(again.read.value, golden);
    assert_eq!(written(&again.read.value), text);
}

#[test]
fn one_reading_looks_like_this() {
    let body = of_meter(&reading("1.50"));
    let block = "<MeterReading><IntervalBlocks><IntervalReadings><timeStamp>2024-01-15T10:15:00Z</timeStamp>\
                 <value>1.50</value></IntervalReadings><ReadingType ref=\"0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0\"/>\
                 </IntervalBlocks><Meter><mRID>m</mRID></Meter></MeterReading>";
    assert_eq!(
        written(&read_text(&body).unwrap().read.value),
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{}", message(block))
    );
}

pub(super) fn recorded(message: MeterReadings) -> RecordedReadings {
    let MeterReadings { series, qualities, details, readings, received: _ } = message;
    RecordedReadings {
        series,
        qualities,
        details,
        changes: vec![RecordedBy { recorded_at: TimeStamp::EPOCH, receipt: "r".to_owned() }],
        readings: readings
            .into_iter()
            .map(|reading| RecordedReading { reading, revision: 2, current: true, change: 0 })
            .collect(),
    }
}

#[test]
fn pages_join_in_one_message() {
    let golden = read_text(good::GOLDEN).unwrap().read.value;
    let page = recorded(golden.clone());
    let mut out = Vec::new();
    let mut writer = Writer::begin(&Namespaces::default(), &mut out);
    writer.page(&page, &mut out);
    writer.page(&page, &mut out);
    assert_eq!(writer.end(&mut out).to_string(), "recordedAt, revision");
    let again = read(&out, &Namespaces::default(), &Limits::default()).unwrap();
    assert!(again.tolerances.is_empty());
    assert_eq!(again.read.value.received, 2 * golden.received);
    assert_eq!(again.read.value.series.len(), golden.series.len());
}

#[test]
fn a_page_of_ours_says_everything() {
    let page = recorded(read_text(&of_meter(&reading("1.50"))).unwrap().read.value);
    let mut out = Vec::new();
    write_page(&page, &Options { revisions: true, unit: None }, Some("c&1"), &mut out);
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><page xmlns=\"urn:metering-data-exchange:2\"><readings><reading>\
         <meterId>m</meterId><readingType>intervalData</readingType><measurement>activeEnergy</measurement>\
         <interval>PT15M</interval><unit>kWh</unit><multiplier>0</multiplier><energyDirection>forward</energyDirection>\
         <readingTypeCode>0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0</readingTypeCode>\
         <readingDateTime>2024-01-15T10:15:00Z</readingDateTime><value>1.50</value><quality>good</quality>\
         <qualityCodes><qualityCode>1.0.0</qualityCode></qualityCodes><revision>2</revision><current>true</current>\
         <recordedAt>1970-01-01T00:00:00Z</recordedAt><receipt>r</receipt></reading></readings><next>c&amp;1</next></page>"
    );
    // The answer in JSON, said in XML, is the same.
    let mut json = Vec::new();
    json::meter_readings::write_page(&page, &Options { revisions: true, unit: None }, Some("c&1"), &mut json);
    let mut said = Vec::new();
    crate::xml::answer("page", &json, &mut said);
    let mut out = Vec::new();
    write_page(&page, &Options { revisions: true, unit: None }, Some("c&1"), &mut out);
    assert_eq!(String::from_utf8(out).unwrap(), String::from_utf8(said).unwrap());
    let mut out = Vec::new();
    let mut writer = PageWriter::begin(Options { revisions: false, unit: Some(Unit::of("MWh").unwrap()) }, &mut out);
    writer.page(&page, &mut out);
    writer.end(None, &mut out);
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("<unit>MWh</unit>") && text.contains("<value>0.00150</value>"), "{text}");
    assert!(text.contains("<storedReadingTypeCode>0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0</storedReadingTypeCode>"));
    assert!(!text.contains("<next>") && !text.contains("<receipt>"));
    let mut out = Vec::new();
    let series = metering_model::RecordedSeries {
        series: page.series[0].clone(),
        first: TimeStamp::EPOCH,
        last: TimeStamp::EPOCH,
        count: 96,
    };
    write_series(&[series], &mut out);
    assert!(String::from_utf8(out).unwrap().ends_with("<count>96</count></series></page>"));
}

fn any_id() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[^\\p{C}\\u{200e}\\u{200f}\\u{202a}-\\u{202e}\\u{2066}-\\u{2069}]{1,20}").unwrap()
}

/// What a reading may say besides, in texts of this kind and for these reasons.
pub(super) fn any_details(
    text: BoxedStrategy<String>,
    reason: BoxedStrategy<String>,
) -> impl Strategy<Value = ReadingDetails> {
    let text = move || option::of(text.clone().prop_map(Into::into));
    let time = || option::of(any_time());
    let reason = option::of(reason.prop_map(Into::into));
    (time(), time(), time(), text(), reason, text()).prop_map(|(reported, start, end, source, reason, comment)| {
        ReadingDetails { reported, time_period: TimePeriod { start, end }, source, reason, comment }
    })
}

/// Text that XML carries, and that nobody takes for how a message is laid out.
pub(super) fn any_carried() -> BoxedStrategy<String> {
    any::<String>().prop_filter("carried", |it| !it.is_empty() && !lexical::carried(it).1 && !is_laid_out(it)).boxed()
}

fn any_time() -> impl Strategy<Value = TimeStamp> {
    (TimeStamp::MIN.micros()..=TimeStamp::MAX.micros()).prop_map(|it| TimeStamp::from_micros(it).unwrap())
}

pub(super) fn any_reason() -> BoxedStrategy<String> {
    proptest::sample::select(READING_REASONS).prop_map(str::to_owned).boxed()
}

pub(super) fn any_message(details: impl Strategy<Value = ReadingDetails>) -> impl Strategy<Value = MeterReadings> {
    let kind = proptest::collection::vec(0u16..300, 17).prop_flat_map(|codes| {
        any::<i8>().prop_map(move |multiplier| {
            let mut codes: Vec<String> = codes.iter().map(u16::to_string).collect();
            codes.insert(15, multiplier.to_string());
            codes.join(".").parse::<ReadingType>().unwrap()
        })
    });
    let party = (option::of(any_id()), option::of(any_id()));
    let series = (party, kind).prop_map(|((meter, usage_point), reading_type)| Series {
        meter: meter.map(|id| id.parse().unwrap()),
        usage_point: usage_point.map(|id| id.parse().unwrap()),
        reading_type,
    });
    let statement = (any::<u8>(), any::<u8>(), any::<u16>())
        .prop_map(|(system, category, index)| metering_model::ReadingQualityType::new(system, category, index));
    let qualities = proptest::collection::vec(statement, 0..4).prop_map(Qualities::new);
    let value = (-999_999_999_999_999_999i64..=999_999_999_999_999_999, 0u8..=12)
        .prop_map(|(digits, places)| Decimal::new(digits, Scale::new(places).unwrap()).unwrap());
    let details = prop_oneof![2 => Just(ReadingDetails::default()), 1 => details];
    let readings = proptest::collection::vec((series, qualities, option::of(value), any_time(), details), 0..12);
    readings.prop_flat_map(|kinds| {
        let few = kinds.len().max(1);
        proptest::collection::vec(0..few, 0..40).prop_map(move |order| {
            let mut message = MeterReadings::default();
            for at in order {
                let Some((series, qualities, value, time_stamp, details)) = kinds.get(at) else { continue };
                let series = place_of(&mut message.series, series);
                let qualities = place_of(&mut message.qualities, qualities);
                let details = details.clone().join(&mut message.details);
                let (place, time_stamp, value) = (message.received, *time_stamp, *value);
                message.readings.push(Reading { time_stamp, value, series, qualities, details, place });
                message.received += 1;
            }
            message
        })
    })
}

fn place_of<T: Clone + PartialEq>(list: &mut Vec<T>, one: &T) -> u32 {
    let at = list.iter().position(|it| it == one).unwrap_or_else(|| {
        list.push(one.clone());
        list.len() - 1
    });
    u32::try_from(at).unwrap()
}

proptest! {
    #[test]
    fn any_message_comes_back(message in any_message(any_details(any_carried(), any_reason()))) {
        let again = read_text(&written(&message)).unwrap();
        prop_assert_eq!(&again.read.violations, &[]);
        prop_assert!(again.tolerances.is_empty(), "{:?}", again.tolerances);
        // Equal numbers may be written with other places; here they must not be.
        for (is, was) in again.read.value.readings.iter().zip(&message.readings) {
            let alike = match (is.value, was.value) {
                (Some(is), Some(was)) => is.is_written_like(was),
                (is, was) => is == was,
            };
            prop_assert!(alike);
        }
        prop_assert_eq!(again.read.value, message);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>, at in 0usize..5_000) {
        let _ = read(&bytes, &Namespaces::default(), &Limits::default());
        let mut body = good::GOLDEN.as_bytes().to_vec();
        let at = at % body.len();
        body.splice(at..at, bytes);
        let _ = read(&body, &Namespaces::default(), &Limits::default());
    }
}

#[test]
fn a_message_cut_anywhere_is_refused() {
    // The first three of the ten meters: blocks, readings, two reading types.
    let (meters, _) = good::GOLDEN
        .match_indices("</m:MeterReading>")
        .nth(2)
        .map(|(at, it)| good::GOLDEN.split_at(at + it.len()))
        .unwrap();
    let whole = format!("{meters}</m:MeterReadings>");
    assert!(read_text(&whole).unwrap().read.violations.is_empty());
    let body = whole.as_bytes();
    for end in 0..body.len() {
        assert!(read(&body[..end], &Namespaces::default(), &Limits::default()).is_err(), "{end}");
    }
}
