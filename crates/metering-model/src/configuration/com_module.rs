//! `ComModuleConfig`: communication modules.

use super::asset::asset;
use super::class::class;
use super::word_list::word_list;
use crate::{ComModuleId, ElectronicAddress, EndDeviceId, Name, Secret};

asset! {
    /// A module through which devices communicate.
    pub struct ComModule(ComModuleId) {
        /// By what means.
        "technology" technology: Option<ComTechnologyKind>,
        /// Its address on that medium.
        "address" address: Option<String>,
        /// The devices it serves: mRIDs or unambiguous names.
        "deviceIds" device_ids: Vec<EndDeviceId>,
        /// The version of its firmware.
        "firmwareID" firmware_id: Option<String>,
        /// The version of its hardware.
        "hardwareID" hardware_id: Option<String>,
        /// Whether it changes to summer time by itself.
        "supportsAutonomousDst" supports_autonomous_dst: Option<bool>,
        /// Its functions, where there are several.
        "comFunctions" com_functions: Vec<ComFunction>,
    }
}

impl ComModule {
    pub(crate) fn keep_secrets(&mut self, stored: &Self) {
        ElectronicAddress::keep_secrets(&mut self.electronic_address, &stored.electronic_address);
        keep_secrets_of_com_functions(&mut self.com_functions, &stored.com_functions);
    }
}

word_list! {
    /// By what means a module communicates.
    #[non_exhaustive]
    pub enum ComTechnologyKind {
        /// Mobile network.
        Cellular = "cellular",
        /// Ethernet.
        Ethernet = "ethernet",
        /// HomePlug.
        HomePlug = "homePlug",
        /// Pager.
        Pager = "pager",
        /// Telephone.
        Phone = "phone",
        /// Over the power line.
        Plc = "plc",
        /// Radio.
        Rf = "rf",
        /// Radio, from device to device.
        RfMesh = "rfMesh",
        /// ZigBee.
        Zigbee = "zigbee",
    }
}

word_list! {
    /// Which way a module communicates.
    #[non_exhaustive]
    pub enum ComDirectionKind {
        /// Both ways.
        BiDirectional = "biDirectional",
        /// From the device.
        FromDevice = "fromDevice",
        /// To the device.
        ToDevice = "toDevice",
    }
}

class! {
    /// A way a device communicates.
    pub struct ComFunction {
        /// Its id.
        "mRID" mrid: Option<String>,
        /// What it is called.
        "names" names: Vec<Name>,
        /// Whether it may be used.
        "enabled" enabled: Option<bool>,
        /// Its address for automatic reading.
        "amrAddress" amr_address: Option<String>,
        /// The router before it.
        "amrRouter" amr_router: Option<String>,
        /// Which way.
        "direction" direction: Option<ComDirectionKind>,
        /// By what means.
        "technology" technology: Option<ComTechnologyKind>,
        /// The version of its configuration.
        "configID" config_id: Option<String>,
        /// The version of its firmware.
        "firmwareID" firmware_id: Option<String>,
        /// The version of its hardware.
        "hardwareID" hardware_id: Option<String>,
        /// The password that it asks for.
        "password" password: Option<Secret>,
        /// The program's password.
        "programID" program_id: Option<Secret>,
    }
}

/// A function's stored namesake is the one of its mRID, else the one at its place.
pub(crate) fn keep_secrets_of_com_functions(given: &mut [ComFunction], stored: &[ComFunction]) {
    for (place, function) in given.iter_mut().enumerate() {
        let namesake = match &function.mrid {
            Some(mrid) => stored.iter().find(|it| it.mrid.as_ref() == Some(mrid)),
            None => stored.get(place).filter(|it| it.mrid.is_none()),
        };
        if let Some(stored) = namesake {
            Secret::keep(&mut function.password, &stored.password);
            Secret::keep(&mut function.program_id, &stored.program_id);
        }
    }
}
