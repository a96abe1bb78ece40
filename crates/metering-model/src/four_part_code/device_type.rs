//! Part 1 of event and control codes.

use super::part_list::part_list;

part_list! {
    /// Part 1 of an event or control code: the type of device; 0 where it is not known.
    pub struct DeviceType;
    UNKNOWN = 0, "NA", "device of unknown type";
    DAP_DEVICE = 1, "DAPDevice", "DAP device";
    DER_DEVICE = 2, "DERDevice", "distributed energy resource";
    ELECTRIC_METER = 3, "ElectricMeter", "electric meter", confirmed;
    GAS_METER = 4, "GasMeter", "gas meter";
    GATEWAY = 5, "Gateway", "gateway";
    DSP_DEVICE = 6, "DSPDevice", "DSP device";
    PAN_GATEWAY = 7, "PANGateway", "PAN gateway";
    TRANSFORMER = 8, "Transformer", "transformer";
    COLLECTOR = 10, "Collector", "collector";
    NETWORK_ROUTER = 11, "NetworkRouter", "network router";
    PAN_DEVICE = 12, "PANDevice", "PAN device", confirmed;
    FEEDER = 13, "Feeder", "feeder";
    GENERATOR = 14, "Generator", "generator";
    IN_PREMISES_DISPLAY = 15, "InPremisesDisplay(IPD/IHD)", "in-premises display";
    LOAD_CONTROL_DEVICE = 16, "LoadControlDevice", "load control device";
    PAN_METER = 17, "PANMeter", "PAN meter";
    PREPAYMENT_TERMINAL = 18, "PrepaymentTerminal", "prepayment terminal";
    PROGRAMMABLE_THERMOSTAT = 19, "ProgCtlThermostat(PCT)", "programmable thermostat";
    RANGE_EXTENDER = 20, "RangeExtender", "range extender";
    REGULATOR = 21, "Regulator", "regulator";
    SUBSTATION = 22, "Substation", "substation";
    ENERGY_ROUTER = 23, "EnergyRouter", "energy router";
    WATER_METER = 24, "WaterMeter", "water meter";
    WASTE_WATER_METER = 25, "WasteWaterMeter", "waste water meter";
    COM_DEVICE = 26, "ComDevice", "communication device", confirmed;
    ELECTRIC_VEHICLE = 58, "ElectricVehicle", "electric vehicle";
}
