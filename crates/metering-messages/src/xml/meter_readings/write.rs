//! The standard's message, appended to a buffer as a stream. What the readings of a series share is
//! written out once and copied.

use std::sync::Arc;

use metering_model::reading_type::MeasuringPeriod;
use metering_model::{MeterReadings, Qualities, Reading, RecordedReadings, Series};

use super::table::NOUN;
use crate::numbers;
use crate::xml::{Namespaces, Omitted, text};

/// Appends a message of readings.
///
/// ```
/// use metering_messages::{Limits, xml};
/// use metering_model::MeterReadings;
///
/// let mut out = Vec::new();
/// let namespaces = xml::Namespaces::default();
/// assert!(xml::meter_readings::write(&MeterReadings::default(), &namespaces, &mut out).is_empty());
/// assert!(xml::meter_readings::read(&out, &namespaces, &Limits::default()).is_ok());
/// ```
pub fn write(message: &MeterReadings, namespaces: &Namespaces, out: &mut Vec<u8>) -> Omitted {
    let MeterReadings { series, qualities, readings, received: _ } = message;
    let mut writer = Writer::begin(namespaces, out);
    writer.append(series, qualities, readings.iter().copied(), out);
    writer.end(out)
}

/// The same message piece by piece, so that a long one never is in memory as a whole.
///
/// ```
/// use metering_messages::xml;
/// use metering_model::RecordedReadings;
///
/// let mut out = Vec::new();
/// let mut writer = xml::meter_readings::Writer::begin(&xml::Namespaces::default(), &mut out);
/// // Any number of times; what is in `out` can be sent and cleared in between.
/// writer.page(&RecordedReadings::default(), &mut out);
/// assert!(writer.end(&mut out).is_empty());
/// assert!(out.ends_with(b"</MeterReadings>"));
/// ```
#[derive(Debug)]
pub struct Writer {
    heads: Vec<Arc<Head>>,
    qualities: Vec<Vec<u8>>,
    open: Open,
    /// The party whose `MeterReading` is open; kept when a page ends.
    party: Party,
    /// The end of the block that is open.
    block_end: Vec<u8>,
    omitted: Omitted,
}

/// What is open in the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Nothing.
    Nothing,
    /// A block of this series of the page.
    Block(u32),
    /// A block of a page before.
    BlockBefore,
    /// The readings outside of blocks.
    Readings,
}

/// Who was read, as it is written: what stands before the readings outside of blocks, and what
/// stands behind them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Party {
    meter: Vec<u8>,
    usage_point: Vec<u8>,
}

/// What the readings of one series share.
#[derive(Debug)]
struct Head {
    party: Party,
    /// `<ReadingType ref="..."/>`
    kind: Vec<u8>,
    in_blocks: bool,
}

impl Writer {
    /// Appends what stands before the first reading.
    #[must_use]
    pub fn begin(namespaces: &Namespaces, out: &mut Vec<u8>) -> Self {
        text::begin(NOUN, &namespaces.written(NOUN), out);
        Self {
            heads: Vec::new(),
            qualities: Vec::new(),
            open: Open::Nothing,
            party: Party::default(),
            block_end: Vec::new(),
            omitted: Omitted::default(),
        }
    }

    /// Appends the readings of a page. What only the server says of them is left out.
    pub fn page(&mut self, page: &RecordedReadings, out: &mut Vec<u8>) {
        let RecordedReadings { series, qualities, changes: _, readings } = page;
        for field in ["revision", "recordedAt"] {
            self.omitted.note(field, !readings.is_empty());
        }
        self.append(series, qualities, readings.iter().map(|it| it.reading), out);
    }

    /// Appends what stands behind the last reading.
    pub fn end(mut self, out: &mut Vec<u8>) -> Omitted {
        self.close(out);
        text::close(NOUN, out);
        self.omitted
    }

    fn append(
        &mut self,
        series: &[Series],
        qualities: &[Qualities],
        readings: impl Iterator<Item = Reading>,
        out: &mut Vec<u8>,
    ) {
        if let Open::Block(_) = self.open {
            self.open = Open::BlockBefore;
        }
        self.heads = series.iter().map(|it| Arc::new(Head::of(it, &mut self.omitted))).collect();
        self.qualities = qualities.iter().map(quality_elements).collect();
        for reading in readings {
            self.reading(reading, out);
        }
    }

    fn reading(&mut self, reading: Reading, out: &mut Vec<u8>) {
        let Reading { time_stamp, value, series, qualities, place: _ } = reading;
        let Some(head) = self.heads.get(series as usize).map(Arc::clone) else { return };
        if self.open != Open::Block(series) {
            self.enter(series, &head, out);
        }
        let element = if head.in_blocks { "IntervalReadings" } else { "Readings" };
        text::open(element, out);
        text::time("timeStamp", time_stamp, out);
        if let Some(value) = value {
            text::open("value", out);
            numbers::decimal(value, out);
            text::close("value", out);
        }
        out.extend_from_slice(self.qualities.get(qualities as usize).map_or(b"", Vec::as_slice));
        if !head.in_blocks {
            out.extend_from_slice(&head.kind);
        }
        text::close(element, out);
    }

    /// Opens what a reading of this series stands in. Blocks stand before all other readings.
    fn enter(&mut self, series: u32, head: &Head, out: &mut Vec<u8>) {
        let same_party = self.open != Open::Nothing && self.party == head.party;
        match self.open {
            Open::Readings if same_party && !head.in_blocks => return,
            Open::Block(_) | Open::BlockBefore if same_party => out.extend_from_slice(&self.block_end),
            _ => {
                self.close(out);
                text::open("MeterReading", out);
                self.party = head.party.clone();
            }
        }
        if head.in_blocks {
            text::open("IntervalBlocks", out);
            self.block_end.clear();
            self.block_end.extend_from_slice(&head.kind);
            text::close("IntervalBlocks", &mut self.block_end);
            self.open = Open::Block(series);
        } else {
            out.extend_from_slice(&head.party.meter);
            self.open = Open::Readings;
        }
    }

    /// Closes the `MeterReading` that is open.
    fn close(&mut self, out: &mut Vec<u8>) {
        match self.open {
            Open::Nothing => return,
            Open::Block(_) | Open::BlockBefore => {
                out.extend_from_slice(&self.block_end);
                out.extend_from_slice(&self.party.meter);
            }
            Open::Readings => {}
        }
        out.extend_from_slice(&self.party.usage_point);
        text::close("MeterReading", out);
        self.open = Open::Nothing;
    }
}

impl Head {
    fn of(series: &Series, omitted: &mut Omitted) -> Self {
        let Series { meter, usage_point, reading_type } = series;
        let mut named = |element: &str, field, id: Option<&str>| {
            let mut out = Vec::new();
            if let Some(id) = id {
                text::open(element, &mut out);
                omitted.note(field, text::element("mRID", id, &mut out));
                text::close(element, &mut out);
            }
            out
        };
        let party = Party {
            meter: named("Meter", "meterId", meter.as_ref().map(|id| id.as_str())),
            usage_point: named("UsagePoint", "usagePointId", usage_point.as_ref().map(|id| id.as_str())),
        };
        let mut kind = Vec::new();
        text::reference("ReadingType", reading_type, &mut kind);
        Self { party, kind, in_blocks: reading_type.measuring_period != MeasuringPeriod::from_code(0) }
    }
}

/// `<ReadingQualities>...`, one for each statement; none where nothing is said but that it is good.
fn quality_elements(qualities: &Qualities) -> Vec<u8> {
    let mut out = Vec::new();
    if *qualities == Qualities::good() {
        return out;
    }
    for statement in qualities.iter() {
        text::open("ReadingQualities", &mut out);
        text::reference("ReadingQualityType", statement, &mut out);
        text::close("ReadingQualities", &mut out);
    }
    out
}
