//! Where in a message of XML something is: XPath, made from a notation's neutral [`Place`].

use metering_model::Place;

/// The items of one message, to say in XPath where something was met. The prefix `m` stands for
/// the message's namespace.
///
/// ```
/// use metering_messages::xml::Places;
/// use metering_model::{Violation, ViolationCode};
///
/// let at = Violation::new(2, "eventDateTime", ViolationCode::InvalidTime, "").at;
/// let places = Places::of("EndDeviceEvents");
/// assert_eq!(places.xpath(&at), "/m:EndDeviceEvents/m:EndDeviceEvent[3]/m:createdDateTime");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    noun: String,
    /// Of a message of readings: which readings stand where, in their order.
    runs: Vec<Run>,
}

/// Readings one behind the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    /// The item that is the first of them.
    first: u32,
    /// Which `MeterReading`, from 1.
    meter_reading: u32,
    /// Which `IntervalBlocks` of it, from 1; 0 for readings outside of blocks.
    block: u32,
    /// Which of the readings there the first is, from 0.
    index: u32,
}

/// Fields of readings whose names are not those of the elements.
const READING: &[(&str, &str)] = &[
    ("readingDateTime", "m:timeStamp"),
    ("quality", "m:ReadingQualities"),
    ("comment", "m:ReadingQualities/m:comment"),
];

/// A message, its item, and the fields whose names are not those of the elements.
type Noun = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Fields of all configurations.
const CONFIGURATION: &[(&str, &str)] = &[
    ("names", "m:Names"),
    ("nameType", "m:NameType/m:name"),
    ("nameTypeAuthority", "m:NameType/m:NameTypeAuthority/m:name"),
    ("endDeviceInfo", "m:EndDeviceInfo"),
    ("manufacturer", "m:AssetModel/m:Manufacturer"),
    ("modelNumber", "m:AssetModel/m:modelNumber"),
    ("modelVersion", "m:AssetModel/m:modelVersion"),
    ("multipliers", "m:MeterMultipliers"),
    ("comFunctions", "m:ComFunction"),
    ("connectDisconnectFunction", "m:ConnectDisconnectFunction"),
    ("registers", "m:SimpleEndDeviceFunction"),
    ("serviceKind", "m:ServiceCategory/m:kind"),
    ("serviceLocation", "m:ServiceLocation"),
    ("serviceSupplier", "m:ServiceSupplier"),
    ("pricingStructure", "m:PricingStructures"),
];

/// Fields of usage points.
const USAGE_POINT: &[(&str, &str)] = &[
    ("names", "m:Names"),
    ("nameType", "m:NameType/m:name"),
    ("nameTypeAuthority", "m:NameType/m:NameTypeAuthority/m:name"),
    ("multipliers", "m:ServiceMultipliers"),
    ("serviceKind", "m:ServiceCategory/m:kind"),
    ("serviceLocation", "m:ServiceLocation"),
    ("serviceSupplier", "m:ServiceSupplier"),
    ("pricingStructure", "m:PricingStructures"),
];

/// Fields of communication modules.
const COM_MODULE: &[(&str, &str)] = &[
    ("names", "m:Names"),
    ("nameType", "m:NameType/m:name"),
    ("nameTypeAuthority", "m:NameType/m:NameTypeAuthority/m:name"),
    ("endDeviceInfo", "m:AssetInfo"),
    ("manufacturer", "m:AssetModel/m:Manufacturer"),
    ("modelNumber", "m:AssetModel/m:modelNumber"),
    ("modelVersion", "m:AssetModel/m:modelVersion"),
    ("comFunctions", "m:ComFunctions"),
];

const NOUNS: &[Noun] = &[
    (
        "EndDeviceControls",
        "EndDeviceControl",
        &[
            ("deviceId", "m:EndDevices"),
            ("deviceIds", "m:EndDevices"),
            ("usagePointId", "m:UsagePoints"),
            ("group", "m:EndDeviceGroups"),
            ("controlType", "m:EndDeviceControlType/@ref"),
            ("controlTypeCode", "m:EndDeviceControlType/@ref"),
            ("controlValue", "*[self::m:priceSignal or self::m:PanDemandResponse or self::m:PanPricing]"),
            ("controlUnit", ""),
            ("mode", "m:PanDemandResponse"),
            ("effectiveDateTime", "m:primaryDeviceTiming/m:interval/m:start"),
            ("expiresAt", ""),
            ("duration", "m:primaryDeviceTiming"),
            ("reasonCode", ""),
            ("priority", ""),
        ],
    ),
    (
        "EndDeviceEvents",
        "EndDeviceEvent",
        &[
            ("deviceId", "m:Assets"),
            ("usagePointId", "m:UsagePoint"),
            ("eventType", "m:EndDeviceEventType/@ref"),
            ("eventTypeCode", "m:EndDeviceEventType/@ref"),
            ("eventDateTime", "m:createdDateTime"),
            ("description", "m:reason"),
            ("eventCode", "m:EndDeviceEventDetails"),
            ("details", "m:EndDeviceEventDetails"),
        ],
    ),
    ("EndDeviceConfig", "EndDevice", CONFIGURATION),
    ("MeterConfig", "Meter", CONFIGURATION),
    ("UsagePointConfig", "UsagePoint", USAGE_POINT),
    ("ComModuleConfig", "ComModule", COM_MODULE),
];

/// The names of the messages.
pub(super) fn nouns() -> impl Iterator<Item = &'static str> {
    NOUNS.iter().map(|(noun, ..)| *noun).chain(["MeterReadings"])
}

/// The readings of a message in the order of their items.
const ALL_READINGS: &str = "(/m:MeterReadings/m:MeterReading/m:IntervalBlocks/m:IntervalReadings\
                            |/m:MeterReadings/m:MeterReading/m:Readings)";

impl Places {
    /// The items of a message of this noun of which no more is known than their order.
    #[must_use]
    pub fn of(noun: &str) -> Self {
        Self { noun: noun.to_owned(), runs: Vec::new() }
    }

    /// The same where `list` is the name of a message of XML, as a receipt keeps it; nothing where
    /// it is a list of another notation.
    #[must_use]
    pub fn of_list(list: &str) -> Option<Self> {
        nouns().any(|noun| noun == list).then(|| Self::of(list))
    }

    /// The name of the message, which a receipt keeps as the name of its list.
    #[must_use]
    pub fn noun(&self) -> &str {
        &self.noun
    }

    /// The place in XPath 1.0.
    #[must_use]
    pub fn xpath(&self, place: &Place) -> String {
        let Place { item, field } = place;
        match NOUNS.iter().find(|(noun, ..)| *noun == self.noun) {
            Some((noun, of_item, fields)) => {
                let mut path = format!("/m:{noun}/m:{of_item}[{}]", u64::from(*item) + 1);
                append(field, fields, &mut path);
                path
            }
            None => self.reading(*item, field),
        }
    }

    fn reading(&self, item: u32, field: &str) -> String {
        let behind = self.runs.partition_point(|run| run.first <= item);
        let run = behind.checked_sub(1).and_then(|at| self.runs.get(at));
        let (of_meter, of_type, mut path) = match run {
            Some(Run { first, meter_reading, block, index }) => {
                let number = item - first + index + 1;
                let around = format!("/m:MeterReadings/m:MeterReading[{meter_reading}]");
                if *block == 0 {
                    let reading = format!("{around}/m:Readings[{number}]");
                    (around, reading.clone(), reading)
                } else {
                    let block = format!("{around}/m:IntervalBlocks[{block}]");
                    let reading = format!("{block}/m:IntervalReadings[{number}]");
                    (around, block, reading)
                }
            }
            None => {
                let reading = format!("{ALL_READINGS}[{}]", u64::from(item) + 1);
                (format!("{reading}/ancestor::m:MeterReading"), format!("{reading}/ancestor-or-self::*"), reading)
            }
        };
        match field.split('/').next().unwrap_or_default() {
            "" => path,
            "meterId" => format!("{of_meter}/m:Meter"),
            "usagePointId" => format!("{of_meter}/m:UsagePoint"),
            "readingDateTime" | "value" | "quality" | "reportedDateTime" | "timePeriod" | "source" | "reason"
            | "comment" => {
                append(field, READING, &mut path);
                path
            }
            // All that describes what is measured is in the code.
            _ => format!("{of_type}/m:ReadingType/@ref"),
        }
    }

    /// Notes that the item `item` is the reading `index` outside of the blocks of a `MeterReading`.
    pub(super) fn readings(&mut self, item: u32, meter_reading: u32, index: u32) {
        let goes_on = self.runs.last().is_some_and(|last| {
            (last.meter_reading, last.block) == (meter_reading, 0) && item - last.first == index - last.index
        });
        if !goes_on {
            self.runs.push(Run { first: item, meter_reading, block: 0, index });
        }
    }

    /// Notes that a block begins with the item `item`.
    pub(super) fn block(&mut self, item: u32, meter_reading: u32, block: u32) {
        // Blocks without readings leave no trace.
        if self.runs.last().is_some_and(|last| last.first == item && last.block > 0) {
            self.runs.pop();
        }
        self.runs.push(Run { first: item, meter_reading, block, index: 0 });
    }
}

/// Appends the way to a field, step by step.
fn append(field: &str, fields: &[(&str, &str)], path: &mut String) {
    for step in field.split('/').filter(|step| !step.is_empty()) {
        if let Ok(number) = step.parse::<u32>() {
            path.push_str(&format!("[{}]", u64::from(number) + 1));
            continue;
        }
        match fields.iter().find(|(name, _)| *name == step) {
            // The standard has no place for it.
            Some((_, "")) => return,
            Some((_, element)) => {
                path.push('/');
                path.push_str(element);
                // What is further within is elsewhere in the message.
                if element.ends_with("Function") || element.ends_with("ComFunctions") {
                    let number = field.split('/').nth(1).and_then(|it| it.parse::<u32>().ok());
                    path.extend(
                        number.filter(|_| *element != "m:SimpleEndDeviceFunction").map(|it| format!("[{}]", it + 1)),
                    );
                    return;
                }
            }
            None if step.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                path.push_str("/m:");
                path.push_str(step);
            }
            // No name of an element.
            None => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(places: &Places, item: u32, field: &'static str) -> String {
        places.xpath(&Place { item, field: field.into() })
    }

    #[test]
    fn readings_are_found_in_blocks_and_outside() {
        let mut places = Places::of("MeterReadings");
        places.block(0, 1, 1);
        places.block(0, 1, 2);
        for item in 2..5 {
            places.readings(item, 1, item - 2);
        }
        places.block(5, 2, 1);
        places.readings(6, 2, 0);
        places.block(7, 2, 2);
        places.readings(8, 2, 1);
        assert_eq!(places.runs.len(), 6);
        for (item, field, expected) in [
            (1, "value", "/m:MeterReadings/m:MeterReading[1]/m:IntervalBlocks[2]/m:IntervalReadings[2]/m:value"),
            (1, "unit", "/m:MeterReadings/m:MeterReading[1]/m:IntervalBlocks[2]/m:ReadingType/@ref"),
            (4, "readingDateTime", "/m:MeterReadings/m:MeterReading[1]/m:Readings[3]/m:timeStamp"),
            (4, "readingTypeCode", "/m:MeterReadings/m:MeterReading[1]/m:Readings[3]/m:ReadingType/@ref"),
            (
                5,
                "quality/1",
                "/m:MeterReadings/m:MeterReading[2]/m:IntervalBlocks[1]/m:IntervalReadings[1]/m:ReadingQualities[2]",
            ),
            (8, "", "/m:MeterReadings/m:MeterReading[2]/m:Readings[2]"),
            (8, "timePeriod/start", "/m:MeterReadings/m:MeterReading[2]/m:Readings[2]/m:timePeriod/m:start"),
            (8, "comment", "/m:MeterReadings/m:MeterReading[2]/m:Readings[2]/m:ReadingQualities/m:comment"),
            (8, "reason", "/m:MeterReadings/m:MeterReading[2]/m:Readings[2]/m:reason"),
            (8, "meterId", "/m:MeterReadings/m:MeterReading[2]/m:Meter"),
        ] {
            assert_eq!(path(&places, item, field), expected);
        }
        let stored = Places::of_list("MeterReadings").unwrap();
        assert_eq!(path(&stored, 7, "value"), format!("{ALL_READINGS}[8]/m:value"));
        assert_eq!(path(&stored, 7, "meterId"), format!("{ALL_READINGS}[8]/ancestor::m:MeterReading/m:Meter"));
    }

    #[test]
    fn fields_have_the_elements_of_their_message() {
        for (noun, field, expected) in [
            ("EndDeviceControls", "deviceIds/2", "/m:EndDeviceControl[1]/m:EndDevices[3]"),
            ("EndDeviceControls", "priority", "/m:EndDeviceControl[1]"),
            (
                "EndDeviceControls",
                "controlValue",
                "/m:EndDeviceControl[1]/*[self::m:priceSignal or self::m:PanDemandResponse or self::m:PanPricing]",
            ),
            ("EndDeviceEvents", "severity", "/m:EndDeviceEvent[1]/m:severity"),
            ("MeterConfig", "names/1/nameType", "/m:Meter[1]/m:Names[2]/m:NameType/m:name"),
            ("MeterConfig", "comFunctions/1/amrAddress", "/m:Meter[1]/m:ComFunction[2]"),
            ("MeterConfig", "registers/1/channels/0/readingTypeCode", "/m:Meter[1]/m:SimpleEndDeviceFunction"),
            ("UsagePointConfig", "multipliers/0/value", "/m:UsagePoint[1]/m:ServiceMultipliers[1]/m:value"),
            ("ComModuleConfig", "lifecycle/purchaseDate", "/m:ComModule[1]/m:lifecycle/m:purchaseDate"),
            ("EndDeviceConfig", "a~1b/c", "/m:EndDevice[1]"),
        ] {
            assert_eq!(path(&Places::of(noun), 0, field), format!("/m:{noun}{expected}"));
        }
        assert_eq!(Places::of_list("readings"), None);
    }
}
