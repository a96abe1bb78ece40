//! Which code of a reply says what a broken rule means.

use metering_model::ViolationCode;

use super::ReplyCode;

/// The code of the reply for a broken rule. Rules the standard has no code for have the one for
/// what its schema would say.
///
/// ```
/// use metering_messages::envelope::{ReplyCode, code_of};
/// use metering_model::ViolationCode;
///
/// assert_eq!(code_of(ViolationCode::NoMeter), ReplyCode::INVALID_METER);
/// assert_eq!(code_of(ViolationCode::TooManyDigits), ReplyCode::AGAINST_SCHEMA);
/// ```
#[must_use]
pub fn code_of(rule: ViolationCode) -> ReplyCode {
    TABLE.iter().find(|(known, _)| *known == rule).map_or(ReplyCode::AGAINST_SCHEMA, |(_, code)| *code)
}

/// Every rule, in the order of the model's list.
const TABLE: &[(ViolationCode, ReplyCode)] = &[
    // Shapes.
    (ViolationCode::Missing, ReplyCode::FIELDS_MISSING),
    (ViolationCode::UnknownField, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::DuplicateField, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::WrongKind, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::UnknownWord, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::InvalidText, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::InvalidId, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::InvalidTime, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::InvalidDuration, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::InvalidNumber, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::TooManyDigits, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::TooManyPlaces, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::InvalidCode, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::OutOfRange, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::TooMany, ReplyCode::TOO_MANY_ITEMS),
    (ViolationCode::DuplicateEntry, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::ServerOwned, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::Contradiction, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::Tolerated, ReplyCode::NO_ERRORS),
    (ViolationCode::NotKept, ReplyCode::NO_ERRORS),
    // Meter readings.
    (ViolationCode::NoMeter, ReplyCode::INVALID_METER),
    (ViolationCode::UnitMeasurementMismatch, ReplyCode::INVALID_READING_TYPE),
    (ViolationCode::DirectionMeasurementMismatch, ReplyCode::INVALID_READING_TYPE),
    (ViolationCode::PhaseMeasurementMismatch, ReplyCode::INVALID_READING_TYPE),
    (ViolationCode::KindMeasurementMismatch, ReplyCode::INVALID_READING_TYPE),
    (ViolationCode::NoSuchMultiplier, ReplyCode::INVALID_READING_TYPE),
    (ViolationCode::PrefixedUnitMultiplier, ReplyCode::INVALID_READING_TYPE),
    (ViolationCode::CodeContradictsWords, ReplyCode::INVALID_READING_TYPE),
    (ViolationCode::ValueMissing, ReplyCode::FIELDS_MISSING),
    (ViolationCode::InTheFuture, ReplyCode::POLICY_VIOLATION),
    (ViolationCode::NoClock, ReplyCode::NO_ERRORS),
    (ViolationCode::UnlistedCode, ReplyCode::NO_ERRORS),
    (ViolationCode::SimilarSeries, ReplyCode::NO_ERRORS),
    (ViolationCode::EditedValueStands, ReplyCode::HELD_BY_RULE),
    (ViolationCode::AmbiguousName, ReplyCode::INVALID_REQUEST_ID),
    (ViolationCode::NotConfigured, ReplyCode::INVALID_REQUEST_ID),
    (ViolationCode::TooManyProvisional, ReplyCode::POLICY_VIOLATION),
    // Controls.
    (ViolationCode::NoTarget, ReplyCode::FIELDS_MISSING),
    (ViolationCode::UnknownTarget, ReplyCode::INVALID_REQUEST_ID),
    (ViolationCode::ControlValue, ReplyCode::FIELDS_MISSING),
    (ViolationCode::ReasonMissing, ReplyCode::FIELDS_MISSING),
    (ViolationCode::ExpiresBeforeEffect, ReplyCode::AGAINST_SCHEMA),
    (ViolationCode::EffectiveTimePassed, ReplyCode::CANCELLED_BY_RULE),
    (ViolationCode::PossibleReplay, ReplyCode::POLICY_VIOLATION),
    (ViolationCode::NotPermitted, ReplyCode::NOT_AUTHORIZED),
    // Events.
    (ViolationCode::Unmapped, ReplyCode::NO_ERRORS),
    // Configurations.
    (ViolationCode::Exists, ReplyCode::RELATIONSHIP_MISMATCH),
    (ViolationCode::NoIdentity, ReplyCode::FIELDS_MISSING),
    (ViolationCode::UnknownReference, ReplyCode::INVALID_REQUEST_ID),
    (ViolationCode::OverlappingInstallations, ReplyCode::METER_USAGE_POINT_MISMATCH),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_one_row() {
        let rules: Vec<_> = TABLE.iter().map(|(rule, _)| *rule).collect();
        assert_eq!(rules, ViolationCode::ALL);
        assert!(TABLE.iter().all(|(_, code)| code.is_listed()));
    }
}
