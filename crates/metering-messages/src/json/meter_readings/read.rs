//! One pass over the items: each ends as one `Reading` or as violations.

use metering_model::{MeterReadings, Reading};

use super::details::DetailsTable;
use super::kinds::{QualitiesTable, SeriesTable};
use crate::json::fields::{decimal, fields, required, time};
use crate::json::items::{Message, read_items, whole};
use crate::{Limits, Malformed, Read};

const MESSAGE: Message = Message { list: "readings", one: "a reading" };

fields! {
    /// One item of `readings`, spelled as the API spells it.
    pub(super) struct ReadingFields<'a> {
        "meterId" meter,
        "usagePointId" usage_point,
        "readingType" reading_type,
        "measurement" measurement,
        "interval" interval,
        "unit" unit,
        "multiplier" multiplier,
        "phase" phase,
        "energyDirection" energy_direction,
        "timeOfUse" time_of_use,
        "readingTypeCode" code,
        "readingDateTime" time_stamp,
        "value" value,
        "quality" quality,
        "reportedDateTime" reported,
        "timePeriod" time_period,
        "source" source,
        "reason" reason,
        "comment" comment,
    }
}

/// Reads the list `readings`, or one reading alone.
///
/// # Errors
/// [`Malformed`] when the notation is broken or the body is no such message. What is wrong with a
/// reading is among the violations, and the other readings are read.
///
/// ```
/// use metering_messages::{Limits, json};
///
/// let body = br#"{"readings":[{"meterId":"1234LG","readingType":"intervalData","unit":"kWh",
///     "readingDateTime":"2024-01-15T10:00:00Z","value":1234.50}]}"#;
/// let read = json::meter_readings::read(body, &Limits::default())?;
/// assert!(read.violations.is_empty());
/// assert_eq!(read.value.readings[0].value.unwrap().to_string(), "1234.50");
/// # Ok::<(), metering_messages::Malformed>(())
/// ```
pub fn read(body: &[u8], limits: &Limits) -> Result<Read<MeterReadings>, Malformed> {
    let mut series = SeriesTable::new();
    let mut qualities = QualitiesTable::new();
    let mut details = DetailsTable::new();
    let mut violations = Vec::new();
    let mut warnings = Vec::new();
    // An item of the API's fields takes 190 bytes and more; a short one less.
    let mut readings = Vec::with_capacity((body.len() / 128).min(limits.items));
    let items = read_items(body, MESSAGE, limits, &mut violations, |item, fields: &ReadingFields<'_>, violations| {
        let series = series.number(item, fields, violations, &mut warnings);
        let time_stamp = required(fields.time_stamp, item, "readingDateTime", violations)
            .and_then(|raw| time(Some(raw), item, "readingDateTime", violations));
        let value = decimal(fields.value, item, "value", violations);
        let qualities = qualities.number(item, fields.quality, violations, &mut warnings);
        let details = details.index(item, fields, violations);
        if whole(item, violations)
            && let (Some(series), Some(time_stamp), Some(qualities)) = (series, time_stamp, qualities)
        {
            readings.push(Reading { time_stamp, value, series, qualities, details, place: item });
        }
    })?;
    let value = MeterReadings {
        series: series.into_series(),
        qualities: qualities.into_lists(),
        details: details.into_details(),
        readings,
        received: items.received,
    };
    Ok(Read { value, alone: items.alone, violations, warnings })
}
