//! Pages of stored readings, appended to a buffer. What the readings of a series share is written
//! out once for each page and copied for each reading.

use metering_model::quantity::Conversion;
use metering_model::words::{self, DescribedReadingType, WordFault};
use metering_model::{
    Decimal, Qualities, Reading, ReadingQualityType, ReadingType, RecordedBy, RecordedReading, RecordedReadings,
    RecordedSeries, Series,
};

use crate::json::text;

/// How readings are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Each revision says whether it stands, and which receipt it came with.
    pub revisions: bool,
    /// Values that this unit measures are converted to it; others stay as they are.
    pub unit: Option<Unit>,
}

/// A unit that values can be converted to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit(String);

impl Unit {
    /// The unit of this word.
    ///
    /// # Errors
    /// A word that is no unit, with the units there are.
    ///
    /// ```
    /// use metering_messages::json::meter_readings::Unit;
    ///
    /// assert!(Unit::of("MWh").is_ok());
    /// assert!(Unit::of("furlong").is_err());
    /// ```
    pub fn of(word: &str) -> Result<Self, WordFault> {
        Conversion::to_unit(&ReadingType::NONE, word)?;
        Ok(Self(word.to_owned()))
    }
}

/// Appends `{"readings":[...],"next":...}`; `next` is the cursor of the page that follows.
pub fn write_page(page: &RecordedReadings, options: &Options, next: Option<&str>, out: &mut Vec<u8>) {
    let mut writer = Writer::begin(options.clone(), out);
    writer.page(page, out);
    writer.end(next, out);
}

/// The same answer piece by piece, so that a long one never is in memory as a whole.
///
/// ```
/// use metering_messages::json::meter_readings::{Options, Writer};
/// use metering_model::RecordedReadings;
///
/// let mut out = Vec::new();
/// let mut writer = Writer::begin(Options::default(), &mut out);
/// // Any number of times; what is in `out` can be sent and cleared in between.
/// writer.page(&RecordedReadings::default(), &mut out);
/// writer.end(None, &mut out);
/// assert_eq!(out, br#"{"readings":[],"next":null}"#);
/// ```
#[derive(Debug)]
pub struct Writer {
    options: Options,
    /// Whether an item was written.
    begun: bool,
    heads: Vec<Head>,
    qualities: Vec<Vec<u8>>,
    changes: Vec<Vec<u8>>,
}

/// What all readings of one series begin with.
#[derive(Debug)]
struct Head {
    stored: Vec<u8>,
    converted: Option<(Conversion, Vec<u8>)>,
}

impl Writer {
    /// Appends what stands before the first reading.
    #[must_use]
    pub fn begin(options: Options, out: &mut Vec<u8>) -> Self {
        out.extend_from_slice(b"{\"readings\":[");
        Self { options, begun: false, heads: Vec::new(), qualities: Vec::new(), changes: Vec::new() }
    }

    /// Appends the readings of a page.
    pub fn page(&mut self, page: &RecordedReadings, out: &mut Vec<u8>) {
        let RecordedReadings { series, qualities, changes, readings } = page;
        let unit = self.options.unit.as_ref();
        self.heads.clear();
        self.heads.extend(series.iter().map(|series| Head::of(series, unit)));
        self.qualities.clear();
        self.qualities.extend(qualities.iter().map(quality_members));
        self.changes.clear();
        self.changes.extend(changes.iter().map(|change| change_members(change, self.options.revisions)));
        for recorded in readings {
            self.item(recorded, out);
        }
    }

    /// Appends what stands behind the last reading; `next` is the cursor of the page that follows.
    pub fn end(self, next: Option<&str>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"],\"next\":");
        match next {
            Some(next) => text::string(next, out),
            None => out.extend_from_slice(b"null"),
        }
        out.push(b'}');
    }

    fn item(&mut self, recorded: &RecordedReading, out: &mut Vec<u8>) {
        let RecordedReading { reading, revision, current, change } = *recorded;
        let Reading { time_stamp, value, series, qualities, place: _ } = reading;
        if self.begun {
            out.push(b',');
        }
        self.begun = true;
        out.push(b'{');
        let value = match self.heads.get(series as usize) {
            Some(head) => head.append(value, out),
            None => value,
        };
        out.extend_from_slice(b",\"readingDateTime\":");
        text::time(time_stamp, out);
        out.extend_from_slice(b",\"value\":");
        match value {
            Some(value) => text::decimal(value, out),
            None => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(self.qualities.get(qualities as usize).map_or(b"", Vec::as_slice));
        out.extend_from_slice(b",\"revision\":");
        text::integer(revision.into(), out);
        if self.options.revisions {
            out.extend_from_slice(if current { b",\"current\":true" } else { b",\"current\":false" });
        }
        out.extend_from_slice(self.changes.get(change as usize).map_or(b"", Vec::as_slice));
        out.push(b'}');
    }
}

impl Head {
    fn of(series: &Series, unit: Option<&Unit>) -> Self {
        let stored = &series.reading_type;
        let conversion = unit.and_then(|unit| Conversion::to_unit(stored, &unit.0).ok().flatten());
        let converted = conversion.map(|conversion| {
            let mut head = Vec::new();
            series_members(series, &conversion.reading_type(), &mut head);
            member("storedReadingTypeCode", &stored.to_string(), &mut head);
            (conversion, head)
        });
        let mut head = Vec::new();
        series_members(series, stored, &mut head);
        Self { stored: head, converted }
    }

    /// Appends the members of the series, and gives the value that goes with them: converted, or as
    /// it is stored where it would not be exact in the other unit.
    fn append(&self, value: Option<Decimal>, out: &mut Vec<u8>) -> Option<Decimal> {
        if let Some((conversion, head)) = &self.converted
            && let Ok(converted) = value.map(|value| conversion.apply(value)).transpose()
        {
            out.extend_from_slice(head);
            return converted;
        }
        out.extend_from_slice(&self.stored);
        value
    }
}

/// Appends `{"series":[...]}`.
pub fn write_series(series: &[RecordedSeries], out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"series\":[");
    for (at, RecordedSeries { series, first, last, count }) in series.iter().enumerate() {
        out.extend_from_slice(if at > 0 { b",{" } else { b"{" });
        series_members(series, &series.reading_type, out);
        out.extend_from_slice(b",\"first\":");
        text::time(*first, out);
        out.extend_from_slice(b",\"last\":");
        text::time(*last, out);
        out.extend_from_slice(b",\"count\":");
        text::integer(i64::try_from(*count).unwrap_or(i64::MAX), out);
        out.push(b'}');
    }
    out.extend_from_slice(b"]}");
}

/// Appends the ids of the series and the words of `reading_type`, without a comma in front.
fn series_members(series: &Series, reading_type: &ReadingType, out: &mut Vec<u8>) {
    let Series { meter, usage_point, reading_type: _ } = series;
    let start = out.len();
    let described = words::describe(reading_type);
    let DescribedReadingType {
        reading_type: kind,
        measurement,
        interval,
        unit,
        multiplier,
        phase,
        energy_direction,
        time_of_use,
    } = described;
    let texts = [
        ("meterId", meter.as_ref().map(|id| id.as_str())),
        ("usagePointId", usage_point.as_ref().map(|id| id.as_str())),
        ("readingType", kind),
        ("measurement", measurement),
        ("interval", interval),
        ("unit", unit),
    ];
    texts.into_iter().for_each(|(name, value)| optional(name, value, out));
    out.extend_from_slice(b",\"multiplier\":");
    text::integer(multiplier.into(), out);
    optional("phase", phase, out);
    optional("energyDirection", energy_direction, out);
    if let Some(time_of_use) = time_of_use {
        out.extend_from_slice(b",\"timeOfUse\":");
        text::integer(time_of_use.into(), out);
    }
    member("readingTypeCode", &reading_type.to_string(), out);
    // Every member brought its comma; the first one goes.
    if out.get(start) == Some(&b',') {
        out.remove(start);
    }
}

fn optional(name: &str, value: Option<&str>, out: &mut Vec<u8>) {
    if let Some(value) = value {
        member(name, value, out);
    }
}

/// Appends `,"NAME":"VALUE"`.
fn member(name: &str, value: &str, out: &mut Vec<u8>) {
    out.push(b',');
    text::string(name, out);
    out.push(b':');
    text::string(value, out);
}

/// `,"quality":...,"qualityCodes":[...]`
fn quality_members(qualities: &Qualities) -> Vec<u8> {
    let mut out = b",\"quality\":".to_vec();
    let word = |it: ReadingQualityType| words::quality_word(it).map_or_else(|| it.to_string(), str::to_owned);
    let said: Vec<String> = qualities.iter().map(word).collect();
    match said.as_slice() {
        [only] => text::string(only, &mut out),
        several => list(several, &mut out),
    }
    out.extend_from_slice(b",\"qualityCodes\":");
    list(&qualities.iter().map(|it| it.to_string()).collect::<Vec<_>>(), &mut out);
    out
}

fn list(texts: &[String], out: &mut Vec<u8>) {
    out.push(b'[');
    for (at, entry) in texts.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        text::string(entry, out);
    }
    out.push(b']');
}

/// `,"recordedAt":"..."`, and the receipt where revisions are asked for.
fn change_members(change: &RecordedBy, revisions: bool) -> Vec<u8> {
    let RecordedBy { recorded_at, receipt } = change;
    let mut out = b",\"recordedAt\":".to_vec();
    text::time(*recorded_at, &mut out);
    if revisions {
        member("receipt", receipt, &mut out);
    }
    out
}
