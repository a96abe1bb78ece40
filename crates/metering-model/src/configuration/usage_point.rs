//! `UsagePointConfig`: usage points.

use super::class::class;
use super::word_list::word_list;
use crate::{Decimal, MeterMultiplier, Name, UsagePointId};

class! {
    /// A point where energy is delivered or taken, whichever meter serves it.
    pub struct UsagePoint {
        /// Its id; made by the server where only a name is given.
        "mRID" mrid: Option<UsagePointId>,
        /// What people and other systems call it.
        "names" names: Vec<Name>,
        /// What is delivered.
        "serviceKind" service_kind: Option<ServiceKind>,
        /// Which wires are connected.
        "phaseCode" phase_code: Option<PhaseCode>,
        /// Whether it is connected.
        "connectionState" connection_state: Option<UsagePointConnectedKind>,
        /// How far it is with automatic reading and billing.
        "amiBillingReady" ami_billing_ready: Option<AmiBillingReadyKind>,
        /// In volts.
        "nominalServiceVoltage" nominal_service_voltage: Option<Decimal>,
        /// In amperes.
        "ratedCurrent" rated_current: Option<Decimal>,
        /// In watts.
        "ratedPower" rated_power: Option<Decimal>,
        /// In amperes.
        "estimatedLoad" estimated_load: Option<Decimal>,
        /// Whether energy is delivered to a customer here.
        "isSdp" is_sdp: Option<bool>,
        /// Whether it is no place, but a sum of others.
        "isVirtual" is_virtual: Option<bool>,
        /// Whether it is grounded.
        "grounded" grounded: Option<bool>,
        /// Whether its billing is to be looked at.
        "checkBilling" check_billing: Option<bool>,
        /// Whether little or no use is expected here.
        "minimalUsageExpected" minimal_usage_expected: Option<bool>,
        /// What its values are to be multiplied by.
        "multipliers" multipliers: Vec<MeterMultiplier>,
        /// Its time zone by the IANA name (`Europe/Berlin`).
        "timeZone" time_zone: Option<String>,
        /// On which days it is read.
        "readCycle" read_cycle: Option<String>,
        /// On which round it is read.
        "readRoute" read_route: Option<String>,
        /// Which area loses supply together.
        "outageRegion" outage_region: Option<String>,
        /// How important its supply is.
        "servicePriority" service_priority: Option<String>,
        /// The place it serves.
        "serviceLocation" service_location: Option<String>,
        /// Its postal address.
        "address" address: Option<String>,
        /// Who supplies it.
        "serviceSupplier" service_supplier: Option<String>,
        /// The tariff.
        "pricingStructure" pricing_structure: Option<String>,
        /// What whoever goes there should know.
        "serviceDeliveryRemark" service_delivery_remark: Option<String>,
    }
}

word_list! {
    /// What is delivered at a usage point.
    #[non_exhaustive]
    pub enum ServiceKind {
        /// Electricity.
        Electricity = "electricity",
        /// Gas.
        Gas = "gas",
        /// Water.
        Water = "water",
        /// Heat.
        Heat = "heat",
        /// Internet.
        Internet = "internet",
        /// Rates.
        Rates = "rates",
        /// Refuse.
        Refuse = "refuse",
        /// Sewerage.
        Sewerage = "sewerage",
        /// Time.
        Time = "time",
        /// Television licence.
        TvLicence = "tvLicence",
        /// Anything else.
        Other = "other",
    }
}

word_list! {
    /// The wires of a usage point, as letters; a reading type has a number for the like.
    #[non_exhaustive]
    pub enum PhaseCode {
        /// A.
        A = "A",
        /// A and B.
        Ab = "AB",
        /// A, B and C.
        Abc = "ABC",
        /// A, B, C and neutral.
        Abcn = "ABCN",
        /// A, B and neutral.
        Abn = "ABN",
        /// A and C.
        Ac = "AC",
        /// A, C and neutral.
        Acn = "ACN",
        /// A and neutral.
        An = "AN",
        /// B.
        B = "B",
        /// B and C.
        Bc = "BC",
        /// B, C and neutral.
        Bcn = "BCN",
        /// B and neutral.
        Bn = "BN",
        /// C.
        C = "C",
        /// C and neutral.
        Cn = "CN",
        /// Neutral.
        N = "N",
        /// Secondary 1.
        S1 = "s1",
        /// Secondary 1 and secondary 2.
        S12 = "s12",
        /// Secondary 1, secondary 2 and neutral.
        S12n = "s12N",
        /// Secondary 1 and neutral.
        S1n = "s1N",
        /// Secondary 2.
        S2 = "s2",
        /// Secondary 2 and neutral.
        S2n = "s2N",
    }
}

word_list! {
    /// Whether a usage point is connected.
    #[non_exhaustive]
    pub enum UsagePointConnectedKind {
        /// Connected.
        Connected = "connected",
        /// Not connected, while the wires are.
        LogicallyDisconnected = "logicallyDisconnected",
        /// Not connected.
        PhysicallyDisconnected = "physicallyDisconnected",
    }
}

word_list! {
    /// How far a usage point is with automatic reading and billing.
    #[non_exhaustive]
    pub enum AmiBillingReadyKind {
        /// Could be read automatically.
        AmiCapable = "amiCapable",
        /// Is not, though it could be.
        AmiDisabled = "amiDisabled",
        /// Its values may be billed.
        BillingApproved = "billingApproved",
        /// Is read automatically.
        Enabled = "enabled",
        /// Has a meter that cannot be.
        NonAmi = "nonAmi",
        /// Has no meter.
        NonMetered = "nonMetered",
        /// Communicates, and is not billed yet.
        Operable = "operable",
    }
}
