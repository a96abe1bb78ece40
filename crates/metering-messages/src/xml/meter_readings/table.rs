//! `MeterReadings` as the schema has it, and what of it is kept.

use metering_model::words::READING_REASONS;

use crate::xml::elements::{DATE_TIME_INTERVAL, FOUR_PART_TYPE, NAME, NAMED, READING_TYPE, STATUS};
use crate::xml::end_device_events::END_DEVICE_EVENT;
use crate::xml::schema::Content::{Boolean, DateTime, Float, Integer, Of, Reference, String as Text, Token, Words};
use crate::xml::schema::elements;

/// The name of the message.
pub(super) const NOUN: &str = "MeterReadings";

elements! {
    /// The message.
    pub(in crate::xml) METER_READINGS {
        "EndDeviceEventType" Many Of(FOUR_PART_TYPE);
        "MeterReading" Many Of(METER_READING) => kept;
        "ReadingQualityType" Many Of(READING_QUALITY_TYPE);
        "ReadingType" Many Of(READING_TYPE);
    }
}

elements! {
    /// What one meter or usage point has to say.
    METER_READING {
        "isCoincidentTrigger" Optional Boolean;
        "EndDeviceEvents" Many Of(END_DEVICE_EVENT);
        "IntervalBlocks" Many Of(INTERVAL_BLOCK) => kept;
        "Meter" Optional Of(METER) => kept;
        "Readings" Many Of(READING) => kept;
        "UsagePoint" Optional Of(NAMED) => kept;
        "valuesInterval" Optional Of(DATE_TIME_INTERVAL);
    }
}

elements! {
    /// Readings that share a reading type.
    INTERVAL_BLOCK {
        "IntervalReadings" Many Of(INTERVAL_READING) => kept;
        "PendingCalculation" Optional Of(PENDING_CALCULATION) => kept;
        "ReadingType" Required Reference => kept;
    }
}

elements! {
    /// What is still to be done to the values of a block.
    PENDING_CALCULATION {
        "multiplyBeforeAdd" Optional Boolean => kept;
        "offset" Optional Integer => kept;
        "scalarDenominator" Optional Integer => kept;
        "scalarFloat" Optional Float => kept;
        "scalarNumerator" Optional Integer => kept;
        "ReadingType" Required Reference => kept;
    }
}

elements! {
    /// A reading of a block.
    INTERVAL_READING {
        "reportedDateTime" Optional DateTime => kept;
        "source" Optional Text => kept;
        "timeStamp" Optional DateTime => kept;
        "value" Optional Token => kept;
        "ReadingQualities" Many Of(READING_QUALITY) => kept;
        "timePeriod" Optional Of(DATE_TIME_INTERVAL) => kept;
    }
}

elements! {
    /// A reading with its own reading type.
    READING {
        "reason" Optional Words(READING_REASONS) => kept;
        "reportedDateTime" Optional DateTime => kept;
        "source" Optional Text => kept;
        "timeStamp" Optional DateTime => kept;
        "value" Optional Token => kept;
        "ReadingQualities" Many Of(READING_QUALITY) => kept;
        "ReadingType" Required Reference => kept;
        "timePeriod" Optional Of(DATE_TIME_INTERVAL) => kept;
    }
}

elements! {
    /// One statement about the quality of a reading.
    READING_QUALITY {
        "comment" Optional Text => kept;
        "source" Optional Text;
        "timeStamp" Optional DateTime;
        "ReadingQualityType" Required Reference => kept;
    }
}

elements! {
    /// The meter that was read.
    METER {
        "mRID" Optional Text => kept;
        "Names" Many Of(NAME) => kept;
        "status" Optional Of(STATUS);
    }
}

elements! {
    /// The definition of a quality; it is referred to by its code, which says all of it.
    READING_QUALITY_TYPE {
        "mRID" Optional Text;
        "category" Optional Text;
        "subCategory" Optional Text;
        "systemId" Optional Text;
        "Names" OneOrMore Of(NAME);
    }
}
