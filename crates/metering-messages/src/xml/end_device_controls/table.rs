//! `EndDeviceControls` as the schema has it, and what of it is kept.

use crate::xml::elements::{
    DATE_TIME_INTERVAL, DateTimeInterval, FOUR_PART_TYPE, NAME, NAMED, Name, Named, Reference as Ref,
};
use crate::xml::schema::Content::{Boolean, DateTime, Decimal, Float, Integer, Of, Reference, String as Text, Words};
use crate::xml::schema::elements;

/// The name of the message.
pub(super) const NOUN: &str = "EndDeviceControls";

elements! {
    /// The message.
    pub(in crate::xml) END_DEVICE_CONTROLS {
        "EndDeviceControl" Many Of(END_DEVICE_CONTROL) => kept;
        "EndDeviceControlType" Many Of(FOUR_PART_TYPE);
    }
}

elements! {
    /// A control.
    pub(super) EndDeviceControl = END_DEVICE_CONTROL {
        "mRID" Optional Text => mrid: Option<String>;
        "drProgramLevel" Optional Integer;
        "drProgramMandatory" Optional Boolean;
        "issuerID" Optional Text;
        "issuerTrackingID" Optional Text => issuer_tracking_id: Option<String>;
        "priceSignal" Optional Float => price_signal: Option<String>;
        "reason" Optional Text => reason: Option<String>;
        "PanDemandResponse" Optional Of(PAN_DEMAND_RESPONSE) => demand_response: Option<PanDemandResponse>;
        "PanDisplay" OrOptional Of(PAN_DISPLAY) => display: Option<PanDisplay>;
        "PanPricing" OrOptional Of(PAN_PRICING) => pricing: Option<PanPricing>;
        "EndDeviceControlType" Required Reference => control_type: Option<Ref>;
        "EndDeviceGroups" Many Of(NAMED) => groups: Vec<Named>;
        "EndDevices" Many Of(END_DEVICE) => devices: Vec<Device>;
        "primaryDeviceTiming" Optional Of(END_DEVICE_TIMING) => timing: Option<Timing>;
        "secondaryDeviceTiming" Optional Of(END_DEVICE_TIMING) => secondary_timing: Option<Timing>;
        "UsagePointGroups" Many Of(NAMED) => usage_point_groups: Vec<Named>;
        "UsagePoints" Many Of(NAMED) => usage_points: Vec<Named>;
    }
}

elements! {
    /// A control of loads on the premises. What would change its meaning if it were left out is
    /// read, so that it can be refused.
    pub(super) PanDemandResponse = PAN_DEMAND_RESPONSE {
        "avgLoadAdjustment" Optional Float => load_adjustment: Option<String>;
        "cancelControlMode" Optional Text => cancel_control_mode: Option<String>;
        "cancelDateTime" Optional DateTime => cancel_date_time: Option<String>;
        "cancelNow" Optional Boolean => cancel_now: Option<String>;
        "command" Optional Text;
        "coolingOffset" Optional Float => cooling_offset: Option<String>;
        "coolingSetpoint" Optional Float => cooling_setpoint: Option<String>;
        "criticalityLevel" Optional Text;
        "duration" Optional Float => duration: Option<String>;
        "durationIndefinite" Optional Boolean;
        "dutyCycle" Optional Float => duty_cycle: Option<String>;
        "enrollmentGroup" Optional Text => enrollment_group: Option<String>;
        "heatingOffset" Optional Float => heating_offset: Option<String>;
        "heatingSetpoint" Optional Float => heating_setpoint: Option<String>;
        "startDateTime" Optional DateTime => start: Option<String>;
        "appliance" Optional Of(CONTROLLED_APPLIANCE) => appliance: Option<ControlledAppliance>;
    }
}

elements! {
    /// Which loads on the premises.
    pub(super) ControlledAppliance = CONTROLLED_APPLIANCE {
        "isElectricVehicle" Optional Boolean;
        "isExteriorLighting" Optional Boolean;
        "isGenerationSystem" Optional Boolean;
        "isHvacCompressorOrFurnace" Optional Boolean;
        "isInteriorLighting" Optional Boolean;
        "isIrrigationPump" Optional Boolean;
        "isManagedCommercialIndustrialLoad" Optional Boolean;
        "isPoolPumpSpaJacuzzi" Optional Boolean;
        "isSimpleMiscLoad" Optional Boolean;
        "isSmartAppliance" Optional Boolean;
        "isStripAndBaseboardHeater" Optional Boolean;
        "isWaterHeater" Optional Boolean;
    }
}

elements! {
    /// A text to be shown on the premises.
    pub(super) PanDisplay = PAN_DISPLAY {
        "command" Optional Text;
        "confirmationRequired" Optional Boolean;
        "duration" Optional Float;
        "durationIndefinite" Optional Boolean;
        "priority" Optional Text;
        "startDateTime" Optional DateTime;
        "textMessage" Optional Text;
        "transmissionMode" Optional Words(&["anonymous", "both", "normal"]);
    }
}

elements! {
    /// Prices to be shown on the premises.
    pub(super) PanPricing = PAN_PRICING {
        "command" Optional Text;
        "duration" Optional Float => duration: Option<String>;
        "durationIndefinite" Optional Boolean;
        "providerID" Optional Integer;
        "startDateTime" Optional DateTime => start: Option<String>;
        "PanPricingDetails" Many Of(PAN_PRICING_DETAIL) => details: Vec<PanPricingDetail>;
    }
}

elements! {
    /// One price.
    pub(super) PanPricingDetail = PAN_PRICING_DETAIL {
        "alternateCostDelivered" Optional Float;
        "alternateCostUnit" Optional Text;
        "currentTimeDate" Optional DateTime;
        "generationPrice" Optional Decimal;
        "generationPriceRatio" Optional Float;
        "price" Optional Decimal => price: Option<String>;
        "priceRatio" Optional Float;
        "priceTier" Optional Integer;
        "priceTierCount" Optional Integer;
        "priceTierLabel" Optional Text;
        "rateLabel" Optional Text;
        "registerTier" Optional Text;
        "unitOfMeasure" Optional Text;
    }
}

elements! {
    /// A device that a control is for.
    pub(super) Device = END_DEVICE {
        "mRID" Optional Text => mrid: Option<String>;
        "installCode" Optional Text;
        "isPan" Optional Boolean;
        "electronicAddress" Optional Of(ELECTRONIC_ADDRESS);
        "Names" Many Of(NAME) => names: Vec<Name>;
    }
}

elements! {
    /// Where a device can be reached; this is known from its configuration.
    ELECTRONIC_ADDRESS {
        "email1" Optional Text;
        "email2" Optional Text;
        "lan" Optional Text;
        "mac" Optional Text;
        "password" Optional Text;
        "radio" Optional Text;
        "userID" Optional Text;
        "web" Optional Text;
    }
}

elements! {
    /// When, and for how many minutes.
    pub(super) Timing = END_DEVICE_TIMING {
        "duration" Optional Float => duration: Option<String>;
        "durationIndefinite" Optional Boolean;
        "randomisation" Optional Words(&["default", "end", "none", "start", "startAndEnd"]);
        "interval" Optional Of(DATE_TIME_INTERVAL) => interval: Option<DateTimeInterval>;
    }
}
