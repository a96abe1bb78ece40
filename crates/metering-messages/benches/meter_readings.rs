//! Readings per second in both notations, by turns in one run, so that what else the machine does
//! falls on both: `cargo bench -p metering-messages`.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use metering_messages::{Limits, json, xml};
use metering_model::{RecordedBy, RecordedReading, RecordedReadings, TimeStamp};

const CODE: &str = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0";
const ROUNDS: usize = 15;

/// The same readings of one meter after the other, 96 each: JSON in words and as a code, XML in
/// blocks and outside of them.
fn messages(readings: usize) -> [String; 4] {
    let [mut words, mut codes] = ["{\"readings\":[", "{\"readings\":["].map(str::to_owned);
    let [mut blocks, mut outside] =
        ["<MeterReadings xmlns=\"http://iec.ch/TC57/2011/MeterReadings#\">"; 2].map(str::to_owned);
    for at in 0..readings {
        let (meter, quarter) = (at / 96, at % 96);
        let (comma, time) =
            (if at > 0 { "," } else { "" }, format!("2024-01-15T{:02}:{:02}:00Z", quarter / 4, quarter % 4 * 15));
        let value = format!("{quarter}.{:02}", meter % 100);
        let _ = write!(
            words,
            r#"{comma}{{"meterId":"meter-{meter:05}","readingType":"intervalData","readingDateTime":"{time}","value":{value},"unit":"kWh","multiplier":0,"phase":"ABC","energyDirection":"forward","quality":"good"}}"#
        );
        let _ = write!(
            codes,
            r#"{comma}{{"meterId":"meter-{meter:05}","readingTypeCode":"{CODE}","readingDateTime":"{time}","value":{value}}}"#
        );
        if quarter == 0 {
            blocks.push_str("<MeterReading><IntervalBlocks>");
            let _ = write!(outside, "<MeterReading><Meter><mRID>meter-{meter:05}</mRID></Meter>");
        }
        let _ =
            write!(blocks, "<IntervalReadings><timeStamp>{time}</timeStamp><value>{value}</value></IntervalReadings>");
        let _ = write!(
            outside,
            "<Readings><timeStamp>{time}</timeStamp><value>{value}</value><ReadingType ref=\"{CODE}\"/></Readings>"
        );
        if quarter == 95 || at + 1 == readings {
            let _ = write!(
                blocks,
                "<ReadingType ref=\"{CODE}\"/></IntervalBlocks><Meter><mRID>meter-{meter:05}</mRID></Meter></MeterReading>"
            );
            outside.push_str("</MeterReading>");
        }
    }
    [words + "]}", codes + "]}", blocks + "</MeterReadings>", outside + "</MeterReadings>"]
}

/// Time on a processor where the system tells it, so that others who work do not count; else time.
fn time_spent(begun: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|it| it.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| begun.elapsed(), Duration::from_nanos)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn main() {
    let limits = Limits::default();
    let namespaces = xml::Namespaces::default();
    let begun = Instant::now();
    for readings in [5_000, 100_000] {
        let [words, codes, blocks, outside] = messages(readings);
        let mut times: [Vec<Duration>; 6] = Default::default();
        let message = xml::meter_readings::read(blocks.as_bytes(), &namespaces, &limits).expect("a message").read.value;
        let page = RecordedReadings {
            series: message.series,
            qualities: message.qualities,
            details: message.details,
            changes: vec![RecordedBy { recorded_at: TimeStamp::EPOCH, receipt: "r".to_owned() }],
            readings: message
                .readings
                .into_iter()
                .map(|reading| RecordedReading { reading, revision: 1, current: true, change: 0 })
                .collect(),
        };
        // The system tells the time in ticks of some milliseconds.
        let repeats = u32::try_from(500_000 / readings).expect("a few");
        for _ in 0..ROUNDS {
            let mut timed = |at: usize, work: &mut dyn FnMut() -> usize| {
                let before = time_spent(begun);
                for _ in 0..repeats {
                    assert_eq!(black_box(work()), readings);
                }
                times[at].push(time_spent(begun).saturating_sub(before) / repeats);
            };
            for (at, body) in [&words, &codes].into_iter().enumerate() {
                timed(at, &mut || {
                    json::meter_readings::read(body.as_bytes(), &limits).map_or(0, |it| it.value.readings.len())
                });
            }
            for (at, body) in [&blocks, &outside].into_iter().enumerate() {
                timed(2 + at, &mut || {
                    let read = xml::meter_readings::read(body.as_bytes(), &namespaces, &limits);
                    read.map_or(0, |it| it.read.value.readings.len())
                });
            }
            let mut out = Vec::with_capacity(words.len() * 3);
            timed(4, &mut || {
                out.clear();
                json::meter_readings::write_page(&page, &json::meter_readings::Options::default(), None, &mut out);
                page.readings.len()
            });
            timed(5, &mut || {
                out.clear();
                let mut writer = xml::meter_readings::Writer::begin(&namespaces, &mut out);
                writer.page(&page, &mut out);
                let _ = writer.end(&mut out);
                page.readings.len()
            });
        }
        let names = ["JSON, words", "JSON, code", "XML, blocks", "XML, readings", "JSON, a page", "XML, a message"];
        let per_second = times.map(|times| readings as f64 / median(times).as_secs_f64());
        println!("{readings} readings; {ROUNDS} rounds by turns, medians");
        for (name, speed) in names.iter().zip(per_second) {
            println!("  {name:<15} {:>6.0} thousand per second", speed / 1_000.0);
        }
        let [words, codes, blocks, outside, json_out, xml_out] = per_second;
        println!(
            "  read: XML readings to JSON words {:.2}, to JSON code {:.2}; blocks to JSON code {:.2}",
            outside / words,
            outside / codes,
            blocks / codes
        );
        println!("  written: XML to JSON {:.2}", xml_out / json_out);
    }
}
