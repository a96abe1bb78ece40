//! `MeterConfig`: meters.

use super::asset::asset;
use super::class::{Described, no_text};
use super::com_module::{ComFunction, keep_secrets_of_com_functions};
use super::word_list::word_list;
use crate::{ConnectDisconnectFunction, Decimal, ElectronicAddress, Installation, MeterId, Register};

asset! {
    /// An end device that measures.
    pub struct Meter(MeterId) {
        /// Whether it is a stand-in for measuring that no device does.
        "isVirtual" is_virtual: Option<bool>,
        /// Its form after ANSI C12.10.
        "formNumber" form_number: Option<String>,
        /// What its values are to be multiplied by.
        "multipliers" multipliers: Vec<MeterMultiplier>,
        /// How it communicates.
        "comFunctions" com_functions: Vec<ComFunction>,
        /// Its connect and disconnect switch.
        "connectDisconnectFunction" connect_disconnect_function: Option<ConnectDisconnectFunction>,
        /// Its registers, of whatever function.
        "registers" registers: Vec<Register>,
        /// At which usage points it was installed, and when.
        "installations" installations: Vec<Installation>,
    }
}

impl Meter {
    pub(crate) fn keep_secrets(&mut self, stored: &Self) {
        ElectronicAddress::keep_secrets(&mut self.electronic_address, &stored.electronic_address);
        keep_secrets_of_com_functions(&mut self.com_functions, &stored.com_functions);
        ConnectDisconnectFunction::keep_secrets(
            &mut self.connect_disconnect_function,
            &stored.connect_disconnect_function,
        );
    }
}

word_list! {
    /// What a multiplier of a meter stands for.
    #[non_exhaustive]
    pub enum MeterMultiplierKind {
        /// Current transformer ratio.
        CtRatio = "ctRatio",
        /// Potential transformer ratio.
        PtRatio = "ptRatio",
        /// Both ratios together.
        TransformerRatio = "transformerRatio",
        /// Watt-hours per turn or pulse.
        KH = "kH",
        /// The register's multiplier.
        KR = "kR",
        /// Watt-hours per pulse of the recorder.
        KE = "kE",
    }
}

/// A number to multiply by.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MeterMultiplier {
    /// What it stands for.
    pub kind: MeterMultiplierKind,
    /// The number.
    pub value: Decimal,
}

impl Described for MeterMultiplier {
    const MEANING: &'static str = "A number to multiply by.";
    const FIELDS: &'static [(&'static str, &'static str)] =
        &[("kind", "What it stands for."), ("value", "The number.")];
}

no_text!(MeterMultiplier);
