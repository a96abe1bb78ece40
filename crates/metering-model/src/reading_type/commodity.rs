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
    /// A television licence.
    TV_LICENCE = 23, "television licence";
    /// Internet access.
    INTERNET = 24, "internet";
    /// Refuse collection.
    REFUSE = 25, "refuse";
}
