//! Reading types that most meters have.

use super::{FlowDirection, ImpossibleReadingType, MacroPeriod, MeasuringPeriod, Phases, ReadingType};

/// Each constant with its text and its explanation, which its documentation shows and tests.
macro_rules! well_known {
    ($( $(#[$about:meta])* $CONSTANT:ident = $said:expr, $text:literal, $explained:literal; )+) => {
        impl ReadingType {
            $(
                $(#[$about])*
                ///
                /// ```
                /// use metering_model::ReadingType;
                ///
                #[doc = concat!("let code = ReadingType::", stringify!($CONSTANT), ";")]
                #[doc = concat!("assert_eq!(code.to_string(), \"", $text, "\");")]
                #[doc = concat!("assert_eq!(code.explain().to_string(), \"", $explained, "\");")]
                /// ```
                pub const $CONSTANT: Self = possible($said.build());
            )+

            /// The reading types that have a name here.
            pub const WELL_KNOWN: &'static [Self] = &[$( Self::$CONSTANT ),+];
        }

        #[cfg(test)]
        const TEXTS: &[(&str, &str)] = &[$( ($text, $explained) ),+];
    };
}

/// Called when the crate is compiled, which ends where there is no such reading type.
const fn possible(built: Result<ReadingType, ImpossibleReadingType>) -> ReadingType {
    match built {
        Ok(code) => code,
        Err(_) => panic!("the table of what goes with what has no such reading type"),
    }
}

well_known! {
    /// Quarter hours of energy to the customer, in kWh.
    FORWARD_ACTIVE_ENERGY_15_MINUTE =
        ReadingType::interval(MeasuringPeriod::FIFTEEN_MINUTE).active_energy().kilo().forward(),
        "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
        "15-minute interval, forward active energy (secondary metered), kWh";
    /// Half hours of energy to the customer, in kWh.
    FORWARD_ACTIVE_ENERGY_30_MINUTE =
        ReadingType::interval(MeasuringPeriod::THIRTY_MINUTE).active_energy().kilo().forward(),
        "0.0.5.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
        "30-minute interval, forward active energy (secondary metered), kWh";
    /// Hours of energy to the customer, in kWh.
    FORWARD_ACTIVE_ENERGY_60_MINUTE =
        ReadingType::interval(MeasuringPeriod::SIXTY_MINUTE).active_energy().kilo().forward(),
        "0.0.7.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
        "60-minute interval, forward active energy (secondary metered), kWh";
    /// Quarter hours of energy from the customer, in kWh.
    REVERSE_ACTIVE_ENERGY_15_MINUTE =
        ReadingType::interval(MeasuringPeriod::FIFTEEN_MINUTE).active_energy().kilo().reverse(),
        "0.0.2.4.19.1.12.0.0.0.0.0.0.0.0.3.72.0",
        "15-minute interval, reverse active energy (secondary metered), kWh";
    /// Intervals of energy to the customer on all three phases, their length unsaid, in kWh.
    FORWARD_ACTIVE_ENERGY_INTERVAL_ABC =
        ReadingType::interval(MeasuringPeriod::NONE).active_energy().kilo().forward().phases(Phases::ABC),
        "0.0.0.4.1.1.12.0.0.0.0.0.0.0.224.3.72.0",
        "interval of unstated length, forward active energy (secondary metered), phases ABC, kWh";
    /// Days of energy to the customer, in kWh.
    FORWARD_ACTIVE_ENERGY_DAILY =
        ReadingType::each(MacroPeriod::DAILY).active_energy().kilo().forward(),
        "11.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
        "daily interval, forward active energy (secondary metered), kWh";
    /// The dial of energy to the customer, in kWh.
    FORWARD_ACTIVE_ENERGY_REGISTER =
        ReadingType::register().active_energy().kilo().forward(),
        "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
        "register, forward active energy (secondary metered), kWh";
    /// The dial of energy from the customer, in kWh.
    REVERSE_ACTIVE_ENERGY_REGISTER =
        ReadingType::register().active_energy().kilo().reverse(),
        "0.0.0.1.19.1.12.0.0.0.0.0.0.0.0.3.72.0",
        "register, reverse active energy (secondary metered), kWh";
    /// The dial of energy to the customer at the end of each day, in kWh.
    FORWARD_ACTIVE_ENERGY_DAILY_REGISTER =
        ReadingType::register().active_energy().kilo().forward().daily(),
        "11.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
        "daily register, forward active energy (secondary metered), kWh";
    /// The dial of energy to the customer at the close of a billing period, in kWh.
    FORWARD_ACTIVE_ENERGY_BILLING =
        ReadingType::billing().active_energy().kilo().forward(),
        "8.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
        "billing-period register, forward active energy (secondary metered), kWh";
    /// The dial of the first time of use register, in kWh; [`tou`](super::ReadingTypeBuilder::tou) makes the others.
    FORWARD_ACTIVE_ENERGY_TOU_1_REGISTER =
        ReadingType::register().active_energy().kilo().forward().tou(1),
        "0.0.0.1.1.1.12.0.0.0.0.1.0.0.0.3.72.0",
        "register, forward active energy (secondary metered), time of use register 1, kWh";
    /// The highest demand of a billing period, in kW.
    FORWARD_MAXIMUM_DEMAND_BILLING =
        ReadingType::demand().active_power().kilo().forward(),
        "8.8.0.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0",
        "billing-period indicated value, maximum forward active demand (secondary metered), kW";
    /// Quarter hours of reactive energy in quadrants 1 and 2, in kVArh.
    Q1_PLUS_Q2_REACTIVE_ENERGY_15_MINUTE =
        ReadingType::interval(MeasuringPeriod::FIFTEEN_MINUTE)
            .reactive_energy()
            .kilo()
            .direction(FlowDirection::Q1_PLUS_Q2),
        "0.0.2.4.5.1.12.0.0.0.0.0.0.0.0.3.73.0",
        "15-minute interval, Q1+Q2 reactive energy (secondary metered), kVArh";
    /// Quarter hours of reactive energy in quadrants 3 and 4, in kVArh.
    Q3_PLUS_Q4_REACTIVE_ENERGY_15_MINUTE =
        ReadingType::interval(MeasuringPeriod::FIFTEEN_MINUTE)
            .reactive_energy()
            .kilo()
            .direction(FlowDirection::Q3_PLUS_Q4),
        "0.0.2.4.13.1.12.0.0.0.0.0.0.0.0.3.73.0",
        "15-minute interval, Q3+Q4 reactive energy (secondary metered), kVArh";
    /// Quarter hours of apparent energy to the customer, in kVAh.
    FORWARD_APPARENT_ENERGY_15_MINUTE =
        ReadingType::interval(MeasuringPeriod::FIFTEEN_MINUTE).apparent_energy().kilo().forward(),
        "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.71.0",
        "15-minute interval, forward apparent energy (secondary metered), kVAh";
    /// The power to the customer at one moment, in kW.
    FORWARD_ACTIVE_POWER =
        ReadingType::instantaneous().active_power().kilo().forward(),
        "0.0.0.12.1.1.37.0.0.0.0.0.0.0.0.3.38.0",
        "instantaneous value, forward active power (secondary metered), kW";
    /// The voltage from A to neutral at one moment, in V.
    VOLTAGE_AN =
        ReadingType::instantaneous().voltage().phases(Phases::AN),
        "0.0.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0",
        "instantaneous value, voltage (secondary metered), phase A to neutral, V";
    /// The voltage from B to neutral at one moment, in V.
    VOLTAGE_BN =
        ReadingType::instantaneous().voltage().phases(Phases::BN),
        "0.0.0.12.0.1.54.0.0.0.0.0.0.0.65.0.29.0",
        "instantaneous value, voltage (secondary metered), phase B to neutral, V";
    /// The voltage from C to neutral at one moment, in V.
    VOLTAGE_CN =
        ReadingType::instantaneous().voltage().phases(Phases::CN),
        "0.0.0.12.0.1.54.0.0.0.0.0.0.0.33.0.29.0",
        "instantaneous value, voltage (secondary metered), phase C to neutral, V";
    /// The current of A at one moment, in A.
    CURRENT_A =
        ReadingType::instantaneous().current().phases(Phases::A),
        "0.0.0.12.0.1.4.0.0.0.0.0.0.0.128.0.5.0",
        "instantaneous value, current (secondary metered), phase A, A";
    /// The current of B at one moment, in A.
    CURRENT_B =
        ReadingType::instantaneous().current().phases(Phases::B),
        "0.0.0.12.0.1.4.0.0.0.0.0.0.0.64.0.5.0",
        "instantaneous value, current (secondary metered), phase B, A";
    /// The current of C at one moment, in A.
    CURRENT_C =
        ReadingType::instantaneous().current().phases(Phases::C),
        "0.0.0.12.0.1.4.0.0.0.0.0.0.0.32.0.5.0",
        "instantaneous value, current (secondary metered), phase C, A";
    /// The frequency at one moment, in Hz.
    FREQUENCY =
        ReadingType::instantaneous().frequency(),
        "0.0.0.12.0.1.15.0.0.0.0.0.0.0.0.0.33.0",
        "instantaneous value, frequency (secondary metered), Hz";
    /// The power factor at one moment.
    POWER_FACTOR =
        ReadingType::instantaneous().power_factor(),
        "0.0.0.12.0.1.38.0.0.0.0.0.0.0.0.0.65.0",
        "instantaneous value, power factor (secondary metered), cos theta";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_is_its_text_and_means_its_explanation() {
        assert_eq!(ReadingType::WELL_KNOWN.len(), TEXTS.len());
        for (code, (text, explained)) in ReadingType::WELL_KNOWN.iter().zip(TEXTS) {
            assert_eq!((code.to_string().as_str(), text.parse()), (*text, Ok(*code)));
            assert_eq!(code.explain().to_string(), *explained);
            assert_eq!(code.unlisted_parts().count(), 0);
        }
        assert_eq!(ReadingType::WELL_KNOWN.iter().collect::<HashSet<_>>().len(), TEXTS.len());
    }
}
