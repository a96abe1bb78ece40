//! The standard's message, appended to a buffer as a stream. What the readings of a series share is
//! written out once and copied.

use std::sync::Arc;

use metering_model::reading_type::MeasuringPeriod;
use metering_model::words::READING_REASONS;
use metering_model::{MeterReadings, Qualities, Reading, ReadingDetails, RecordedReadings, Series, TimePeriod};

use super::table::NOUN;
use crate::numbers;
use crate::xml::walk::is_laid_out;
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
    let MeterReadings { series, qualities, details: _, readings, received: _ } = message;
    let mut writer = Writer::begin(namespaces, out);
    writer.share(series, qualities);
    for reading in readings {
        writer.reading(*reading, message.details_of(*reading), out);
    }
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
    qualities: Vec<Statements>,
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
        let RecordedReadings { series, qualities, details: _, changes: _, readings } = page;
        for field in ["revision", "recordedAt"] {
            self.omitted.note(field, !readings.is_empty());
        }
        self.share(series, qualities);
        for recorded in readings {
            self.reading(recorded.reading, page.details_of(recorded.reading), out);
        }
    }

    /// Appends what stands behind the last reading.
    pub fn end(mut self, out: &mut Vec<u8>) -> Omitted {
        self.close(out);
        text::close(NOUN, out);
        self.omitted
    }

    /// Writes out what the readings that come now share.
    fn share(&mut self, series: &[Series], qualities: &[Qualities]) {
        if let Open::Block(_) = self.open {
            self.open = Open::BlockBefore;
        }
        self.heads = series.iter().map(|it| Arc::new(Head::of(it, &mut self.omitted))).collect();
        self.qualities = qualities.iter().map(Statements::of).collect();
    }

    fn reading(&mut self, reading: Reading, details: Option<&ReadingDetails>, out: &mut Vec<u8>) {
        let Reading { time_stamp, value, series, qualities, details: _, place: _ } = reading;
        let Some(head) = self.heads.get(series as usize).map(Arc::clone) else { return };
        let reason = details.and_then(|it| it.reason.as_deref()).filter(|it| !it.is_empty());
        let reason_of_the_standard = reason.filter(|it| READING_REASONS.contains(it));
        self.omitted.note("reason", reason != reason_of_the_standard);
        // In a block there is no place for a reason.
        let in_block = head.in_blocks && reason_of_the_standard.is_none();
        if !(in_block && self.open == Open::Block(series)) {
            self.enter(series, &head, in_block, out);
        }
        let element = if in_block { "IntervalReadings" } else { "Readings" };
        text::open(element, out);
        text::element("reason", reason_of_the_standard, out);
        if let Some(details) = details {
            text::time("reportedDateTime", details.reported, out);
            self.text("source", details.source.as_deref(), out);
        }
        text::time("timeStamp", time_stamp, out);
        if let Some(value) = value {
            text::open("value", out);
            numbers::decimal(value, out);
            text::close("value", out);
        }
        self.statements(qualities, details.and_then(|it| it.comment.as_deref()), out);
        if !in_block {
            out.extend_from_slice(&head.kind);
        }
        if let Some(TimePeriod { start, end }) = details.map(|it| it.time_period).filter(|it| !it.is_empty()) {
            text::open("timePeriod", out);
            text::time("end", end, out);
            text::time("start", start, out);
            text::close("timePeriod", out);
        }
        text::close(element, out);
    }

    /// Appends what a reading says of its quality. A comment stands in the first statement, and
    /// there has to be one for it.
    fn statements(&mut self, qualities: u32, comment: Option<&str>, out: &mut Vec<u8>) {
        let Some(Statements { elements, good }) = self.qualities.get(qualities as usize) else { return };
        let Some(comment) = comment.filter(|it| !it.is_empty()) else {
            out.extend_from_slice(if *good { b"" } else { elements });
            return;
        };
        text::open(STATEMENT, out);
        let lost = text::element("comment", comment, out);
        self.omitted.note("comment", lost || is_laid_out(comment));
        // Without the beginning of the first, which is written.
        out.extend_from_slice(elements.get(STATEMENT.len() + 2..).unwrap_or_default());
    }

    /// Appends an element with a text, unless nothing is said in it.
    fn text(&mut self, name: &'static str, said: Option<&str>, out: &mut Vec<u8>) {
        if let Some(said) = said.filter(|it| !it.is_empty()) {
            let lost = text::element(name, said, out);
            self.omitted.note(name, lost || is_laid_out(said));
        }
    }

    /// Opens what a reading of this series stands in. Blocks stand before all other readings.
    fn enter(&mut self, series: u32, head: &Head, in_block: bool, out: &mut Vec<u8>) {
        let same_party = self.open != Open::Nothing && self.party == head.party;
        match self.open {
            Open::Readings if same_party && !in_block => return,
            Open::Block(_) | Open::BlockBefore if same_party => out.extend_from_slice(&self.block_end),
            _ => {
                self.close(out);
                text::open("MeterReading", out);
                self.party = head.party.clone();
            }
        }
        if in_block {
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

/// The element of one statement about the quality of a reading.
const STATEMENT: &str = "ReadingQualities";

/// What readings say of their quality: `<ReadingQualities>...`, one for each statement.
#[derive(Debug)]
struct Statements {
    elements: Vec<u8>,
    /// Whether nothing is said but that it is good; then they need not be written.
    good: bool,
}

impl Statements {
    fn of(qualities: &Qualities) -> Self {
        let mut elements = Vec::new();
        for statement in qualities.iter() {
            text::open(STATEMENT, &mut elements);
            text::reference("ReadingQualityType", statement, &mut elements);
            text::close(STATEMENT, &mut elements);
        }
        Self { elements, good: *qualities == Qualities::good() }
    }
}
