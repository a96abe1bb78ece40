//! Whole codes that are well known: a sorted table per kind, searched by its last three parts.

/// A row of such a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// Domain, subdomain, event or action.
    pub(crate) last_parts: [u16; 3],
    /// The type of device; `None` where it may be any.
    pub(crate) device_type: Option<u16>,
    /// What it says, in our words.
    pub(crate) name: &'static str,
    /// Whether more than one source has it.
    pub(crate) confirmed: bool,
}

/// Makes the rows of a table: `(device type or *, domain, subdomain, event or action) "name";`
///
/// A row that ends in `unconfirmed` is known from one source only.
macro_rules! rows {
    ($( ($device:tt, $domain:literal, $sub_domain:literal, $event_or_action:literal) $name:literal $(, $unconfirmed:ident)?; )*) => {
        &[$(
            crate::four_part_code::well_known::Row {
                last_parts: [$domain, $sub_domain, $event_or_action],
                device_type: crate::four_part_code::well_known::device_type!($device),
                name: $name,
                confirmed: crate::four_part_code::well_known::confirmed!($($unconfirmed)?),
            },
        )*]
    };
}

macro_rules! device_type {
    (*) => {
        None
    };
    ($device:literal) => {
        Some($device)
    };
}

macro_rules! confirmed {
    () => {
        true
    };
    (unconfirmed) => {
        false
    };
}

pub(crate) use {confirmed, device_type, rows};

/// The row that fits the code best: of its own type of device, else of any type, else, where the
/// code does not say which type, of whatever type there is.
pub(crate) fn find(table: &'static [Row], device_type: u16, last_parts: [u16; 3]) -> Option<&'static Row> {
    let first = table.partition_point(|row| row.last_parts < last_parts);
    let rows = table.get(first..)?;
    let rows = &rows[..rows.partition_point(|row| row.last_parts == last_parts)];
    let of = |wanted: Option<u16>| rows.iter().find(|row| row.device_type == wanted);
    of(Some(device_type))
        .or_else(|| of(None))
        .or_else(|| of(Some(0)))
        .or_else(|| rows.first().filter(|_| device_type == 0))
}

/// A whole code that a list has, as [`EndDeviceEventType::well_known`] and
/// [`EndDeviceControlType::well_known`] give it.
///
/// [`EndDeviceEventType::well_known`]: crate::EndDeviceEventType::well_known
/// [`EndDeviceControlType::well_known`]: crate::EndDeviceControlType::well_known
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct WellKnownCode<Code> {
    /// The code; with device type 0 where it is listed for any type of device.
    pub code: Code,
    /// Whether it is listed for any type of device.
    pub any_device_type: bool,
    /// What it says, in our words.
    pub name: &'static str,
    /// Whether more than one source has it; if not, it is unconfirmed.
    pub confirmed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_row_wins() {
        let table: &[Row] = rows! {
            (*, 1, 0, 1) "of any", unconfirmed;
            (3, 1, 0, 1) "of a meter";
            (0, 1, 0, 2) "of no type";
            (26, 1, 0, 3) "of a com device";
        };
        let name = |device_type, last| find(table, device_type, last).map(|row| row.name);
        assert_eq!(name(3, [1, 0, 1]), Some("of a meter"));
        assert_eq!(name(4, [1, 0, 1]), Some("of any"));
        assert_eq!(name(0, [1, 0, 1]), Some("of any"));
        assert_eq!(name(4, [1, 0, 2]), Some("of no type"));
        assert_eq!(name(0, [1, 0, 3]), Some("of a com device"));
        assert_eq!(name(3, [1, 0, 3]), None);
        assert_eq!(name(0, [1, 0, 4]), None);
        assert_eq!(name(0, [0, 0, 0]), None);
        assert!(find(table, 3, [1, 0, 1]).is_some_and(|row| row.confirmed));
        assert!(find(table, 4, [1, 0, 1]).is_some_and(|row| !row.confirmed));
    }
}
