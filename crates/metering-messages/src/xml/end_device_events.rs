//! `EndDeviceEvents` in XML.

mod table;

pub(super) use table::END_DEVICE_EVENT;
