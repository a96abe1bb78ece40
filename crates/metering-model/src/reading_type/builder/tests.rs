use super::*;

#[test]
fn what_is_said_has_these_codes() {
    use MeasuringPeriod as Length;
    for (built, code) in [
        (
            ReadingType::interval(Length::FIFTEEN_MINUTE).active_energy().kilo().forward().build(),
            "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
        ),
        (
            ReadingType::interval(Length::NONE).active_energy().kilo().forward().phases(Phases::ABC).build(),
            "0.0.0.4.1.1.12.0.0.0.0.0.0.0.224.3.72.0",
        ),
        (
            ReadingType::interval(Length::SIXTY_MINUTE).active_energy().mega().reverse().primary_metered().build(),
            "0.0.7.4.19.2.12.0.0.0.0.0.0.0.0.6.72.0",
        ),
        (ReadingType::register().active_energy().kilo().forward().build(), "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        (
            ReadingType::register().active_energy().kilo().forward().daily().build(),
            "11.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
        ),
        (
            ReadingType::each(MacroPeriod::DAILY).active_energy().kilo().forward().build(),
            "11.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
        ),
        (
            ReadingType::each(MacroPeriod::MONTHLY).active_energy().kilo().total().build(),
            "13.0.0.4.20.1.12.0.0.0.0.0.0.0.0.3.72.0",
        ),
        (
            ReadingType::register().active_energy().kilo().net().monthly().build(),
            "13.0.0.1.4.1.12.0.0.0.0.0.0.0.0.3.72.0",
        ),
        (ReadingType::billing().active_energy().kilo().forward().build(), "8.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        (
            ReadingType::billing().active_energy().kilo().forward().tou(3).cpp(1).consumption_tier(2).build(),
            "8.0.0.1.1.1.12.0.0.0.0.3.1.2.0.3.72.0",
        ),
        (ReadingType::demand().active_power().kilo().forward().build(), "8.8.0.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0"),
        (
            ReadingType::demand_over(Length::FIXED_BLOCK_15_MINUTE).active_power().kilo().forward().monthly().build(),
            "13.8.53.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0",
        ),
        (
            ReadingType::instantaneous().active_power().kilo().forward().build(),
            "0.0.0.12.1.1.37.0.0.0.0.0.0.0.0.3.38.0",
        ),
        (ReadingType::instantaneous().voltage().phases(Phases::AN).build(), "0.0.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0"),
        (
            ReadingType::instantaneous().voltage().phases(Phases::S1_N).build(),
            "0.0.0.12.0.1.54.0.0.0.0.0.0.0.528.0.29.0",
        ),
        (
            ReadingType::instantaneous().voltage().phases(Phases::AN).harmonic(3).build(),
            "0.0.0.12.0.1.54.3.1.0.0.0.0.0.129.0.29.0",
        ),
        (ReadingType::instantaneous().current().phases(Phases::A).build(), "0.0.0.12.0.1.4.0.0.0.0.0.0.0.128.0.5.0"),
        (
            ReadingType::instantaneous().current().phases(Phases::N).multiplier(Multiplier::MILLI).build(),
            "0.0.0.12.0.1.4.0.0.0.0.0.0.0.16.-3.5.0",
        ),
        (
            ReadingType::register().active_energy().direction(FlowDirection::TOTAL_BY_PHASE).build(),
            "0.0.0.1.21.1.12.0.0.0.0.0.0.0.0.0.72.0",
        ),
        (
            ReadingType::instantaneous()
                .apparent_power()
                .multiplier(Multiplier::GIGA)
                .total()
                .phases(Phases::ABCN)
                .build(),
            "0.0.0.12.20.1.37.0.0.0.0.0.0.0.225.9.61.0",
        ),
        (ReadingType::instantaneous().frequency().build(), "0.0.0.12.0.1.15.0.0.0.0.0.0.0.0.0.33.0"),
        (ReadingType::instantaneous().power_factor().build(), "0.0.0.12.0.1.38.0.0.0.0.0.0.0.0.0.65.0"),
        (
            ReadingType::instantaneous().power_factor().direction(FlowDirection::LAGGING).build(),
            "0.0.0.12.2.1.38.0.0.0.0.0.0.0.0.0.65.0",
        ),
        (
            ReadingType::interval(Length::FIFTEEN_MINUTE)
                .reactive_energy()
                .kilo()
                .direction(FlowDirection::Q1_PLUS_Q2)
                .build(),
            "0.0.2.4.5.1.12.0.0.0.0.0.0.0.0.3.73.0",
        ),
        (
            ReadingType::register().reactive_energy().kilo().direction(FlowDirection::QUADRANT_4).build(),
            "0.0.0.1.18.1.12.0.0.0.0.0.0.0.0.3.73.0",
        ),
        (
            ReadingType::interval(Length::FIFTEEN_MINUTE).apparent_energy().kilo().forward().build(),
            "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.71.0",
        ),
        (
            ReadingType::interval(Length::FIFTEEN_MINUTE).active_power().kilo().forward().build(),
            "0.2.2.6.1.1.37.0.0.0.0.0.0.0.0.3.38.0",
        ),
        (ReadingType::interval(Length::TEN_MINUTE).voltage().build(), "0.2.1.6.0.1.54.0.0.0.0.0.0.0.0.0.29.0"),
    ] {
        assert_eq!(built.map(|code| code.to_string()).as_deref(), Ok(code));
    }
}

#[test]
fn what_does_not_go_together_says_what_would() {
    let interval = ReadingType::interval(MeasuringPeriod::FIFTEEN_MINUTE);
    for (built, part, text) in [
        (
            ReadingType::demand().active_energy().build(),
            4,
            "demand does not go with activeEnergy; intervalData, registerRead or billingData do",
        ),
        (
            ReadingType::billing().frequency().build(),
            4,
            "billingData does not go with frequency; intervalData or instantaneous do",
        ),
        (
            ReadingType::billing().active_energy().daily().build(),
            1,
            "billingData is for a billing period, so daily does not go with it; intervalData or registerRead go with daily",
        ),
        (
            ReadingType::register().active_energy().period(MacroPeriod::from_code(60_000)).build(),
            1,
            "macroPeriod 60000 is in no list; such a reading type is written out",
        ),
        (
            interval.active_energy().daily().build(),
            3,
            "interval data is of a length (15 minutes) or of a period (daily), not of both; leave one out",
        ),
        (
            ReadingType::interval(MeasuringPeriod::FIXED_BLOCK_15_MINUTE).active_energy().build(),
            3,
            "fixed block of 15 minutes is no length of interval data; 1 minute, 2 minutes, 3 minutes, 5 minutes, \
             10 minutes, 12 minutes, 15 minutes, 20 minutes, 30 minutes, 60 minutes, 2 hours, 3 hours, 4 hours, 6 hours, \
             12 hours or 24 hours do, or none",
        ),
        (
            ReadingType::demand_over(MeasuringPeriod::from_code(99)).active_power().build(),
            3,
            "measuringPeriod 99 is in no list; such a reading type is written out",
        ),
        (
            interval.voltage().forward().build(),
            5,
            "voltage has no direction, so `forward` does not go with it; leave energyDirection out",
        ),
        (
            interval.power_factor().direction(FlowDirection::QUADRANT_1).build(),
            5,
            "energyDirection Q1 does not go with powerFactor; forward, reverse, total, lagging or leading do, or none",
        ),
        (
            interval.current().phases(Phases::AB).build(),
            15,
            "phase AB does not go with current; A, B, C, N, ABC or NG do, or none",
        ),
        (
            interval.current().phases(Phases::from_code(3)).build(),
            15,
            "phase code 3 does not go with current; A, B, C, N, ABC or NG do, or none",
        ),
        (
            interval.active_energy().multiplier(Multiplier::from_code(4)).build(),
            16,
            "no code of the standard says Wh times ten to 4; with this unit 3 or 6 would be nearest",
        ),
    ] {
        assert_eq!(built.map_err(|error| (error.part(), error.to_string())), Err((part, text.to_owned())));
    }
}
