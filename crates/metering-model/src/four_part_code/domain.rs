//! Part 2 of event and control codes.

use super::part_list::part_list;

part_list! {
    /// Part 2 of an event or control code: the part of the device that is concerned.
    pub struct Domain;
    NONE = 0, "NA", "none";
    COMMUNICATION = 1, "Communication", "communication";
    BATTERY = 2, "Battery", "battery";
    CARTRIDGE = 3, "Cartridge", "cartridge";
    GAS_SUPPLY = 4, "GasSupply", "gas supply";
    WATER_SUPPLY = 5, "WaterSupply", "water supply";
    INSTALLATION = 6, "Installation", "installation";
    CONFIGURATION = 7, "Configuration", "configuration";
    DEMAND = 8, "Demand", "demand";
    MODULE_FIRMWARE = 9, "ModuleFirmware", "module firmware";
    PAIRING = 10, "Pairing", "pairing";
    FIRMWARE = 11, "Firmware", "firmware";
    SECURITY = 12, "Security", "security", confirmed;
    VIDEO_DISPLAY = 13, "VideoDisplay", "video display";
    MOBILE_SECURITY = 14, "MobileSecurity", "mobile security";
    LOAD_CONTROL = 15, "LoadControl", "load control", confirmed;
    LOAD_PROFILE = 16, "LoadProfile", "load profile";
    LOGS = 17, "Logs", "logs";
    MEMORY = 18, "Memory", "memory";
    MODEM = 19, "Modem", "modem";
    BILLING = 20, "Billing", "billing";
    METROLOGY = 21, "Metrology", "metrology";
    NETWORK = 23, "Network", "network";
    POWER = 26, "Power", "power", confirmed;
    PRESSURE = 29, "Pressure", "pressure";
    RCD_SWITCH = 31, "RCDSwitch", "remote switch", confirmed;
    TEMPERATURE = 35, "Temperature", "temperature", confirmed;
    CLOCK = 36, "Clock", "clock";
    WATCHDOG = 37, "Watchdog", "watchdog";
    KYZ_PULSE_COUNTER = 38, "KYZPulseCounter", "KYZ pulse counter";
    ASSOCIATED_DEVICE = 39, "AssociatedDevice", "associated device";
    VOLUME = 40, "Volume", "volume";
    RECODER = 41, "Recoder", "recoder";
}
