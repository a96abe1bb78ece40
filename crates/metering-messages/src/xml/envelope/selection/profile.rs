//! `Get...` profiles, as their tables have them.

use metering_model::Excerpt;
use serde::Deserialize;

use super::{Asked, refusal};
use crate::Malformed;
use crate::envelope::{MessageNoun, Refusal};
use crate::xml::elements::{DATE_TIME_INTERVAL, DateTimeInterval, NAMED, Name, Named};
use crate::xml::envelope::Reading;
use crate::xml::schema::Content::{Boolean, Of, String as Text};
use crate::xml::schema::{Element, elements};
use crate::xml::structure::Structure;
use crate::xml::tolerances::Tolerance;
use crate::xml::walk::{Step, Walk};
use crate::xml::{Namespaces, Tolerated, lexical};

elements! {
    /// When.
    TIME_SCHEDULE {
        "scheduleInterval" Required Of(DATE_TIME_INTERVAL) => kept;
    }
}

elements! {
    /// Which quality.
    SELECTED_QUALITY {
        "ReadingQualityType" Required Of(NAMED) => kept;
    }
}

elements! {
    /// Which readings, besides.
    SELECTED_READING {
        "reason" Optional Text;
        "source" Optional Text;
        "ReadingType" Optional Of(NAMED) => kept;
        "timePeriod" Optional Of(DATE_TIME_INTERVAL) => kept;
    }
}

elements! {
    /// Which readings.
    SELECTED_READINGS {
        "isCoincidentTrigger" Optional Boolean;
        "EndDeviceEvents" Optional Of(NAMED);
        "Meter" Optional Of(NAMED) => kept;
        "Readings" Optional Of(SELECTED_READING) => kept;
        "UsagePoint" Optional Of(NAMED) => kept;
    }
}

elements! {
    /// `GetMeterReadings`.
    GET_METER_READINGS {
        "EndDevice" Many Of(NAMED) => kept;
        "EndDeviceGroup" Many Of(NAMED);
        "MeterReadings" Optional Of(SELECTED_READINGS) => kept;
        "Reading" Many Of(SELECTED_READING) => kept;
        "ReadingQuality" Many Of(SELECTED_QUALITY) => kept;
        "ReadingType" Many Of(NAMED) => kept;
        "TimeSchedule" Many Of(TIME_SCHEDULE) => kept;
        "TransformerTank" Many Of(NAMED);
        "UsagePoint" Many Of(NAMED) => kept;
        "UsagePointGroup" Many Of(NAMED);
    }
}

elements! {
    /// `GetEndDeviceControls`.
    GET_END_DEVICE_CONTROLS {
        "EndDevice" Many Of(NAMED) => kept;
        "EndDeviceControl" Many Of(NAMED) => kept;
        "EndDeviceControlType" Many Of(NAMED) => kept;
        "TimeSchedule" Many Of(TIME_SCHEDULE) => kept;
    }
}

elements! {
    /// `GetEndDeviceEvents`.
    GET_END_DEVICE_EVENTS {
        "EndDevice" Many Of(NAMED) => kept;
        "EndDeviceEvent" Many Of(NAMED) => kept;
        "EndDeviceEventType" Many Of(NAMED) => kept;
        "TimeSchedule" Many Of(TIME_SCHEDULE) => kept;
    }
}

elements! {
    GET_END_DEVICES {
        "EndDevice" Many Of(NAMED) => kept;
    }
}

elements! {
    GET_METERS {
        "Meter" Many Of(NAMED) => kept;
    }
}

elements! {
    GET_USAGE_POINTS {
        "UsagePoint" Many Of(NAMED) => kept;
    }
}

elements! {
    GET_COM_MODULES {
        "ComModule" Many Of(NAMED) => kept;
    }
}

/// The name of the profile, and what is in it.
pub(super) fn profile_of(noun: MessageNoun) -> (&'static str, &'static [Element]) {
    match noun {
        MessageNoun::MeterReadings => ("GetMeterReadings", GET_METER_READINGS),
        MessageNoun::EndDeviceControls => ("GetEndDeviceControls", GET_END_DEVICE_CONTROLS),
        MessageNoun::EndDeviceEvents => ("GetEndDeviceEvents", GET_END_DEVICE_EVENTS),
        MessageNoun::EndDeviceConfig => ("GetEndDeviceConfig", GET_END_DEVICES),
        MessageNoun::MeterConfig => ("GetMeterConfig", GET_METERS),
        MessageNoun::UsagePointConfig => ("GetUsagePointConfig", GET_USAGE_POINTS),
        MessageNoun::ComModuleConfig => ("GetComModuleConfig", GET_COM_MODULES),
    }
}

/// Any element of a profile.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Selected {
    #[serde(rename = "mRID")]
    mrid: Option<String>,
    #[serde(rename = "Names")]
    names: Vec<Name>,
    #[serde(rename = "scheduleInterval")]
    schedule_interval: Option<DateTimeInterval>,
    #[serde(rename = "timePeriod")]
    time_period: Option<DateTimeInterval>,
    #[serde(rename = "ReadingQualityType")]
    quality: Option<Named>,
    #[serde(rename = "ReadingType")]
    reading_type: Option<Named>,
    #[serde(rename = "Meter")]
    meter: Option<Named>,
    #[serde(rename = "UsagePoint")]
    usage_point: Option<Named>,
    #[serde(rename = "Readings")]
    readings: Option<Box<Selected>>,
}

elements! {
    ITEMS_OF_CONTROLS {
        "EndDeviceControl" Many Of(NAMED) => kept;
    }
}

elements! {
    ITEMS_OF_EVENTS {
        "EndDeviceEvent" Many Of(NAMED) => kept;
    }
}

/// What the items of a message are called.
fn items_of(noun: MessageNoun) -> &'static [Element] {
    match noun {
        // Readings have no ids.
        MessageNoun::MeterReadings => &[],
        MessageNoun::EndDeviceControls => ITEMS_OF_CONTROLS,
        MessageNoun::EndDeviceEvents => ITEMS_OF_EVENTS,
        _ => profile_of(noun).1,
    }
}

impl Asked {
    /// Reads a profile.
    pub(super) fn read(
        noun: MessageNoun,
        text: &[u8],
        namespaces: &Namespaces,
        reading: &Reading<'_>,
    ) -> Result<Self, Refusal> {
        let (name, table) = profile_of(noun);
        let mut walk = Walk::enter(text, name, table, namespaces, reading.limits)?;
        let asked = Self::walk(&mut walk, reading)?;
        let passed = |it: &Tolerated| matches!(it.what, Tolerance::UnknownElement | Tolerance::NotKept);
        match walk.tolerances.iter().find(passed) {
            Some(unknown) => Err(refusal(format!("nothing is selected by `{}` here; leave it out", unknown.element))),
            None => Ok(asked),
        }
    }

    /// Reads what the items of a message are called; what else they say is passed over.
    pub(super) fn items(
        noun: MessageNoun,
        text: &[u8],
        namespaces: &Namespaces,
        reading: &Reading<'_>,
    ) -> Result<Self, Refusal> {
        let mut walk = Walk::enter(text, noun.as_str(), items_of(noun), namespaces, reading.limits)?;
        Self::walk(&mut walk, reading)
    }

    fn walk(walk: &mut Walk<'_>, reading: &Reading<'_>) -> Result<Self, Refusal> {
        let mut asked = Self::default();
        loop {
            match walk.next()? {
                Step::Open(element) => {
                    if asked.objects.len() >= reading.limits.items {
                        return Err(Malformed::TooManyItems { limit: reading.limits.items }.into());
                    }
                    let structure = Structure::copy(walk, element)?;
                    let mut violations = Vec::new();
                    let selected: Option<Selected> = structure.parse(0, &mut violations);
                    if let Some(violation) = violations.first() {
                        return Err(refusal(format!("`{}`: {}", element.name, violation.detail)));
                    }
                    asked.add(element.name, selected.unwrap_or_default())?;
                }
                Step::Twice(element) => return Err(refusal(format!("`{}` stands twice; write it once", element.name))),
                Step::End | Step::Close => return Ok(asked),
                Step::Text(..) | Step::Reference(..) => {}
            }
        }
    }

    /// Adds what an element of a profile asks for.
    fn add(&mut self, element: &'static str, selected: Selected) -> Result<(), Refusal> {
        let Selected {
            mrid,
            names,
            schedule_interval,
            time_period,
            quality,
            reading_type,
            meter,
            usage_point,
            readings,
        } = selected;
        for period in [schedule_interval, time_period].into_iter().flatten() {
            self.within(period)?;
        }
        let inner =
            [("ReadingQuality", quality), ("ReadingType", reading_type), ("Meter", meter), ("UsagePoint", usage_point)];
        for (element, named) in inner {
            if let Some(named) = named {
                self.object(element, named)?;
            }
        }
        if let Some(readings) = readings {
            self.add("Readings", *readings)?;
        }
        match element {
            "TimeSchedule" | "Reading" | "Readings" | "ReadingQuality" | "MeterReadings" => Ok(()),
            _ => self.object(element, Named { mrid, names }),
        }
    }

    fn object(&mut self, element: &'static str, Named { mrid, names }: Named) -> Result<(), Refusal> {
        let by_name = mrid.as_deref().unwrap_or_default().is_empty();
        let first = names.into_iter().next().and_then(|it| it.name);
        match mrid.filter(|it| !it.is_empty()).or(first).filter(|it| !it.is_empty()) {
            Some(text) => {
                self.objects.push((element, text, by_name));
                Ok(())
            }
            None => Err(refusal(format!("`{element}` has neither an `mRID` nor a name"))),
        }
    }

    /// Asks for what is in a period. There is one, for nothing here answers for several.
    fn within(&mut self, DateTimeInterval { start, end }: DateTimeInterval) -> Result<(), Refusal> {
        let instant = |text: Option<String>| match text.filter(|it| !it.is_empty()) {
            Some(text) => match lexical::instant(&text) {
                Ok((instant, _)) => Ok(Some(instant)),
                Err(error) => Err(refusal(format!("`{}`: {error}", Excerpt(&text)))),
            },
            None => Ok(None),
        };
        let period = (instant(start)?, instant(end)?);
        match self.period {
            Some(known) if known != period => Err(refusal("two periods are asked for; ask for each by itself")),
            _ => {
                self.period = Some(period);
                Ok(())
            }
        }
    }
}
