//! One pass over the message. Values go straight to where they stay; what a reading's meter and
//! reading type are is known only behind it, and then filled in.

use std::borrow::Cow;
use std::ops::Range;

use metering_model::{MeterId, MeterReadings, Mrid, Reading, ReadingDetails, UsagePointId, Violation, ViolationCode};

use super::kinds::{QualitiesTable, SeriesTable, TypeTable};
use super::table::{METER_READINGS, NOUN};
use crate::items::TOLD_IN_FULL;
use crate::xml::places::Places;
use crate::xml::schema::Element;
use crate::xml::walk::{Step, Walk};
use crate::xml::{Namespaces, Received, Tolerance};
use crate::{Limits, Malformed, Read};

mod reading;

/// Reads a message `MeterReadings`: an item is one of its readings, in the order in which they
/// stand, in blocks and outside of them.
///
/// # Errors
/// [`Malformed`] when the body is no XML or no such message. What is wrong with a reading is among
/// the violations, and the other readings are read.
///
/// ```
/// use metering_messages::{Limits, xml};
///
/// let body = br#"<MeterReadings xmlns="http://iec.ch/TC57/2011/MeterReadings#"><MeterReading>
///     <Meter><mRID>1234LG</mRID></Meter>
///     <Readings><timeStamp>2024-01-15T10:00:00Z</timeStamp><value>1234.50</value>
///         <ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings>
/// </MeterReading></MeterReadings>"#;
/// let namespaces = xml::Namespaces::default();
/// let received = xml::meter_readings::read(body, &namespaces, &Limits::default())?;
/// assert!(received.read.violations.is_empty() && received.tolerances.is_empty());
/// assert_eq!(received.read.value.readings[0].value.unwrap().to_string(), "1234.50");
/// # Ok::<(), metering_messages::Malformed>(())
/// ```
pub fn read(body: &[u8], namespaces: &Namespaces, limits: &Limits) -> Result<Received<MeterReadings>, Malformed> {
    let walk = Walk::enter(body, NOUN, METER_READINGS, namespaces, limits)?;
    // A reading that says nothing but time, value and type takes more than this.
    let readings = Vec::with_capacity((body.len() / 192).min(limits.items));
    let mut message = Message {
        walk,
        items: limits.items,
        received: 0,
        readings,
        types: TypeTable::default(),
        series: SeriesTable::default(),
        qualities: QualitiesTable::default(),
        details: Vec::new(),
        violations: Vec::new(),
        warnings: Vec::new(),
        late: false,
        places: Places::of(NOUN),
        meter_readings: 0,
    };
    loop {
        match message.walk.next()? {
            Step::Open(_) => message.meter_reading()?,
            Step::End => break,
            _ => {}
        }
    }
    Ok(message.end())
}

struct Message<'a> {
    walk: Walk<'a>,
    /// The most items there may be.
    items: usize,
    received: u32,
    readings: Vec<Reading>,
    types: TypeTable<'a>,
    series: SeriesTable,
    qualities: QualitiesTable,
    details: Vec<ReadingDetails>,
    violations: Vec<Violation>,
    warnings: Vec<Violation>,
    /// Whether something was told of items behind which others had been read.
    late: bool,
    places: Places,
    /// How many `MeterReading` were met.
    meter_readings: u32,
}

/// Something wrong with all readings of a `MeterReading` or of a block.
struct Fault {
    field: &'static str,
    code: ViolationCode,
    detail: String,
}

impl Fault {
    fn twice(field: &'static str, element: &Element) -> Self {
        let detail = format!("`{}` stands twice; write it once", element.name);
        Self { field, code: ViolationCode::DuplicateField, detail }
    }
}

/// The first few of them: what is wrong again and again is wrong once.
#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn push(&mut self, fault: Fault) {
        if self.0.len() < 8 {
            self.0.push(fault);
        }
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A meter or a usage point as it is spelled.
type Spelled<'a> = Option<Cow<'a, str>>;

impl<'a> Message<'a> {
    fn end(mut self) -> Received<MeterReadings> {
        if self.late {
            self.violations.sort_by_key(|it| it.at.item);
        }
        self.warnings.extend(self.walk.tolerances.warnings());
        let value = MeterReadings {
            series: self.series.into_series(),
            qualities: self.qualities.into_lists(),
            details: self.details,
            readings: self.readings,
            received: self.received,
        };
        Received {
            read: Read { value, alone: false, violations: self.violations, warnings: self.warnings },
            namespace: self.walk.namespace().to_owned(),
            tolerances: self.walk.tolerances,
            places: self.places,
        }
    }

    /// Reads one `MeterReading`, the beginning of which was read.
    fn meter_reading(&mut self) -> Result<(), Malformed> {
        self.meter_readings = self.meter_readings.saturating_add(1);
        let (first_item, first) = (self.received, self.readings.len());
        let (mut blocks, mut outside) = (0u32, 0u32);
        let mut meter: Spelled<'a> = None;
        let mut usage_point: Spelled<'a> = None;
        let mut faults = Faults::default();
        loop {
            match self.walk.next()? {
                Step::Open(element) => match element.name {
                    "Readings" => {
                        self.places.readings(self.received, self.meter_readings, outside);
                        outside += 1;
                        self.reading(None)?;
                    }
                    "IntervalBlocks" => {
                        blocks += 1;
                        self.places.block(self.received, self.meter_readings, blocks);
                        self.block()?;
                    }
                    "Meter" => meter = self.named(element, &mut faults)?,
                    _ => usage_point = self.named(element, &mut faults)?,
                },
                Step::Twice(element) => {
                    faults.push(Fault::twice(field_of(element), element));
                }
                Step::Close | Step::End => break,
                Step::Text(..) | Step::Reference(..) => {}
            }
        }
        let meter: Option<MeterId> = id(meter, "meterId", &mut faults);
        let usage_point: Option<UsagePointId> = id(usage_point, "usagePointId", &mut faults);
        if faults.is_empty() {
            let readings = self.readings.get_mut(first..).unwrap_or_default();
            self.series.place(meter, usage_point, &self.types, readings);
        } else {
            self.readings.truncate(first);
            self.tell(first_item..self.received, &faults);
        }
        Ok(())
    }

    /// Tells of each of these items what is wrong with all of them.
    fn tell(&mut self, items: Range<u32>, faults: &Faults) {
        self.late = true;
        let faults = &faults.0;
        for item in items {
            let told = if self.violations.len() < TOLD_IN_FULL { faults.len() } else { 1 };
            self.violations
                .extend(faults.iter().take(told).map(|it| Violation::new(item, it.field, it.code, it.detail.clone())));
        }
    }

    /// What a meter or a usage point is called: by its mRID, else by its first name.
    fn named(&mut self, element: &'static Element, faults: &mut Faults) -> Result<Spelled<'a>, Malformed> {
        let field = field_of(element);
        let (mut mrid, mut name): (Spelled<'a>, Spelled<'a>) = (None, None);
        let mut inside_name = None;
        loop {
            match self.walk.next()? {
                Step::Open(element) if element.name == "Names" => inside_name = Some(false),
                // The type of a name has no place here.
                Step::Open(_) => {
                    self.walk.note_open(Tolerance::NotKept);
                    self.walk.leave()?;
                }
                Step::Text(element, text) if element.name == "mRID" => {
                    if text.is_empty() {
                        self.walk.note(Tolerance::Empty, element);
                    } else {
                        mrid = Some(text);
                    }
                }
                Step::Text(_, text) => {
                    if let Some(known) = &mut inside_name {
                        if name.is_none() {
                            name = Some(text)
                        } else {
                            self.walk.note_open(Tolerance::NotKept)
                        }
                        *known = true;
                    }
                }
                Step::Twice(element) => faults.push(Fault::twice(field, element)),
                Step::Close => match inside_name.take() {
                    Some(true) => {}
                    Some(false) => faults.push(Fault {
                        field,
                        code: ViolationCode::Missing,
                        detail: "`Names` without a `name`".to_owned(),
                    }),
                    None => break,
                },
                Step::End => break,
                Step::Reference(..) => {}
            }
        }
        if mrid.is_some() && name.is_some() {
            self.walk.tolerances.note_known(Tolerance::NotKept, element.name, "Names", self.received);
        }
        Ok(mrid.or(name))
    }

    /// Reads one `IntervalBlocks`, the beginning of which was read.
    fn block(&mut self) -> Result<(), Malformed> {
        let (first_item, first) = (self.received, self.readings.len());
        let mut faults = Faults::default();
        let mut kind = None;
        let mut missing = true;
        loop {
            match self.walk.next()? {
                Step::Open(element) if element.name == "IntervalReadings" => self.reading(Some(0))?,
                Step::Open(element) => {
                    let detail = format!("`{}`: the values are not final; send calculated ones", element.name);
                    faults.push(Fault { field: "value", code: ViolationCode::UnknownField, detail });
                    self.walk.leave()?;
                }
                Step::Reference(_, spelled) => {
                    missing = false;
                    kind = self.reading_type(first_item, spelled, &mut faults);
                }
                Step::Twice(element) => faults.push(Fault::twice("readingTypeCode", element)),
                Step::Close | Step::End => break,
                Step::Text(..) => {}
            }
        }
        if missing {
            faults.push(no_reading_type());
        }
        match kind {
            Some(kind) if faults.is_empty() => {
                for reading in self.readings.get_mut(first..).unwrap_or_default() {
                    reading.series = kind;
                }
            }
            _ => {
                self.readings.truncate(first);
                self.tell(first_item..self.received, &faults);
            }
        }
        Ok(())
    }

    /// The number of a reading type.
    fn reading_type(&mut self, item: u32, spelled: Spelled<'a>, faults: &mut Faults) -> Option<u32> {
        let Some(spelled) = spelled else {
            faults.push(no_reading_type());
            return None;
        };
        match self.types.number(spelled, item, &mut self.warnings) {
            Ok(number) => Some(number),
            Err(error) => {
                let detail = format!("{error}; a name or an mRID of a reading type is not looked up");
                faults.push(Fault { field: "readingTypeCode", code: ViolationCode::InvalidCode, detail });
                None
            }
        }
    }
}

fn no_reading_type() -> Fault {
    let detail = "`ReadingType` with its attribute `ref` is missing".to_owned();
    Fault { field: "readingTypeCode", code: ViolationCode::Missing, detail }
}

fn id<K>(spelled: Spelled<'_>, field: &'static str, faults: &mut Faults) -> Option<Mrid<K>> {
    let spelled = spelled?;
    let id = spelled.parse();
    match id {
        Ok(id) => Some(id),
        Err(error) => {
            let error: metering_model::MridError = error;
            faults.push(Fault { field, code: ViolationCode::InvalidId, detail: error.to_string() });
            None
        }
    }
}

/// The field that says which meter or usage point was read.
fn field_of(element: &Element) -> &'static str {
    if element.name == "Meter" { "meterId" } else { "usagePointId" }
}
