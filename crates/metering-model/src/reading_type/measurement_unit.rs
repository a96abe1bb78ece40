//! Part 17 of the reading type.

use crate::code_list::code_list;

code_list! {
    /// Part 17: the unit, without its prefix.
    ///
    /// The numbers are those of the standard's annex. The symbols of the UML have numbers too, and
    /// some of them mean other units; where they differ the row says so.
    pub struct MeasurementUnit(u16);
    /// Nothing said, or no unit.
    NONE = 0, "none";
    /// Metre.
    METRE = 2, "m";
    /// Gram. The UML counts in kilograms.
    GRAM = 3, "g";
    /// Revolutions per second. In the UML 4 is the second, 27 the siemens and 53 revolutions per
    /// second; all others agree with this list.
    REVOLUTION_PER_SECOND = 4, "rev/s";
    /// Ampere.
    AMPERE = 5, "A";
    /// Kelvin.
    KELVIN = 6, "K";
    /// Mole.
    MOLE = 7, "mol";
    /// Candela.
    CANDELA = 8, "cd";
    /// Degree of an angle.
    DEGREE = 9, "deg";
    /// Radian.
    RADIAN = 10, "rad";
    /// Steradian.
    STERADIAN = 11, "sr";
    /// Gray.
    GRAY = 21, "Gy";
    /// Becquerel.
    BECQUEREL = 22, "Bq";
    /// Degree Celsius.
    DEGREE_CELSIUS = 23, "degC";
    /// Sievert.
    SIEVERT = 24, "Sv";
    /// Farad.
    FARAD = 25, "F";
    /// Coulomb.
    COULOMB = 26, "C";
    /// Second. In the UML 4 is the second, 27 the siemens and 53 revolutions per second; all others
    /// agree with this list.
    SECOND = 27, "s";
    /// Henry.
    HENRY = 28, "H";
    /// Volt.
    VOLT = 29, "V";
    /// Ohm.
    OHM = 30, "ohm";
    /// Joule.
    JOULE = 31, "J";
    /// Newton.
    NEWTON = 32, "N";
    /// Hertz.
    HERTZ = 33, "Hz";
    /// Lux.
    LUX = 34, "lx";
    /// Lumen.
    LUMEN = 35, "lm";
    /// Weber.
    WEBER = 36, "Wb";
    /// Tesla.
    TESLA = 37, "T";
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
    /// Metre per second squared.
    METRE_PER_SECOND_SQUARED = 44, "m/s2";
    /// Cubic metre per second.
    CUBIC_METRE_PER_SECOND = 45, "m3/s";
    /// Metre per cubic metre.
    METRE_PER_CUBIC_METRE = 46, "m/m3";
    /// Gram metre. The UML counts in kilograms.
    GRAM_METRE = 47, "g m";
    /// Gram per cubic metre. The UML counts in kilograms.
    GRAM_PER_CUBIC_METRE = 48, "g/m3";
    /// Square metre per second.
    SQUARE_METRE_PER_SECOND = 49, "m2/s";
    /// Watt per metre and kelvin.
    WATT_PER_METRE_KELVIN = 50, "W/(m K)";
    /// Joule per kelvin.
    JOULE_PER_KELVIN = 51, "J/K";
    /// Parts per million. Only the UML, whose numbers are not always the annex's.
    PART_PER_MILLION = 52, "ppm", unconfirmed;
    /// Siemens. In the UML 4 is the second, 27 the siemens and 53 revolutions per second; all others
    /// agree with this list.
    SIEMENS = 53, "S";
    /// Radian per second.
    RADIAN_PER_SECOND = 54, "rad/s";
    /// Heat flux in watts per square metre. Only the UML; 179 is the same unit elsewhere.
    HEAT_FLUX_DENSITY = 55, "W/m2 of heat", unconfirmed;
    /// Joule per square metre. Only the UML, whose numbers are not always the annex's.
    JOULE_PER_SQUARE_METRE = 56, "J/m2", unconfirmed;
    /// Siemens per metre. Only the UML, whose numbers are not always the annex's.
    SIEMENS_PER_METRE = 57, "S/m", unconfirmed;
    /// Kelvin per second. Only the UML, whose numbers are not always the annex's.
    KELVIN_PER_SECOND = 58, "K/s", unconfirmed;
    /// Pascal per second. Only the UML, whose numbers are not always the annex's.
    PASCAL_PER_SECOND = 59, "Pa/s", unconfirmed;
    /// Heat capacity in joules per kilogram and kelvin. Only the UML; 180 is the same unit elsewhere.
    SPECIFIC_HEAT_CAPACITY = 60, "J/(kg K) of heat capacity", unconfirmed;
    /// Volt ampere.
    VOLT_AMPERE = 61, "VA";
    /// Volt ampere reactive.
    VOLT_AMPERE_REACTIVE = 63, "VAr";
    /// Phase angle.
    PHASE_ANGLE = 64, "phase angle", unconfirmed;
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
    /// Gram square metre. The UML counts in kilograms.
    GRAM_SQUARE_METRE = 78, "g m2";
    /// Bel. The UML counts in decibels.
    BEL = 79, "B";
    /// Money; part 18 says which.
    MONEY = 80, "money";
    /// Watt per second.
    WATT_PER_SECOND = 81, "W/s";
    /// Litre per second.
    LITRE_PER_SECOND = 82, "l/s";
    /// Decibel against a milliwatt. Others write 113 with the power of ten -1.
    DECIBEL_MILLIWATT = 83, "dBm", unconfirmed;
    /// Hour, in the UML. All others write 160.
    UML_HOUR = 84, "h of the UML", unconfirmed;
    /// Minute, in the UML. All others write 159.
    UML_MINUTE = 85, "min of the UML", unconfirmed;
    /// Quantity power.
    QUANTITY_POWER = 100, "Q";
    /// Quantity energy.
    QUANTITY_ENERGY = 101, "Qh";
    /// Ohm metre.
    OHM_METRE = 102, "ohm m";
    /// Ampere per metre.
    AMPERE_PER_METRE = 103, "A/m";
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
    /// Several times yes or no.
    STATUS_ARRAY = 110, "status array", unconfirmed;
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
    /// Cubic foot, not compensated.
    CUBIC_FOOT_UNCOMPENSATED = 121, "ft3 uncompensated", unconfirmed;
    /// Cubic foot per hour.
    CUBIC_FOOT_PER_HOUR = 122, "ft3/h", unconfirmed;
    /// Cubic foot per hour, compensated.
    CUBIC_FOOT_COMPENSATED_PER_HOUR = 123, "ft3/h compensated";
    /// Cubic foot per hour, not compensated.
    CUBIC_FOOT_UNCOMPENSATED_PER_HOUR = 124, "ft3/h uncompensated", unconfirmed;
    /// Cubic metre per hour.
    CUBIC_METRE_PER_HOUR = 125, "m3/h";
    /// Cubic metre per hour, compensated.
    CUBIC_METRE_COMPENSATED_PER_HOUR = 126, "m3/h compensated";
    /// Cubic metre per hour, not compensated.
    CUBIC_METRE_UNCOMPENSATED_PER_HOUR = 127, "m3/h uncompensated";
    /// US gallon.
    US_GALLON = 128, "US gal";
    /// US gallon per hour.
    US_GALLON_PER_HOUR = 129, "US gal/h";
    /// Imperial gallon.
    IMPERIAL_GALLON = 130, "imperial gal";
    /// Imperial gallon per hour.
    IMPERIAL_GALLON_PER_HOUR = 131, "imperial gal/h";
    /// British thermal unit.
    BRITISH_THERMAL_UNIT = 132, "Btu";
    /// British thermal unit per hour.
    BRITISH_THERMAL_UNIT_PER_HOUR = 133, "Btu/h";
    /// Litre.
    LITRE = 134, "l";
    /// Litre per hour.
    LITRE_PER_HOUR = 137, "l/h";
    /// Litre per hour, compensated.
    LITRE_COMPENSATED_PER_HOUR = 138, "l/h compensated";
    /// Litre per hour, not compensated.
    LITRE_UNCOMPENSATED_PER_HOUR = 139, "l/h uncompensated";
    /// Pascal against the pressure of the air.
    PASCAL_GAUGE = 140, "Pa gauge";
    /// Pound-force per square inch against nothing.
    POUND_PER_SQUARE_INCH_ABSOLUTE = 141, "psi absolute";
    /// Pound-force per square inch against the pressure of the air.
    POUND_PER_SQUARE_INCH_GAUGE = 142, "psi gauge";
    /// Litre per litre.
    LITRE_PER_LITRE = 143, "l/l";
    /// Gram per gram.
    GRAM_PER_GRAM = 144, "g/g";
    /// Mole per cubic metre.
    MOLE_PER_CUBIC_METRE = 145, "mol/m3";
    /// Mole per mole.
    MOLE_PER_MOLE = 146, "mol/mol";
    /// Mole per kilogram.
    MOLE_PER_KILOGRAM = 147, "mol/kg";
    /// Metre per metre.
    METRE_PER_METRE = 148, "m/m";
    /// Second per second.
    SECOND_PER_SECOND = 149, "s/s";
    /// Hertz per hertz.
    HERTZ_PER_HERTZ = 150, "Hz/Hz";
    /// Volt per volt.
    VOLT_PER_VOLT = 151, "V/V";
    /// Ampere per ampere.
    AMPERE_PER_AMPERE = 152, "A/A";
    /// Watt per volt ampere. Power factors are counted in 65.
    WATT_PER_VOLT_AMPERE = 153, "W/VA";
    /// Revolutions.
    REVOLUTION = 154, "rev";
    /// Pascal against nothing.
    PASCAL_ABSOLUTE = 155, "Pa absolute";
    /// Litre, not compensated.
    LITRE_UNCOMPENSATED = 156, "l uncompensated";
    /// Litre, compensated.
    LITRE_COMPENSATED = 157, "l compensated";
    /// Katal.
    KATAL = 158, "kat";
    /// Minute. The UML writes 85.
    MINUTE = 159, "min";
    /// Hour. The UML writes 84.
    HOUR = 160, "h";
    /// Quantity power at an angle of 45 degrees.
    QUANTITY_POWER_45 = 161, "Q45";
    /// Quantity power at an angle of 60 degrees.
    QUANTITY_POWER_60 = 162, "Q60";
    /// Quantity energy at an angle of 45 degrees.
    QUANTITY_ENERGY_45 = 163, "Q45h";
    /// Quantity energy at an angle of 60 degrees.
    QUANTITY_ENERGY_60 = 164, "Q60h";
    /// Joule per kilogram.
    JOULE_PER_KILOGRAM = 165, "J/kg";
    /// Cubic metre, not compensated.
    CUBIC_METRE_UNCOMPENSATED = 166, "m3 uncompensated";
    /// Cubic metre, compensated.
    CUBIC_METRE_COMPENSATED = 167, "m3 compensated";
    /// Watt per watt.
    WATT_PER_WATT = 168, "W/W";
    /// Therm.
    THERM = 169, "therm";
    /// Refractive index, a number without dimension.
    REFRACTIVE_INDEX = 170, "refractive index", unconfirmed;
    /// Relative permeability, a number without dimension.
    RELATIVE_PERMEABILITY = 171, "relative permeability", unconfirmed;
    /// Neper.
    NEPER = 172, "Np", unconfirmed;
    /// Waves per metre.
    RECIPROCAL_METRE = 173, "1/m";
    /// Cubic metre per kilogram.
    CUBIC_METRE_PER_KILOGRAM = 174, "m3/kg";
    /// Pascal second.
    PASCAL_SECOND = 175, "Pa s";
    /// Newton metre.
    NEWTON_METRE = 176, "N m";
    /// Newton per metre.
    NEWTON_PER_METRE = 177, "N/m";
    /// Radian per second squared.
    RADIAN_PER_SECOND_SQUARED = 178, "rad/s2";
    /// Watt per square metre.
    WATT_PER_SQUARE_METRE = 179, "W/m2", unconfirmed;
    /// Joule per kilogram and kelvin.
    JOULE_PER_KILOGRAM_KELVIN = 180, "J/(kg K)", unconfirmed;
    /// Joule per cubic metre.
    JOULE_PER_CUBIC_METRE = 181, "J/m3";
    /// Volt per metre.
    VOLT_PER_METRE = 182, "V/m";
    /// Coulomb per cubic metre.
    COULOMB_PER_CUBIC_METRE = 183, "C/m3";
    /// Coulomb per square metre.
    COULOMB_PER_SQUARE_METRE = 184, "C/m2";
    /// Farad per metre.
    FARAD_PER_METRE = 185, "F/m";
    /// Henry per metre.
    HENRY_PER_METRE = 186, "H/m";
    /// Joule per mole.
    JOULE_PER_MOLE = 187, "J/mol";
    /// Joule per mole and kelvin.
    JOULE_PER_MOLE_KELVIN = 188, "J/(mol K)";
    /// Coulomb per kilogram.
    COULOMB_PER_KILOGRAM = 189, "C/kg";
    /// Gray per second.
    GRAY_PER_SECOND = 190, "Gy/s";
    /// Watt per steradian.
    WATT_PER_STERADIAN = 191, "W/sr";
    /// Watt per square metre and steradian.
    WATT_PER_SQUARE_METRE_STERADIAN = 192, "W/(m2 sr)";
    /// Katal per cubic metre.
    KATAL_PER_CUBIC_METRE = 193, "kat/m3";
    /// Day.
    DAY = 195, "d";
    /// Minute of arc.
    MINUTE_OF_ARC = 196, "arcmin";
    /// Second of arc.
    SECOND_OF_ARC = 197, "arcsec";
    /// Hectare.
    HECTARE = 198, "ha";
    /// Tonne.
    TONNE = 199, "t";
    /// Electron volt.
    ELECTRON_VOLT = 200, "eV", unconfirmed;
    /// Dalton.
    DALTON = 201, "Da", unconfirmed;
    /// Unified atomic mass.
    UNIFIED_ATOMIC_MASS = 202, "u", unconfirmed;
    /// Astronomical unit.
    ASTRONOMICAL_UNIT = 203, "au", unconfirmed;
    /// The speed of light, as a unit.
    SPEED_OF_LIGHT = 204, "speed of light", unconfirmed;
    /// Natural unit of action.
    NATURAL_ACTION = 205, "natural action", unconfirmed;
    /// Natural unit of mass.
    NATURAL_MASS = 206, "natural mass", unconfirmed;
    /// Natural unit of time.
    NATURAL_TIME = 207, "natural time", unconfirmed;
    /// The charge of an electron, as a unit.
    ELECTRON_CHARGE = 208, "electron charge", unconfirmed;
    /// The mass of an electron, as a unit.
    ELECTRON_MASS = 209, "electron mass", unconfirmed;
    /// Atomic unit of action.
    ATOMIC_ACTION = 210, "atomic action", unconfirmed;
    /// The Bohr radius, as a unit.
    BOHR_RADIUS = 211, "Bohr radius", unconfirmed;
    /// Hartree.
    HARTREE = 212, "hartree", unconfirmed;
    /// Atomic unit of time.
    ATOMIC_TIME = 213, "atomic time", unconfirmed;
    /// Bar.
    BAR = 214, "bar";
    /// Millimetre of mercury.
    MILLIMETRE_OF_MERCURY = 215, "mmHg";
    /// Angstrom.
    ANGSTROM = 216, "angstrom", unconfirmed;
    /// Nautical mile.
    NAUTICAL_MILE = 217, "nmi";
    /// Barn.
    BARN = 218, "barn", unconfirmed;
    /// Knot.
    KNOT = 219, "kn";
    /// Curie.
    CURIE = 220, "Ci", unconfirmed;
    /// Roentgen.
    ROENTGEN = 221, "R", unconfirmed;
    /// Rad, a dose of radiation. The radian is 10.
    RAD = 222, "rad of dose", unconfirmed;
    /// Rem.
    REM = 223, "rem", unconfirmed;
    /// Inch.
    INCH = 224, "in", unconfirmed;
    /// Foot.
    FOOT = 225, "ft", unconfirmed;
    /// Rod.
    ROD = 226, "rod", unconfirmed;
    /// Furlong.
    FURLONG = 227, "furlong", unconfirmed;
    /// Mile.
    MILE = 228, "mi", unconfirmed;
    /// Square foot.
    SQUARE_FOOT = 229, "ft2", unconfirmed;
    /// Square yard.
    SQUARE_YARD = 230, "yd2", unconfirmed;
    /// Square rod.
    SQUARE_ROD = 231, "square rod", unconfirmed;
    /// Acre.
    ACRE = 232, "acre", unconfirmed;
    /// Square mile.
    SQUARE_MILE = 233, "mi2", unconfirmed;
    /// Section of land.
    SECTION_OF_LAND = 234, "section of land", unconfirmed;
    /// Township.
    TOWNSHIP = 235, "township", unconfirmed;
    /// Cubic yard.
    CUBIC_YARD = 237, "yd3", unconfirmed;
    /// Link.
    LINK = 238, "link", unconfirmed;
    /// Chain.
    CHAIN = 239, "chain", unconfirmed;
    /// US liquid pint.
    US_LIQUID_PINT = 240, "US liquid pt", unconfirmed;
    /// US liquid quart.
    US_LIQUID_QUART = 241, "US liquid qt", unconfirmed;
    /// Apothecaries' fluid dram.
    APOTHECARIES_FLUID_DRAM = 242, "apothecaries' fl dr", unconfirmed;
    /// Apothecaries' fluid ounce.
    APOTHECARIES_FLUID_OUNCE = 243, "apothecaries' fl oz", unconfirmed;
    /// US dry pint.
    US_DRY_PINT = 244, "US dry pt", unconfirmed;
    /// US dry quart.
    US_DRY_QUART = 245, "US dry qt", unconfirmed;
    /// US peck.
    US_PECK = 246, "US pk", unconfirmed;
    /// US bushel.
    US_BUSHEL = 247, "US bu", unconfirmed;
    /// Grain.
    GRAIN = 248, "gr", unconfirmed;
    /// Avoirdupois dram.
    AVOIRDUPOIS_DRAM = 249, "avoirdupois dr", unconfirmed;
    /// Avoirdupois ounce.
    AVOIRDUPOIS_OUNCE = 250, "avoirdupois oz", unconfirmed;
    /// Avoirdupois pound.
    AVOIRDUPOIS_POUND = 251, "avoirdupois lb", unconfirmed;
    /// Avoirdupois hundredweight.
    AVOIRDUPOIS_HUNDREDWEIGHT = 252, "avoirdupois cwt", unconfirmed;
    /// Avoirdupois ton, the short one.
    AVOIRDUPOIS_TON = 253, "avoirdupois ton", unconfirmed;
    /// Avoirdupois gross weight, by its neighbours the long hundredweight.
    AVOIRDUPOIS_GROSS_HUNDREDWEIGHT = 254, "avoirdupois gross cwt", unconfirmed;
    /// Avoirdupois long ton.
    AVOIRDUPOIS_LONG_TON = 255, "avoirdupois long ton", unconfirmed;
    /// Troy pennyweight.
    TROY_PENNYWEIGHT = 256, "troy dwt", unconfirmed;
    /// Troy ounce.
    TROY_OUNCE = 257, "troy oz", unconfirmed;
    /// Troy pound.
    TROY_POUND = 258, "troy lb", unconfirmed;
    /// Apothecaries' scruple.
    APOTHECARIES_SCRUPLE = 259, "apothecaries' scruple", unconfirmed;
    /// Apothecaries' dram.
    APOTHECARIES_DRAM = 260, "apothecaries' dr", unconfirmed;
    /// Apothecaries' ounce.
    APOTHECARIES_OUNCE = 261, "apothecaries' oz", unconfirmed;
    /// Apothecaries' pound.
    APOTHECARIES_POUND = 262, "apothecaries' lb", unconfirmed;
    /// Mile per imperial gallon.
    MILE_PER_IMPERIAL_GALLON = 263, "mi/imperial gal", unconfirmed;
    /// Mile per US gallon.
    MILE_PER_US_GALLON = 264, "mi/US gal", unconfirmed;
    /// Mile per the energy of a US gallon of petrol.
    MILE_PER_US_GALLON_EQUIVALENT = 265, "mi/US gal equivalent", unconfirmed;
    /// Litre per 100 kilometres.
    LITRE_PER_100_KILOMETRE = 266, "l/100 km", unconfirmed;
    /// Watt hour per mile.
    WATT_HOUR_PER_MILE = 267, "Wh/mi", unconfirmed;
    /// Watt hour per 100 miles.
    WATT_HOUR_PER_100_MILE = 268, "Wh/100 mi", unconfirmed;
    /// Maxwell.
    MAXWELL = 276, "Mx", unconfirmed;
    /// Gauss.
    GAUSS = 277, "G", unconfirmed;
    /// Oersted.
    OERSTED = 278, "Oe", unconfirmed;
    /// Degree Fahrenheit.
    DEGREE_FAHRENHEIT = 279, "degF", unconfirmed;
    /// Volt hour.
    VOLT_HOUR = 280, "Vh";
    /// Humidity.
    HUMIDITY = 281, "humidity", unconfirmed;
    /// How much of the sky is covered.
    SKY_COVER = 282, "sky cover", unconfirmed;
    /// Bel against a microvolt.
    BEL_MICROVOLT = 283, "B(uV)", unconfirmed;
}

impl MeasurementUnit {
    /// Units that the UML names without a number, so that no reading type can have them.
    pub const WITHOUT_CODE: &'static [&'static str] = &["W/A", "1/Hz", "V/VAr", "ohm/m", "kg/J", "J/s"];
}
