//! Part 7 of the reading type.

use crate::code_list::code_list;

code_list! {
    /// Part 7: the quantity.
    pub struct MeasurementKind(u16);
    /// Nothing said.
    NONE = 0, "none";
    /// Power factor by apparent power.
    APPARENT_POWER_FACTOR = 2, "apparent power factor";
    /// An amount of money.
    CURRENCY = 3, "currency";
    /// Current.
    CURRENT = 4, "current";
    /// Phase angle of a current.
    CURRENT_ANGLE = 5, "current angle";
    /// How unequal the currents of the phases are.
    CURRENT_IMBALANCE = 6, "current imbalance";
    /// A date.
    DATE = 7, "date";
    /// Power as it is billed: energy over the length of a demand interval.
    DEMAND = 8, "demand";
    /// Apparent power of the distortion.
    DISTORTION_VOLT_AMPERE = 10, "distortion volt ampere";
    /// Whether there is voltage.
    ENERGIZATION = 11, "energization";
    /// Energy: active, reactive or apparent, as the unit says.
    ENERGY = 12, "energy";
    /// Whether there is voltage behind the switch.
    ENERGIZATION_LOAD_SIDE = 13, "energization on the load side";
    /// Frequency.
    FREQUENCY = 15, "frequency";
    /// Funds of a prepayment account.
    FUND = 16, "funds";
    /// Losses of a line.
    LINE_LOSS = 31, "line losses";
    /// Losses.
    LOSS = 32, "losses";
    /// Negative sequence component.
    NEGATIVE_SEQUENCE = 33, "negative sequence";
    /// Power factor of the phasors.
    PHASOR_POWER_FACTOR = 34, "phasor power factor";
    /// Reactive power of the phasors.
    PHASOR_REACTIVE_POWER = 35, "phasor reactive power";
    /// Positive sequence component.
    POSITIVE_SEQUENCE = 36, "positive sequence";
    /// Power: active, reactive or apparent, as the unit says.
    POWER = 37, "power";
    /// Power factor.
    POWER_FACTOR = 38, "power factor";
    /// Quantity power (Q).
    QUANTITY_POWER = 40, "quantity power";
    /// Voltage sag.
    SAG = 41, "sag";
    /// Voltage swell.
    SWELL = 42, "swell";
    /// Position of a switch.
    SWITCH_POSITION = 43, "switch position";
    /// Position of a transformer's tap.
    TAP_POSITION = 44, "tap position";
    /// Which tariff is in force.
    TARIFF_RATE = 45, "tariff rate";
    /// Temperature.
    TEMPERATURE = 46, "temperature";
    /// Total harmonic distortion.
    TOTAL_HARMONIC_DISTORTION = 47, "total harmonic distortion";
    /// Losses of a transformer.
    TRANSFORMER_LOSS = 48, "transformer losses";
    /// Voltage, root mean square.
    VOLTAGE = 54, "voltage";
    /// Phase angle of a voltage.
    VOLTAGE_ANGLE = 55, "voltage angle";
    /// Voltage out of its bounds.
    VOLTAGE_EXCURSION = 56, "voltage excursion";
    /// How unequal the voltages of the phases are.
    VOLTAGE_IMBALANCE = 57, "voltage imbalance";
    /// Volume.
    VOLUME = 58, "volume";
    /// How long nothing flowed.
    ZERO_FLOW_DURATION = 59, "zero flow duration";
    /// Zero sequence component.
    ZERO_SEQUENCE = 60, "zero sequence";
    /// Power factor of the distortion.
    DISTORTION_POWER_FACTOR = 64, "distortion power factor";
    /// Frequency out of its bounds.
    FREQUENCY_EXCURSION = 81, "frequency excursion";
    /// Voltage of the device's battery.
    BATTERY_VOLTAGE = 94, "battery voltage";
    /// Strength of a radio signal.
    SIGNAL_STRENGTH = 115, "signal strength";
    /// Signal against noise.
    SIGNAL_TO_NOISE_RATIO = 117, "signal to noise ratio";
    /// An alarm.
    ALARM = 118, "alarm";
    /// How long the battery carried on.
    BATTERY_CARRYOVER = 119, "battery carry-over";
    /// The limit of demand.
    DEMAND_LIMIT = 121, "demand limit";
    /// How often demand was reset.
    DEMAND_RESET = 122, "demand reset";
    /// A diagnostic value.
    DIAGNOSTIC = 123, "diagnostic";
    /// The limit of demand in an emergency.
    EMERGENCY_LIMIT = 124, "emergency limit";
    /// How often the power failed.
    POWER_OUTAGE = 136, "power outage";
    /// Power quality.
    POWER_QUALITY = 137, "power quality";
    /// How often the power came back.
    POWER_RESTORATION = 138, "power restoration";
    /// How often the meter was programmed.
    PROGRAMMED = 139, "programmed";
    /// How often the meter was tampered with.
    TAMPER = 148, "tamper";
    /// How often the watchdog ran out.
    WATCHDOG_TIMEOUT = 149, "watchdog time-out";
    /// Volume per time.
    VOLUMETRIC_FLOW = 155, "volumetric flow";
}
