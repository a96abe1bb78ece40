//! Part 17 of the reading type.

use crate::code_list::code_list;

code_list! {
    /// Part 17: the unit, without its prefix.
    pub struct MeasurementUnit(u16);
    /// Nothing said, or no unit.
    NONE = 0, "none";
    /// Metre.
    METRE = 2, "m";
    /// Gram.
    GRAM = 3, "g";
    /// Revolutions per second.
    REVOLUTION_PER_SECOND = 4, "rev/s";
    /// Ampere.
    AMPERE = 5, "A";
    /// Kelvin.
    KELVIN = 6, "K";
    /// Degree of an angle.
    DEGREE = 9, "deg";
    /// Radian.
    RADIAN = 10, "rad";
    /// Degree Celsius.
    DEGREE_CELSIUS = 23, "degC";
    /// Farad.
    FARAD = 25, "F";
    /// Coulomb.
    COULOMB = 26, "C";
    /// Second.
    SECOND = 27, "s";
    /// Henry.
    HENRY = 28, "H";
    /// Volt.
    VOLT = 29, "V";
    /// Ohm.
    OHM = 30, "ohm";
    /// Joule.
    JOULE = 31, "J";
    /// Hertz.
    HERTZ = 33, "Hz";
    /// Watt.
    WATT = 38, "W";
    /// Pascal.
    PASCAL = 39, "Pa";
    /// Square metre.
    SQUARE_METRE = 41, "m2";
    /// Cubic metre.
    CUBIC_METRE = 42, "m3";
    /// Metre per second.
    METRE_PER_SECOND = 43, "m/s";
    /// Cubic metre per second.
    CUBIC_METRE_PER_SECOND = 45, "m3/s";
    /// Siemens.
    SIEMENS = 53, "S";
    /// Radian per second.
    RADIAN_PER_SECOND = 54, "rad/s";
    /// Volt ampere.
    VOLT_AMPERE = 61, "VA";
    /// Volt ampere reactive.
    VOLT_AMPERE_REACTIVE = 63, "VAr";
    /// Power factor, a number without dimension.
    COS_THETA = 65, "cos theta";
    /// Volt second.
    VOLT_SECOND = 66, "Vs";
    /// Volt squared.
    VOLT_SQUARED = 67, "V2";
    /// Ampere second.
    AMPERE_SECOND = 68, "As";
    /// Ampere squared.
    AMPERE_SQUARED = 69, "A2";
    /// Ampere squared second.
    AMPERE_SQUARED_SECOND = 70, "A2s";
    /// Volt ampere hour.
    VOLT_AMPERE_HOUR = 71, "VAh";
    /// Watt hour.
    WATT_HOUR = 72, "Wh";
    /// Volt ampere reactive hour.
    VOLT_AMPERE_REACTIVE_HOUR = 73, "VArh";
    /// Volt per hertz.
    VOLT_PER_HERTZ = 74, "V/Hz";
    /// Hertz per second.
    HERTZ_PER_SECOND = 75, "Hz/s";
    /// Characters.
    CHARACTER = 76, "char";
    /// Characters per second.
    CHARACTER_PER_SECOND = 77, "char/s";
    /// Bel.
    BEL = 79, "B";
    /// Money; part 18 says which.
    MONEY = 80, "money";
    /// Quantity power.
    QUANTITY_POWER = 100, "Q";
    /// Quantity energy.
    QUANTITY_ENERGY = 101, "Qh";
    /// Volt squared hour.
    VOLT_SQUARED_HOUR = 104, "V2h";
    /// Ampere squared hour.
    AMPERE_SQUARED_HOUR = 105, "A2h";
    /// Ampere hour.
    AMPERE_HOUR = 106, "Ah";
    /// Watt hour per cubic metre.
    WATT_HOUR_PER_CUBIC_METRE = 107, "Wh/m3";
    /// A date and time.
    TIME_STAMP = 108, "time stamp";
    /// Yes or no.
    STATUS = 109, "status";
    /// A number of things.
    COUNT = 111, "count";
    /// Bel against a milliwatt.
    BEL_MILLIWATT = 113, "Bm";
    /// A code.
    CODE = 114, "code";
    /// Watt hour per revolution.
    WATT_HOUR_PER_REVOLUTION = 115, "Wh/rev";
    /// Volt ampere reactive hour per revolution.
    VOLT_AMPERE_REACTIVE_HOUR_PER_REVOLUTION = 116, "VArh/rev";
    /// Volt ampere hour per revolution.
    VOLT_AMPERE_HOUR_PER_REVOLUTION = 117, "VAh/rev";
    /// A code of an end device event.
    END_DEVICE_EVENT_CODE = 118, "end device event code";
    /// Cubic foot.
    CUBIC_FOOT = 119, "ft3";
    /// Cubic foot, compensated for temperature and pressure.
    CUBIC_FOOT_COMPENSATED = 120, "ft3 compensated";
    /// Cubic metre per hour.
    CUBIC_METRE_PER_HOUR = 125, "m3/h";
    /// Cubic metre per hour, compensated.
    CUBIC_METRE_COMPENSATED_PER_HOUR = 126, "m3/h compensated";
    /// Cubic metre per hour, not compensated.
    CUBIC_METRE_UNCOMPENSATED_PER_HOUR = 127, "m3/h uncompensated";
    /// US gallon.
    US_GALLON = 128, "US gal";
    /// Imperial gallon.
    IMPERIAL_GALLON = 130, "imperial gal";
    /// British thermal unit.
    BRITISH_THERMAL_UNIT = 132, "Btu";
    /// British thermal unit per hour.
    BRITISH_THERMAL_UNIT_PER_HOUR = 133, "Btu/h";
    /// Litre.
    LITRE = 134, "l";
    /// Litre per hour.
    LITRE_PER_HOUR = 137, "l/h";
    /// Volt per volt.
    VOLT_PER_VOLT = 151, "V/V";
    /// Ampere per ampere.
    AMPERE_PER_AMPERE = 152, "A/A";
    /// Watt per volt ampere.
    WATT_PER_VOLT_AMPERE = 153, "W/VA";
    /// Revolutions.
    REVOLUTION = 154, "rev";
    /// Minute.
    MINUTE = 159, "min";
    /// Hour.
    HOUR = 160, "h";
    /// Cubic metre, not compensated.
    CUBIC_METRE_UNCOMPENSATED = 166, "m3 uncompensated";
    /// Cubic metre, compensated.
    CUBIC_METRE_COMPENSATED = 167, "m3 compensated";
    /// Watt per watt.
    WATT_PER_WATT = 168, "W/W";
    /// Therm.
    THERM = 169, "therm";
    /// Volt hour.
    VOLT_HOUR = 280, "Vh";
}
