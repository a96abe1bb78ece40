//! Part 1 of event and control codes.

use super::part_list::part_list;

part_list! {
    /// Part 1 of an event or control code: the type of device; 0 where it is not known.
    pub struct DeviceType;
    UNKNOWN = 0, "NA", "device of unknown type", unconfirmed;
    DAP_DEVICE = 1, "DAPDevice", "DAP device", unconfirmed;
    DER_DEVICE = 2, "DERDevice", "distributed energy resource", unconfirmed;
    ELECTRIC_METER = 3, "ElectricMeter", "electric meter";
    GAS_METER = 4, "GasMeter", "gas meter", unconfirmed;
    GATEWAY = 5, "Gateway", "gateway", unconfirmed;
    DSP_DEVICE = 6, "DSPDevice", "DSP device", unconfirmed;
    PAN_GATEWAY = 7, "PANGateway", "PAN gateway", unconfirmed;
    TRANSFORMER = 8, "Transformer", "transformer", unconfirmed;
    COLLECTOR = 10, "Collector", "collector", unconfirmed;
    NETWORK_ROUTER = 11, "NetworkRouter", "network router", unconfirmed;
    PAN_DEVICE = 12, "PANDevice", "PAN device";
    FEEDER = 13, "Feeder", "feeder", unconfirmed;
    GENERATOR = 14, "Generator", "generator", unconfirmed;
    IN_PREMISES_DISPLAY = 15, "InPremisesDisplay(IPD/IHD)", "in-premises display", unconfirmed;
    LOAD_CONTROL_DEVICE = 16, "LoadControlDevice", "load control device", unconfirmed;
    PAN_METER = 17, "PANMeter", "PAN meter", unconfirmed;
    PREPAYMENT_TERMINAL = 18, "PrepaymentTerminal", "prepayment terminal", unconfirmed;
    PROGRAMMABLE_THERMOSTAT = 19, "ProgCtlThermostat(PCT)", "programmable thermostat", unconfirmed;
    RANGE_EXTENDER = 20, "RangeExtender", "range extender", unconfirmed;
    REGULATOR = 21, "Regulator", "regulator", unconfirmed;
    SUBSTATION = 22, "Substation", "substation", unconfirmed;
    ENERGY_ROUTER = 23, "EnergyRouter", "energy router", unconfirmed;
    WATER_METER = 24, "WaterMeter", "water meter", unconfirmed;
    WASTE_WATER_METER = 25, "WasteWaterMeter", "waste water meter", unconfirmed;
    COM_DEVICE = 26, "ComDevice", "communication device";
    ELECTRIC_VEHICLE = 58, "ElectricVehicle", "electric vehicle", unconfirmed;
}
