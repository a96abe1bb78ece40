//! Event and control codes in words.

use std::fmt::{Display, from_fn};

use super::{DeviceType, Domain, EventOrAction, SubDomain};

/// The code by the names of the standard; a part that is not listed stays its number.
pub(crate) fn standard_name(
    device_type: DeviceType,
    domain: Domain,
    sub_domain: SubDomain,
    event_or_action: EventOrAction,
) -> impl Display {
    let parts = [
        (device_type.standard_name(), device_type.code()),
        (domain.standard_name(), domain.code()),
        (sub_domain.standard_name(), sub_domain.code()),
        (event_or_action.standard_name(), event_or_action.code()),
    ];
    from_fn(move |f| {
        for (at, (name, code)) in parts.iter().enumerate() {
            f.write_str(if at > 0 { "." } else { "" })?;
            match name {
                Some(name) => f.write_str(name)?,
                None => code.fmt(f)?,
            }
        }
        Ok(())
    })
}

/// The type of device, then the name of the whole code or, without one, each further part with what
/// it is, its name and its number.
pub(crate) fn explain(
    device_type: DeviceType,
    name: Option<&'static str>,
    parts: [(&'static str, Option<&'static str>, u16); 3],
) -> impl Display {
    from_fn(move |f| {
        let mut between = "";
        let mut part = |f: &mut std::fmt::Formatter<'_>, part, name, code, after| {
            f.write_str(std::mem::replace(&mut between, after))?;
            match name {
                Some(name) => f.write_str(name),
                None => write!(f, "unlisted {part} {code}"),
            }
        };
        if device_type != DeviceType::UNKNOWN {
            part(f, "device type", device_type.name(), device_type.code(), ": ")?;
        }
        if name.is_some() {
            return part(f, "", name, 0, "");
        }
        for (what, name, code) in parts.into_iter().filter(|(.., code)| *code != 0) {
            part(f, what, name, code, ", ")?;
        }
        match parts {
            [.., (what, _, 0)] => write!(f, "{between}no {what} said"),
            _ => Ok(()),
        }
    })
}
