//! Part 2 of event and control codes.

use super::part_list::part_list;

part_list! {
    /// Part 2 of an event or control code: the part of the device that is concerned.
    pub struct Domain;
    NONE = 0, "NA", "none", unconfirmed;
    COMMUNICATION = 1, "Communication", "communication", unconfirmed;
    BATTERY = 2, "Battery", "battery", unconfirmed;
    CARTRIDGE = 3, "Cartridge", "cartridge", unconfirmed;
    GAS_SUPPLY = 4, "GasSupply", "gas supply", unconfirmed;
    WATER_SUPPLY = 5, "WaterSupply", "water supply", unconfirmed;
    INSTALLATION = 6, "Installation", "installation", unconfirmed;
    CONFIGURATION = 7, "Configuration", "configuration", unconfirmed;
    DEMAND = 8, "Demand", "demand", unconfirmed;
    MODULE_FIRMWARE = 9, "ModuleFirmware", "module firmware", unconfirmed;
    PAIRING = 10, "Pairing", "pairing", unconfirmed;
    FIRMWARE = 11, "Firmware", "firmware", unconfirmed;
    SECURITY = 12, "Security", "security";
    VIDEO_DISPLAY = 13, "VideoDisplay", "video display", unconfirmed;
    MOBILE_SECURITY = 14, "MobileSecurity", "mobile security", unconfirmed;
    LOAD_CONTROL = 15, "LoadControl", "load control";
    LOAD_PROFILE = 16, "LoadProfile", "load profile", unconfirmed;
    LOGS = 17, "Logs", "logs", unconfirmed;
    MEMORY = 18, "Memory", "memory", unconfirmed;
    MODEM = 19, "Modem", "modem", unconfirmed;
    BILLING = 20, "Billing", "billing", unconfirmed;
    METROLOGY = 21, "Metrology", "metrology", unconfirmed;
    NETWORK = 23, "Network", "network", unconfirmed;
    POWER = 26, "Power", "power";
    PRESSURE = 29, "Pressure", "pressure", unconfirmed;
    RCD_SWITCH = 31, "RCDSwitch", "remote switch";
    TEMPERATURE = 35, "Temperature", "temperature";
    CLOCK = 36, "Clock", "clock", unconfirmed;
    WATCHDOG = 37, "Watchdog", "watchdog", unconfirmed;
    KYZ_PULSE_COUNTER = 38, "KYZPulseCounter", "KYZ pulse counter", unconfirmed;
    ASSOCIATED_DEVICE = 39, "AssociatedDevice", "associated device", unconfirmed;
    VOLUME = 40, "Volume", "volume", unconfirmed;
    RECODER = 41, "Recoder", "recoder", unconfirmed;
}
