//! Who may do what: the roles, and the one table from roles to permissions.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::{ControlKind, Excerpt, MeterId, UsagePointId};

macro_rules! roles {
    ($( $(#[$meaning:meta])+ $Variant:ident = $text:literal: [$($permission:ident),*]; )*) => {
        /// A role; seven of them follow IEC 62351-8. A principal holds a set ([`Roles`]).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Role { $( $(#[$meaning])+ $Variant, )* }

        impl Role {
            /// Every role.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),*];

            /// The word for it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$Variant => $text,)* }
            }

            /// What the role allows.
            #[must_use]
            pub const fn permissions(self) -> &'static [Permission] {
                match self { $(Self::$Variant => &[$(Permission::$permission),*],)* }
            }
        }

        impl FromStr for Role {
            type Err = UnknownRole;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$Variant),)*
                    _ => Err(UnknownRole(Excerpt(text).to_string())),
                }
            }
        }
    };
}

macro_rules! permissions {
    ($( $(#[$meaning:meta])+ $Variant:ident; )*) => {
        /// Leave to do one kind of thing.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Permission { $( $(#[$meaning])+ $Variant, )* }

        impl Permission {
            /// Every permission.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),*];
        }

        /// The permissions as types, so that a handler's signature can name the one it needs.
        pub mod permission {
            use super::{Permission, Permitted};
            $(
                $(#[$meaning])+
                #[derive(Debug, Clone, Copy)]
                pub struct $Variant;
                impl Permitted for $Variant {
                    const PERMISSION: Permission = Permission::$Variant;
                }
            )*
        }
    };
}

/// A permission as a type.
pub trait Permitted {
    /// Which one.
    const PERMISSION: Permission;
}

permissions! {
    /// Read meter readings.
    ReadReadings;
    /// Send meter readings.
    SubmitReadings;
    /// Read controls and how far they are.
    ReadControls;
    /// Send or cancel controls; each kind needs a permit besides.
    SubmitControls;
    /// Issue load controls, prices and other controls that switch nobody off.
    IssueControls;
    /// Disconnect and reconnect.
    Switch;
    /// Fetch controls for devices and report their outcome.
    WorkControls;
    /// Read events.
    ReadEvents;
    /// Send events.
    SubmitEvents;
    /// Read configurations.
    ReadConfiguration;
    /// Configure end devices and meters.
    ConfigureDevices;
    /// Configure communication modules.
    ConfigureComModules;
    /// Configure usage points.
    ConfigureUsagePoints;
    /// Read the receipts of requests that wrote.
    ReadReceipts;
    /// Read the server's state.
    ReadStatus;
    /// Read the audit log.
    ReadAuditLog;
    /// Make, rotate and revoke keys.
    ManageKeys;
    /// Give and take roles.
    ManageRoles;
}

roles! {
    /// Reads.
    Viewer = "viewer": [ReadReadings, ReadControls, ReadEvents, ReadConfiguration, ReadReceipts, ReadStatus];
    /// Issues load controls and prices.
    Operator = "operator": [ReadControls, SubmitControls, IssueControls, ReadReceipts, ReadStatus];
    /// Disconnects and reconnects.
    Switching = "switching": [ReadControls, SubmitControls, Switch, ReadReceipts, ReadStatus];
    /// Configures everything.
    Engineer = "engineer": [ReadConfiguration, ConfigureDevices, ConfigureComModules, ConfigureUsagePoints, ReadReceipts, ReadStatus];
    /// Configures devices and modules.
    Installer = "installer": [ReadConfiguration, ConfigureDevices, ConfigureComModules, ReadReceipts, ReadStatus];
    /// Sends readings and events, works controls off.
    HeadEnd = "head-end": [SubmitReadings, SubmitEvents, WorkControls, ReadReceipts, ReadStatus];
    /// Reads readings, configurations and controls.
    Billing = "billing": [ReadReadings, ReadConfiguration, ReadControls, ReadStatus];
    /// Manages keys; operates nothing.
    SecurityAdministrator = "security-administrator": [ManageKeys];
    /// Reads the audit log and nothing else.
    SecurityAuditor = "security-auditor": [ReadAuditLog];
    /// Manages roles.
    RbacManager = "rbac-manager": [ManageRoles];
}

impl Role {
    /// The roles of the first key of a new server: all that work with metering data.
    pub const OPERATING: &'static [Self] =
        &[Self::Viewer, Self::Operator, Self::Switching, Self::Engineer, Self::Installer, Self::HeadEnd, Self::Billing];
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// No role has this name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no role is called `{0}`; there are {known}", known = Role::ALL.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", "))]
pub struct UnknownRole(String);

/// A set of roles; one bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Roles(u16);

const _: () = assert!(Role::ALL.len() <= 16, "a wider integer is needed");

impl Roles {
    /// Whether `role` is among them.
    #[must_use]
    pub fn contains(self, role: Role) -> bool {
        self.0 & (1 << role as u16) != 0
    }

    /// The roles, in the order of [`Role::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| self.contains(*role))
    }

    /// Whether any of them allows `permission`.
    #[must_use]
    pub fn allow(self, permission: Permission) -> bool {
        self.iter().any(|role| role.permissions().contains(&permission))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().fold(0, |set, role| set | (1 << role as u16)))
    }
}

impl fmt::Display for Roles {
    /// The words, separated by commas.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, role) in self.iter().enumerate() {
            if at > 0 {
                f.write_str(",")?;
            }
            f.write_str(role.as_str())?;
        }
        Ok(())
    }
}

impl FromStr for Roles {
    type Err = UnknownRole;

    /// Reads words separated by commas.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::parse).collect()
    }
}

/// The organisation everything belongs to: 1 to 64 letters, digits, `-`, `_` or `.`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationId(Box<str>);

/// Why a text names no organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("an organisation's id has 1 to 64 letters, digits, `-`, `_` or `.`")]
pub struct OrganisationIdError;

impl OrganisationId {
    /// The text of the id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for OrganisationId {
    type Err = OrganisationIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if (1..=64).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.into()))
        } else {
            Err(OrganisationIdError)
        }
    }
}

impl fmt::Display for OrganisationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Meters and usage points beyond which a principal sees nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// These meters.
    pub meters: Vec<MeterId>,
    /// These usage points.
    pub usage_points: Vec<UsagePointId>,
}

/// Who asks, for which organisation, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The key's id or the token's subject; what the audit log names.
    pub id: String,
    /// The organisation everything they do belongs to.
    pub organisation: OrganisationId,
    /// What they are.
    pub roles: Roles,
    /// How many requests they may send in any 60 seconds.
    pub quota: u32,
    /// Where the credential reaches some meters only.
    pub limits: Option<Limits>,
}

impl Principal {
    /// Whether they may do what `permission` stands for.
    ///
    /// Who is limited to some meters or usage points may read their readings and nothing else:
    /// nothing else can be cut down to them.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.roles.allow(permission) && (self.limits.is_none() || permission == Permission::ReadReadings)
    }

    /// Leave to issue controls of `kind`, if the roles give it.
    #[must_use]
    pub fn permit(&self, kind: ControlKind) -> Option<Permit> {
        let permission = match kind {
            ControlKind::Switching => Permission::Switch,
            ControlKind::LoadControl | ControlKind::Price | ControlKind::Other => Permission::IssueControls,
        };
        self.may(permission).then_some(Permit(kind))
    }
}

/// Leave to issue controls of one kind. Only the table of roles makes one, and storing a control
/// demands it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permit(ControlKind);

impl Permit {
    /// For which kind.
    #[must_use]
    pub fn kind(self) -> ControlKind {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn principal(roles: &str) -> Principal {
        Principal {
            id: "test".into(),
            organisation: "default".parse().unwrap(),
            roles: roles.parse().unwrap(),
            quota: 100,
            limits: None,
        }
    }

    #[test]
    fn only_the_switching_role_switches() {
        for role in Role::ALL {
            let permit = principal(role.as_str()).permit(ControlKind::Switching);
            assert_eq!(permit.is_some(), *role == Role::Switching, "{role}");
        }
        assert!(principal("operator").permit(ControlKind::LoadControl).is_some());
        assert!(principal("switching").permit(ControlKind::LoadControl).is_none());
    }

    #[test]
    fn a_limited_credential_reads_readings_and_nothing_else() {
        let limited = Principal { limits: Some(Limits::default()), ..principal("viewer,switching") };
        assert!(limited.may(Permission::ReadReadings));
        assert!(!limited.may(Permission::ReadControls));
        assert!(limited.permit(ControlKind::Switching).is_none());
    }

    #[test]
    fn roles_are_a_set_of_words() {
        let roles: Roles = "head-end, viewer,viewer".parse().unwrap();
        assert_eq!(roles.to_string(), "viewer,head-end");
        assert_eq!(
            "viewer,root".parse::<Roles>().unwrap_err().to_string(),
            "no role is called `root`; there are viewer, operator, switching, engineer, installer, head-end, billing, \
             security-administrator, security-auditor, rbac-manager"
        );
        assert!(!Roles::default().allow(Permission::ReadReadings));
    }
}
