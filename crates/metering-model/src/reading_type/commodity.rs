//! Part 6 of the reading type.

use crate::code_list::code_list;

code_list! {
    /// Part 6: what is delivered.
    pub struct Commodity(u16);
    /// Nothing said.
    NONE = 0, "none";
    /// Electricity, as the meter sees it behind its transformers.
    ELECTRICITY_SECONDARY_METERED = 1, "electricity, secondary metered";
    /// Electricity, with the ratios of the transformers applied.
    ELECTRICITY_PRIMARY_METERED = 2, "electricity, primary metered";
    /// A communication service.
    COMMUNICATION = 3, "communication";
    /// Air.
    AIR = 4, "air";
    /// Gas that insulates.
    INSULATIVE_GAS = 5, "insulative gas";
    /// Oil that insulates.
    INSULATIVE_OIL = 6, "insulative oil";
    /// Natural gas.
    NATURAL_GAS = 7, "natural gas";
    /// Propane.
    PROPANE = 8, "propane";
    /// Water fit to drink.
    POTABLE_WATER = 9, "potable water";
    /// Steam.
    STEAM = 10, "steam";
    /// Waste water.
    WASTE_WATER = 11, "waste water";
    /// A fluid that carries heat to the customer.
    HEATING_FLUID = 12, "heating fluid";
    /// A fluid that carries heat away.
    COOLING_FLUID = 13, "cooling fluid";
    /// Water not fit to drink.
    NON_POTABLE_WATER = 14, "non-potable water";
    /// Nitrogen oxides.
    NOX = 15, "nitrogen oxides";
    /// Sulphur dioxide.
    SO2 = 16, "sulphur dioxide";
    /// Methane.
    CH4 = 17, "methane";
    /// Carbon dioxide.
    CO2 = 18, "carbon dioxide";
    /// Carbon.
    CARBON = 19, "carbon";
    /// Hexachlorocyclohexane, a pesticide.
    HCH = 20, "hexachlorocyclohexane";
    /// Perfluorocarbons.
    PFC = 21, "perfluorocarbons";
    /// Sulphur hexafluoride, which insulates switchgear.
    SF6 = 22, "sulphur hexafluoride";
    /// A television licence.
    TV_LICENCE = 23, "television licence";
    /// Internet access.
    INTERNET = 24, "internet";
    /// Refuse collection.
    REFUSE = 25, "refuse";
    /// Hydrogen. Sources disagree: another one reads 26 as electricity metered in transmission. Better
    /// not written.
    HYDROGEN = 26, "hydrogen";
    /// Acetylene.
    ACETYLENE = 27, "acetylene", unconfirmed;
    /// Ethylene.
    ETHYLENE = 28, "ethylene", unconfirmed;
    /// Ethane.
    ETHANE = 29, "ethane", unconfirmed;
    /// Carbon monoxide.
    CARBON_MONOXIDE = 30, "carbon monoxide", unconfirmed;
    /// Oxygen.
    OXYGEN = 31, "oxygen", unconfirmed;
    /// Combustible gas that is dissolved, as in transformer oil.
    DISSOLVED_COMBUSTIBLE_GAS = 32, "dissolved combustible gas", unconfirmed;
    /// All greenhouse gases, as the carbon dioxide that would warm as much.
    CARBON_DIOXIDE_EQUIVALENT = 33, "carbon dioxide equivalent", unconfirmed;
    /// Lead.
    LEAD = 34, "lead", unconfirmed;
    /// Mercury.
    MERCURY = 35, "mercury", unconfirmed;
    /// Ozone.
    OZONE = 36, "ozone", unconfirmed;
    /// Particulate matter of up to 10 micrometres.
    PARTICULATE_MATTER_10 = 37, "particulate matter up to 10 um", unconfirmed;
    /// Particulate matter of up to 2.5 micrometres.
    PARTICULATE_MATTER_2_5 = 38, "particulate matter up to 2.5 um", unconfirmed;
    /// Sulphur oxides.
    SULFUR_OXIDES = 39, "sulphur oxides", unconfirmed;
    /// The weather.
    WEATHER = 40, "weather", unconfirmed;
}
