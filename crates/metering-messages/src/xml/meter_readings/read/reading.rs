//! One reading: its value, what it says of its quality, and what it says besides.

use std::borrow::Cow;

use metering_model::{Decimal, Reading, TimePeriod, TimeStamp, Violation, ViolationCode};

use super::{Fault, Faults, Message, no_reading_type};
use crate::items::{At, bound, whole};
use crate::xml::meter_readings::details::Said;
use crate::xml::schema::Element;
use crate::xml::walk::Step;
use crate::xml::{Tolerance, lexical};
use crate::{Malformed, values};

impl<'a> Message<'a> {
    /// Reads one reading, the beginning of which was read; in a block, `kind` is filled in later.
    pub(super) fn reading(&mut self, block: Option<u32>) -> Result<(), Malformed> {
        let item = self.received;
        if item as usize >= self.items {
            return Err(Malformed::TooManyItems { limit: self.items });
        }
        self.received += 1;
        self.walk.item = item;
        let before = self.violations.len();
        let mut time_stamp = None;
        let mut value: Option<Decimal> = None;
        let mut kind = block;
        let mut missing = block.is_none();
        let mut said = Said::default();
        self.qualities.begin();
        loop {
            match self.walk.next()? {
                Step::Text(element, text) if element.name == "timeStamp" => {
                    time_stamp = Some(self.instant(element, &text, item.into(), "readingDateTime"));
                }
                Step::Text(element, text) if text.is_empty() => self.walk.note(Tolerance::Empty, element),
                Step::Text(element, text) => match element.name {
                    "value" => value = values::decimal(&text, item.into(), "value", &mut self.violations),
                    "reportedDateTime" => {
                        said.reported = self.instant(element, &text, item.into(), "reportedDateTime");
                    }
                    "source" => said.source = Some(text),
                    _ => said.reason = Some(text),
                },
                Step::Reference(_, spelled) => {
                    missing = false;
                    let mut faults = Faults::default();
                    kind = self.reading_type(item, spelled, &mut faults);
                    self.violations
                        .extend(faults.0.into_iter().map(|it| Violation::new(item, it.field, it.code, it.detail)));
                }
                Step::Open(element) if element.name == "ReadingQualities" => self.quality(item, &mut said.comment)?,
                Step::Open(_) => said.time_period = self.time_period(item)?,
                Step::Twice(element) => {
                    let field = match element.name {
                        "timeStamp" => "readingDateTime",
                        "ReadingType" => "readingTypeCode",
                        same => same,
                    };
                    let Fault { field, code, detail } = Fault::twice(field, element);
                    self.violations.push(Violation::new(item, field, code, detail));
                }
                Step::Close | Step::End => break,
            }
        }
        if time_stamp.is_none() {
            let detail = "`timeStamp` is missing";
            self.violations.push(Violation::new(item, "readingDateTime", ViolationCode::Missing, detail));
        }
        if missing {
            let Fault { field, code, detail } = no_reading_type();
            self.violations.push(Violation::new(item, field, code, detail));
        }
        let qualities = self.qualities.end(item, &mut self.violations, &mut self.warnings);
        if whole(item, self.violations.get(before..).unwrap_or_default())
            && let (Some(Some(time_stamp)), Some(series), Some(qualities)) = (time_stamp, kind, qualities)
        {
            let details = said.join(&mut self.details);
            self.readings.push(Reading { time_stamp, value, series, qualities, details, place: item });
        }
        bound(&mut self.violations, before);
        Ok(())
    }

    /// An instant; what is wrong with it is told, and the end of a day counted.
    fn instant(&mut self, element: &'static Element, text: &str, at: At<'_>, field: &str) -> Option<TimeStamp> {
        match lexical::instant(text) {
            Ok((instant, end_of_day)) => {
                if end_of_day {
                    self.walk.note(Tolerance::EndOfDay, element);
                }
                Some(instant)
            }
            Err(error) => {
                self.violations.push(values::no_time(text, error, at, field));
                None
            }
        }
    }

    /// Reads one `timePeriod`, the beginning of which was read.
    fn time_period(&mut self, item: u32) -> Result<TimePeriod, Malformed> {
        let at = At { item, within: "timePeriod/" };
        let mut period = TimePeriod::default();
        loop {
            match self.walk.next()? {
                Step::Text(element, text) if text.is_empty() => self.walk.note(Tolerance::Empty, element),
                Step::Text(element, text) => {
                    let instant = self.instant(element, &text, at, element.name);
                    *if element.name == "start" { &mut period.start } else { &mut period.end } = instant;
                }
                Step::Twice(element) => {
                    let Fault { field, code, detail } = Fault::twice(element.name, element);
                    self.violations.push(at.violation(field, code, detail));
                }
                Step::Close | Step::End => return Ok(period),
                Step::Open(_) | Step::Reference(..) => {}
            }
        }
    }

    /// Reads one `ReadingQualities`, the beginning of which was read. The reading has one comment,
    /// the first; another is counted.
    fn quality(&mut self, item: u32, comment: &mut Option<Cow<'a, str>>) -> Result<(), Malformed> {
        let place = self.qualities.next();
        let mut missing = true;
        loop {
            match self.walk.next()? {
                Step::Reference(_, Some(code)) => {
                    missing = false;
                    self.qualities.add(&code, item, &mut self.violations);
                }
                Step::Text(element, text) if text.is_empty() => self.walk.note(Tolerance::Empty, element),
                Step::Text(element, text) => match comment {
                    None => *comment = Some(text),
                    Some(first) if *first == text => {}
                    Some(_) => self.walk.note(Tolerance::NotKept, element),
                },
                Step::Twice(element) => {
                    let detail = format!("`{}` stands twice; write it once", element.name);
                    let at = At { item, within: "quality/" };
                    self.violations.push(at.violation(&place.to_string(), ViolationCode::DuplicateField, detail));
                }
                Step::Close | Step::End => break,
                _ => {}
            }
        }
        if missing {
            let detail = "`ReadingQualityType` with its attribute `ref` is missing";
            let at = At { item, within: "quality/" };
            self.violations.push(at.violation(&place.to_string(), ViolationCode::Missing, detail));
        }
        Ok(())
    }
}
