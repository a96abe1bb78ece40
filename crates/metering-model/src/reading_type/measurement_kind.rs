//! Part 7 of the reading type.

use crate::code_list::code_list;

code_list! {
    /// Part 7: the quantity.
    ///
    /// How often something happened, or when, the unit and the aggregate say.
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
    /// A distance.
    DISTANCE = 9, "distance";
    /// Apparent power of the distortion.
    DISTORTION_VOLT_AMPERE = 10, "distortion volt ampere";
    /// Whether there is voltage.
    ENERGIZATION = 11, "energization";
    /// Energy: active, reactive or apparent, as the unit says.
    ENERGY = 12, "energy";
    /// Whether there is voltage behind the switch.
    ENERGIZATION_LOAD_SIDE = 13, "energization on the load side";
    /// A fan.
    FAN = 14, "fan";
    /// Frequency.
    FREQUENCY = 15, "frequency";
    /// Funds of a prepayment account.
    FUND = 16, "funds";
    /// Supply reliability after IEEE 1366: the share of the time that there was supply.
    IEEE_1366_ASAI = 17, "IEEE 1366 ASAI";
    /// Supply reliability after IEEE 1366: how long load was interrupted.
    IEEE_1366_ASIDI = 18, "IEEE 1366 ASIDI";
    /// Supply reliability after IEEE 1366: how often load was interrupted.
    IEEE_1366_ASIFI = 19, "IEEE 1366 ASIFI";
    /// Supply reliability after IEEE 1366: how long an interruption was for whom it met.
    IEEE_1366_CAIDI = 20, "IEEE 1366 CAIDI";
    /// Supply reliability after IEEE 1366: how often those were interrupted who were at all.
    IEEE_1366_CAIFI = 21, "IEEE 1366 CAIFI";
    /// Supply reliability after IEEE 1366: the share of customers with more than n interruptions; the
    /// argument is n.
    IEEE_1366_CEMI_N = 22, "IEEE 1366 CEMIn";
    /// Supply reliability after IEEE 1366: the share of customers with more than n interruptions,
    /// momentary ones too; the argument is n.
    IEEE_1366_CEMSMI_N = 23, "IEEE 1366 CEMSMIn";
    /// Supply reliability after IEEE 1366: how long those were interrupted in total who were at all.
    IEEE_1366_CTAIDI = 24, "IEEE 1366 CTAIDI";
    /// Supply reliability after IEEE 1366: how often supply failed for a moment.
    IEEE_1366_MAIFI = 25, "IEEE 1366 MAIFI";
    /// Supply reliability after IEEE 1366: in how many events supply failed for a moment.
    IEEE_1366_MAIFI_E = 26, "IEEE 1366 MAIFIe";
    /// Supply reliability after IEEE 1366: how long a customer was interrupted, on average.
    IEEE_1366_SAIDI = 27, "IEEE 1366 SAIDI";
    /// Supply reliability after IEEE 1366: how often a customer was interrupted, on average.
    IEEE_1366_SAIFI = 28, "IEEE 1366 SAIFI";
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
    /// Voltage dip after UNIPEDE, by 10 to 15 percent.
    UNIPEDE_VOLTAGE_DIP_10_TO_15 = 49, "UNIPEDE voltage dip of 10 to 15 %";
    /// Voltage dip after UNIPEDE, by 15 to 30 percent.
    UNIPEDE_VOLTAGE_DIP_15_TO_30 = 50, "UNIPEDE voltage dip of 15 to 30 %";
    /// Voltage dip after UNIPEDE, by 30 to 60 percent.
    UNIPEDE_VOLTAGE_DIP_30_TO_60 = 51, "UNIPEDE voltage dip of 30 to 60 %";
    /// Voltage dip after UNIPEDE, by 60 to 90 percent.
    UNIPEDE_VOLTAGE_DIP_60_TO_90 = 52, "UNIPEDE voltage dip of 60 to 90 %";
    /// Voltage dip after UNIPEDE, by 90 to 100 percent.
    UNIPEDE_VOLTAGE_DIP_90_TO_100 = 53, "UNIPEDE voltage dip of 90 to 100 %";
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
    /// The context of a meter's application protocol.
    APPLICATION_CONTEXT = 90, "application context";
    /// The name of a meter's application.
    AP_TITLE = 91, "application title";
    /// The number of an asset.
    ASSET_NUMBER = 92, "asset number";
    /// Bandwidth.
    BANDWIDTH = 93, "bandwidth";
    /// Voltage of the device's battery.
    BATTERY_VOLTAGE = 94, "battery voltage";
    /// The address that all devices listen to.
    BROADCAST_ADDRESS = 95, "broadcast address";
    /// An address of the device, of type 1.
    DEVICE_ADDRESS_TYPE_1 = 96, "device address of type 1";
    /// An address of the device, of type 2.
    DEVICE_ADDRESS_TYPE_2 = 97, "device address of type 2";
    /// An address of the device, of type 3.
    DEVICE_ADDRESS_TYPE_3 = 98, "device address of type 3";
    /// An address of the device, of type 4.
    DEVICE_ADDRESS_TYPE_4 = 99, "device address of type 4";
    /// The class of the device.
    DEVICE_CLASS = 100, "device class";
    /// The serial number that the device tells.
    ELECTRONIC_SERIAL_NUMBER = 101, "electronic serial number";
    /// The identifier of the end device.
    END_DEVICE_ID = 102, "end device id";
    /// The address of a group, of type 1.
    GROUP_ADDRESS_TYPE_1 = 103, "group address of type 1";
    /// The address of a group, of type 2.
    GROUP_ADDRESS_TYPE_2 = 104, "group address of type 2";
    /// The address of a group, of type 3.
    GROUP_ADDRESS_TYPE_3 = 105, "group address of type 3";
    /// The address of a group, of type 4.
    GROUP_ADDRESS_TYPE_4 = 106, "group address of type 4";
    /// An IP address.
    IP_ADDRESS = 107, "IP address";
    /// A MAC address.
    MAC_ADDRESS = 108, "MAC address";
    /// The maker's identifier of the configuration.
    MANUFACTURER_CONFIGURATION_ID = 109, "manufacturer's configuration id";
    /// The maker's serial number, as on the device.
    MANUFACTURER_SERIAL_NUMBER = 110, "manufacturer's serial number";
    /// The maker's number of the product.
    MANUFACTURER_PRODUCT_NUMBER = 111, "manufacturer's product number";
    /// The maker's unique address for communication.
    MANUFACTURER_COMMUNICATION_ADDRESS = 112, "manufacturer's communication address";
    /// The address that a group listens to.
    MULTICAST_ADDRESS = 113, "multicast address";
    /// The address of a device that only sends or only listens.
    ONE_WAY_ADDRESS = 114, "one-way address";
    /// Strength of a radio signal.
    SIGNAL_STRENGTH = 115, "signal strength";
    /// The address of a device that sends and listens.
    TWO_WAY_ADDRESS = 116, "two-way address";
    /// Signal against noise.
    SIGNAL_TO_NOISE_RATIO = 117, "signal to noise ratio";
    /// An alarm.
    ALARM = 118, "alarm";
    /// How long the battery carried on.
    BATTERY_CARRYOVER = 119, "battery carry-over";
    /// An alarm that data ran over.
    DATA_OVERFLOW_ALARM = 120, "data overflow alarm";
    /// The limit of demand.
    DEMAND_LIMIT = 121, "demand limit";
    /// How often demand was reset.
    DEMAND_RESET = 122, "demand reset";
    /// A diagnostic value.
    DIAGNOSTIC = 123, "diagnostic";
    /// The limit of demand in an emergency.
    EMERGENCY_LIMIT = 124, "emergency limit";
    /// Tampering with the encoder.
    ENCODER_TAMPER = 125, "encoder tamper";
    /// A momentary interruption after IEEE 1366.
    IEEE_1366_MOMENTARY_INTERRUPTION = 126, "IEEE 1366 momentary interruption";
    /// An event of momentary interruptions after IEEE 1366.
    IEEE_1366_MOMENTARY_INTERRUPTION_EVENT = 127, "IEEE 1366 momentary interruption event";
    /// A sustained interruption after IEEE 1366.
    IEEE_1366_SUSTAINED_INTERRUPTION = 128, "IEEE 1366 sustained interruption";
    /// How supply behaves when it is interrupted.
    INTERRUPTION_BEHAVIOUR = 129, "interruption behaviour";
    /// Tampering: the meter was turned over.
    INVERSION_TAMPER = 130, "inversion tamper";
    /// The load was interrupted.
    LOAD_INTERRUPT = 131, "load interruption";
    /// The load was shed.
    LOAD_SHED = 132, "load shedding";
    /// Maintenance.
    MAINTENANCE = 133, "maintenance";
    /// Tampering with the body of the meter.
    PHYSICAL_TAMPER = 134, "physical tamper";
    /// Tampering by taking the meter's power away.
    POWER_LOSS_TAMPER = 135, "power loss tamper";
    /// How often the power failed.
    POWER_OUTAGE = 136, "power outage";
    /// Power quality.
    POWER_QUALITY = 137, "power quality";
    /// How often the power came back.
    POWER_RESTORATION = 138, "power restoration";
    /// How often the meter was programmed.
    PROGRAMMED = 139, "programmed";
    /// A push button.
    PUSHBUTTON = 140, "push button";
    /// A relay acted.
    RELAY_ACTIVATION = 141, "relay activation";
    /// A relay went there and back.
    RELAY_CYCLE = 142, "relay cycle";
    /// Tampering: the meter was taken out.
    REMOVAL_TAMPER = 143, "removal tamper";
    /// Tampering: the meter was programmed anew.
    REPROGRAMMING_TAMPER = 144, "reprogramming tamper";
    /// Tampering: the meter ran backwards.
    REVERSE_ROTATION_TAMPER = 145, "reverse rotation tamper";
    /// The switch is armed.
    SWITCH_ARMED = 146, "switch armed";
    /// The switch is disabled.
    SWITCH_DISABLED = 147, "switch disabled";
    /// How often the meter was tampered with.
    TAMPER = 148, "tamper";
    /// How often the watchdog ran out.
    WATCHDOG_TIMEOUT = 149, "watchdog time-out";
    /// The amount of the last bill.
    BILL_LAST_PERIOD = 150, "bill of the last period";
    /// The amount since the last bill.
    BILL_TO_DATE = 151, "bill to date";
    /// The amount carried over from an earlier bill.
    BILL_CARRYOVER = 152, "bill carry-over";
    /// What being connected costs.
    CONNECTION_FEE = 153, "connection fee";
    /// How loud a sound is.
    AUDIBLE_VOLUME = 154, "audible volume";
    /// Volume per time.
    VOLUMETRIC_FLOW = 155, "volumetric flow";
    /// Relative humidity of the air.
    RELATIVE_HUMIDITY = 156, "relative humidity", unconfirmed;
    /// How much of the sky is covered by clouds.
    SKY_COVER = 157, "sky cover", unconfirmed;
    /// Voltage, its form not said. Root mean square is 54.
    UNSPECIFIED_VOLTAGE = 158, "unspecified voltage", unconfirmed;
    /// Direct voltage.
    DC_VOLTAGE = 159, "DC voltage", unconfirmed;
    /// Alternating voltage at its peak.
    AC_VOLTAGE_PEAK = 160, "AC voltage peak", unconfirmed;
    /// Alternating voltage from peak to peak.
    AC_VOLTAGE_PEAK_TO_PEAK = 161, "AC voltage peak to peak", unconfirmed;
}
